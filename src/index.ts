import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { plugin as border } from './border/plugin';
import { plugin as datasets } from './datasets/plugin';
import { plugin as eda } from './eda/plugin';
import { plugin as jobs } from './jobs/plugin';
import { plugin as models } from './models/plugin';
import { plugin as notebook } from './notebook/plugin';
import { plugin as recipes } from './recipes/plugin';
import { plugin as scoring } from './scoring/plugin';
import { plugin as services } from './services/plugin';
import { plugin as sidebar } from './sidebar/plugin';

/** The plugins of Cookhouse, in reading order. */
const plugins: JupyterFrontEndPlugin<unknown>[] = [
  border,
  sidebar,
  notebook,
  datasets,
  eda,
  recipes,
  models,
  scoring,
  services,
  jobs
];

export default plugins;
