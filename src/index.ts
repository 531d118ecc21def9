import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { plugin as border } from './border/plugin';

/** The plugins of Cookhouse, in reading order. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [border];

export default plugins;
