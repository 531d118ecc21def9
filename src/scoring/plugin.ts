import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { addCommands } from './commands';
import { addPages } from './pages';

/** Scoring: the form, and the page of a scoring. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:scoring',
  description: 'Batch scoring: a dataset in, one new batch out.',
  autoStart: true,
  requires: [IBorder, ITranslator],
  optional: [ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    restorer: ILayoutRestorer | null
  ): void => {
    const context = { border, translator, commands: app.commands };
    addCommands(app.commands, context);
    addPages(app, context, restorer);
  }
};
