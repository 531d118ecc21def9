import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { ISidebar } from '../sidebar/tokens';
import { addCommands } from './commands';
import { addPages, makeSection } from './pages';

/** Models and their runs: section, pages, training form. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:models',
  description: 'Models made of recipes, and their runs.',
  autoStart: true,
  requires: [IBorder, ITranslator, IRenderMimeRegistry],
  optional: [ISidebar, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    rendermime: IRenderMimeRegistry,
    sidebar: ISidebar | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const context = { border, translator, rendermime, commands: app.commands };
    addCommands(app.commands, context);
    addPages(app, context, restorer);
    sidebar?.addSection(makeSection(context, count => sidebar.setCount('models', count)));
  }
};
