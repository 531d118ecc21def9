import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { URLExt } from '@jupyterlab/coreutils';

import { followChanges } from './events';
import { makeQueries } from './queries';
import { addressOf, makeRequest } from './request';
import { IBorder } from './tokens';

/** Opens the door to the server once, for every room. */
export const plugin: JupyterFrontEndPlugin<IBorder> = {
  id: 'cookhouse:border',
  description: 'The door to the Cookhouse server.',
  autoStart: true,
  provides: IBorder,
  activate: (app: JupyterFrontEnd): IBorder => {
    const settings = app.serviceManager.serverSettings;
    const queries = makeQueries();
    followChanges(app.serviceManager.events.stream, queries);
    return {
      settings,
      queries,
      request: makeRequest(settings),
      download: (path, values) =>
        URLExt.join(settings.baseUrl, addressOf(path, { path: values as never }))
    };
  }
};
