import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { plugin as border } from './border/plugin';
import { plugin as eda } from './eda/plugin';
import { plugin as models } from './models/plugin';
import { plugin as notebook } from './notebook/plugin';
import { plugin as recipes } from './recipes/plugin';
import { plugin as scoring } from './scoring/plugin';
import { plugin as services } from './services/plugin';

/** The plugins of Cookhouse, in reading order. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  border,
  notebook,
  eda,
  recipes,
  models,
  scoring,
  services
];

export default plugins;
