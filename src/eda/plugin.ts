import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISessionContextDialogs } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { INotebookRoom } from '../notebook/tokens';
import { addCommands } from './commands';
import { explorationStrip } from './widgets';

/** Exploring: runs just the cells that explore, in the notebook's own kernel. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:eda',
  description: 'Runs the exploring cells of the open notebook.',
  autoStart: true,
  requires: [IBorder, ITranslator, INotebookRoom],
  optional: [ISessionContextDialogs],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    room: INotebookRoom,
    dialogs: ISessionContextDialogs | null
  ): void => {
    addCommands({
      commands: app.commands,
      room,
      request: border.request,
      translator,
      dialogs,
      strip: explorationStrip(app.commands)
    });
  }
};
