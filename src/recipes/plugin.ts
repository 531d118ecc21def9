import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { INotebookRoom } from '../notebook/tokens';
import { ISidebar } from '../sidebar/tokens';
import { addCommands } from './commands';
import { addPages, makeSection } from './widgets';

/** Recipes: made of the open notebook, shown with their proof. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:recipes',
  description: 'Recipes made of notebooks, with their proof.',
  autoStart: true,
  requires: [IBorder, ITranslator, IRenderMimeRegistry, INotebookRoom],
  optional: [ISidebar, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    rendermime: IRenderMimeRegistry,
    room: INotebookRoom,
    sidebar: ISidebar | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const context = { border, translator, rendermime, commands: app.commands };
    addCommands(app.commands, context, room);
    addPages(app, context, restorer);
    sidebar?.addSection(makeSection(context, count => sidebar.setCount('recipes', count)));
  }
};
