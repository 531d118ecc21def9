import { Token } from '@lumino/coreutils';
import type { ServerConnection } from '@jupyterlab/services';
import type { QueryClient } from '@tanstack/react-query';

import type { Request } from './request';

/** What rooms get from the border. */
export interface IBorder {
  /** Call an endpoint; raises `Failure`. */
  readonly request: Request;
  /** The cache that all queries live in. */
  readonly queries: QueryClient;
  /** The address of a file that the server sends, for a download link. */
  download(path: string, values: Record<string, string>): string;
  /** The settings of the server that is asked. */
  readonly settings: ServerConnection.ISettings;
}

/** Token of the border. */
export const IBorder = new Token<IBorder>(
  'cookhouse:IBorder',
  'The door to the Cookhouse server: requests, the query cache and change events.'
);
