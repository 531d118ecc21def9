import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { addCommands } from './commands';
import { cookhouseIcon } from './icon';
import { type Collapsed, Sections } from './sections';
import { StatusLine } from './status';
import { ISidebar } from './tokens';

const STATE = 'cookhouse:sidebar';
const RANK = 150;

/** The panel in the left area. */
export const plugin: JupyterFrontEndPlugin<ISidebar> = {
  id: 'cookhouse:sidebar',
  description: 'The Cookhouse panel, to which the rooms add their sections.',
  autoStart: true,
  provides: ISidebar,
  requires: [IBorder, ITranslator],
  optional: [ILayoutRestorer, IStateDB, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    restorer: ILayoutRestorer | null,
    state: IStateDB | null,
    palette: ICommandPalette | null
  ): ISidebar => {
    const context = { border, translator, commands: app.commands };
    const sidebar = new Sections(context, StatusLine, () => {
      app.shell.activateById(sidebar.panel.id);
    });
    sidebar.panel.title.icon = cookhouseIcon;
    app.shell.add(sidebar.panel, 'left', { rank: RANK, type: 'Cookhouse' });
    restorer?.add(sidebar.panel, sidebar.panel.id);
    if (state) {
      void keepState(sidebar, state);
    }
    const category = translator.load('cookhouse').__('Cookhouse');
    for (const command of addCommands(app.commands, context, sidebar)) {
      palette?.addItem({ command, category });
    }
    return sidebar;
  }
};

/** Open and collapse the sections as they were, and remember what changes. */
async function keepState(sidebar: Sections, state: IStateDB): Promise<void> {
  const saved = await state.fetch(STATE);
  if (saved && typeof saved === 'object' && !Array.isArray(saved)) {
    sidebar.restoreCollapsed(saved as Collapsed);
  }
  sidebar.changed.connect((_, collapsed) => void state.save(STATE, collapsed));
}
