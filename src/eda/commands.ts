import {
  Dialog,
  Notification,
  type ISessionContextDialogs,
  showDialog
} from '@jupyterlab/apputils';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { searchIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';

import { sentenceOf } from '../border/failure';
import type { Request } from '../border/request';
import type { INotebookRoom, IOpenNotebook, StripBody } from '../notebook/tokens';
import { planCells } from './api';
import { Exploration } from './exploration';
import { whyFailed } from './failed-cell';

/** The command of this room. */
export const RUN_EDA_CELLS = 'cookhouse:run-eda-cells';

interface IOptions {
  commands: CommandRegistry;
  room: INotebookRoom;
  request: Request;
  translator: ITranslator;
  dialogs: ISessionContextDialogs | null;
  strip: (exploration: Exploration, panel: NotebookPanel) => StripBody;
}

/** Add *Run EDA cells*: it resolves to whether all cells went well, null when none was run. */
export function addCommands(options: IOptions): void {
  const { commands, room, translator } = options;
  const trans = translator.load('cookhouse');
  commands.addCommand(RUN_EDA_CELLS, {
    label: trans.__('Run EDA cells'),
    caption: () =>
      room.reasonAgainst('run-eda-cells') ??
      trans.__('Run just the cells that explore, and what they need, in this notebook’s kernel'),
    icon: searchIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => room.reasonAgainst('run-eda-cells') === null,
    execute: async () => {
      const notebook = room.current;
      if (!notebook || !(await hasKernel(notebook.panel, options, trans))) {
        return null;
      }
      try {
        return await explore(notebook, options, trans);
      } catch (error) {
        Notification.error(trans.__('The exploring cells were not run: %1', sentenceOf(error)));
        return null;
      }
    }
  });
  room.changed.connect(() => commands.notifyCommandChanged(RUN_EDA_CELLS));
}

async function explore(
  notebook: IOpenNotebook,
  options: IOptions,
  trans: TranslationBundle
): Promise<boolean | null> {
  const { panel } = notebook;
  const { content, sessionContext } = panel;
  const plan = await planCells(options.request, notebook.request());
  const find = (id: string) => content.widgets.find(cell => cell.model.id === id);
  const exploration = new Exploration(
    plan,
    async id => {
      const cell = find(id);
      return cell
        ? NotebookActions.runCells(
            content,
            [cell],
            sessionContext,
            options.dialogs ?? undefined,
            options.translator
          )
        : false;
    },
    id => {
      const cell = find(id);
      return whyFailed(cell, cell ? content.widgets.indexOf(cell) + 1 : 0, trans);
    }
  );
  const last = exploration.steps.at(-1);
  if (!last) {
    Notification.info(trans.__('No cell of this notebook explores data, so none was run.'));
    return null;
  }
  options.room.showStrip(panel, last.cell, options.strip(exploration, panel));
  return exploration.run();
}

/** Make sure of a kernel: without one, say so and offer to choose it. */
async function hasKernel(
  { sessionContext, context }: NotebookPanel,
  { dialogs }: IOptions,
  trans: TranslationBundle
): Promise<boolean> {
  // A context for which no kernel was chosen is never ready.
  if (!sessionContext.hasNoKernel) {
    await sessionContext.ready;
  }
  if (sessionContext.session?.kernel) {
    return true;
  }
  const answer = await showDialog({
    title: trans.__('No kernel'),
    body: trans.__(
      '%1 has no kernel, and its cells run in one. Choose a kernel, then they run.',
      context.path
    ),
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Choose a Kernel') })]
  });
  if (answer.button.accept && dialogs) {
    await dialogs.selectKernel(sessionContext);
  }
  return Boolean(sessionContext.session?.kernel);
}
