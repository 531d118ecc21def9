import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { components, paths } from './contract';
import { Failure } from './failure';

/** Names of messages, e.g. `Message<'Dataset'>`. */
export type Message<Name extends keyof components['schemas']> = components['schemas'][Name];

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P]
  ? NonNullable<paths[P][M]>
  : never;
type Json<R> = R extends { content: { 'application/json': infer Body } } ? Body : void;
type Good<R> = R extends { 200: infer A }
  ? Json<A>
  : R extends { 201: infer A }
    ? Json<A>
    : R extends { 202: infer A }
      ? Json<A>
      : void;

/** What an endpoint answers. */
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Good<R> : never;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;
type PathOf<O> = O extends { parameters: { path: infer V } } ? V : never;
type QueryOf<O> = O extends { parameters: { query?: infer V } } ? V : never;

/** The parts of a request; which of them an endpoint takes is checked by the compiler. */
export interface IParts<O> {
  path?: PathOf<O>;
  query?: QueryOf<O>;
  body?: Body<O>;
  /** Bytes, for endpoints that take a file's part. */
  bytes?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The one door to the server. */
export type Request = <P extends keyof paths, M extends Method>(
  method: M,
  path: P,
  parts?: IParts<Operation<P, M>>
) => Promise<Answer<P, M>>;

const BASE = 'cookhouse/api';

/** Fill a path's `{name}`s and its query, relative to the server's base address. */
export function addressOf(path: string, parts: IParts<unknown> = {}): string {
  const values = (parts.path ?? {}) as Record<string, string>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]));
  const query = Object.entries((parts.query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return URLExt.join(BASE, filled) + (query.length ? `?${query.join('&')}` : '');
}

/**
 * Make the door for a server.
 *
 * The returned function raises `Failure` for every answer that is not 2xx and when the server
 * cannot be reached.
 */
export function makeRequest(settings: ServerConnection.ISettings): Request {
  return async (method, path, parts = {}) => {
    const response = await send(settings, method, addressOf(path, parts as IParts<unknown>), parts);
    if (!response.ok) {
      throw await Failure.fromResponse(response);
    }
    return (response.status === 204 ? undefined : await response.json()) as never;
  };
}

async function send(
  settings: ServerConnection.ISettings,
  method: Method,
  address: string,
  parts: { body?: unknown; bytes?: Blob; headers?: Record<string, string>; signal?: AbortSignal }
): Promise<Response> {
  const json = parts.body === undefined ? undefined : JSON.stringify(parts.body);
  const type = parts.bytes ? 'application/octet-stream' : 'application/json';
  const init: RequestInit = {
    method: method.toUpperCase(),
    headers: { 'Content-Type': type, ...parts.headers },
    body: parts.bytes ?? json,
    signal: parts.signal
  };
  try {
    return await ServerConnection.makeRequest(
      URLExt.join(settings.baseUrl, address),
      init,
      settings
    );
  } catch (error) {
    if (parts.signal?.aborted) {
      throw error;
    }
    throw new Failure(
      'The Jupyter server does not answer. Check that it is running; Cookhouse goes on by itself.',
      'unreachable',
      0
    );
  }
}
