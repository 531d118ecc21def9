import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { ISidebar } from '../sidebar/tokens';
import { addCommands } from './commands';
import { addPages, makeSection } from './pages';

/** Services: section, page, publishing form. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:services',
  description: 'Published models that others use without code.',
  autoStart: true,
  requires: [IBorder, ITranslator],
  optional: [ISidebar, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    sidebar: ISidebar | null,
    restorer: ILayoutRestorer | null
  ): void => {
    const context = { border, translator, commands: app.commands };
    addCommands(app.commands, context);
    addPages(app, context, restorer);
    sidebar?.addSection(makeSection(context, count => sidebar.setCount('services', count)));
  }
};
