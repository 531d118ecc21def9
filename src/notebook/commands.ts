import type { Cell } from '@jupyterlab/cells';
import { Notification } from '@jupyterlab/apputils';
import { type NotebookPanel, type INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { chosenStage, chooseStage, isSkipped, toggleSkipped } from './cells';
import { NO_ARGUMENTS } from './actions';
import { openCell } from './reveal';
import { STAGES, stageMeaning, stageName } from '../shared/stages';
import type { NotebookRoom } from './room';

/** The commands of this room about cells. */
export const CellCommand = {
  setStage: 'cookhouse:set-stage',
  chooseStage: 'cookhouse:choose-stage',
  toggleSkip: 'cookhouse:toggle-skip',
  insert: 'cookhouse:insert-cell',
  open: 'cookhouse:open-cell'
} as const;

interface IOptions {
  commands: CommandRegistry;
  tracker: INotebookTracker;
  room: NotebookRoom;
  trans: TranslationBundle;
  /** Open the menu of stages at the active cell. */
  openMenu: (panel: NotebookPanel, cell: Cell) => void;
}

function activeCode(tracker: INotebookTracker): Cell | null {
  const cell = tracker.activeCell;
  return cell && cell.model.type === 'code' ? cell : null;
}

/** Add the commands that change, insert and open cells. */
export function addCellCommands(options: IOptions): void {
  addStageCommands(options);
  const { commands, room, trans } = options;
  commands.addCommand(CellCommand.insert, {
    label: trans.__('Insert Code Cell'),
    caption: trans.__('Put a code cell with this source below the active cell'),
    describedBy: {
      args: {
        type: 'object',
        properties: { source: { type: 'string', description: trans.__('The source of the cell') } },
        required: ['source']
      }
    },
    isEnabled: () => room.current !== null,
    execute: args => room.insertCell(String(args.source ?? ''))
  });
  commands.addCommand(CellCommand.open, {
    label: trans.__('Open Notebook at Cell'),
    caption: trans.__('Open a notebook and go to one of its cells'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          path: { type: 'string', description: trans.__('The notebook') },
          cell: { type: 'string', description: trans.__('The id of the cell') }
        },
        required: ['path']
      }
    },
    execute: async args => {
      const path = String(args.path ?? '');
      const found = await openCell(commands, path, String(args.cell ?? ''));
      if (!found) {
        Notification.warning(trans.__('%1 has no longer the cell that you are looking for.', path));
      }
    }
  });
}

function addStageCommands({ commands, tracker, trans, openMenu }: IOptions): void {
  const isStage = (args: ReadonlyPartialJSONObject): boolean => {
    const cell = activeCode(tracker);
    return cell !== null && (chosenStage(cell) ?? '') === (args.stage ?? '');
  };
  const isLeftOut = (): boolean => {
    const cell = activeCode(tracker);
    return cell !== null && isSkipped(cell);
  };
  commands.addCommand(CellCommand.setStage, {
    label: args => {
      const stage = STAGES.find(one => one === args.stage);
      return stage ? stageName(stage, trans) : trans.__('Let Cookhouse Decide');
    },
    caption: args => {
      const stage = STAGES.find(one => one === args.stage);
      return stage
        ? trans.__('Set the stage of this cell: %1', stageMeaning(stage, trans))
        : trans.__('Forget the stage chosen for this cell');
    },
    describedBy: {
      args: {
        type: 'object',
        properties: {
          stage: {
            enum: [...STAGES, ''],
            description: trans.__('The stage; empty lets Cookhouse decide')
          }
        }
      }
    },
    isEnabled: () => activeCode(tracker) !== null,
    isToggled: isStage,
    // The Lab's menus show what is chosen by an icon alone.
    icon: args => (isStage(args) ? checkIcon : undefined),
    execute: args => {
      const cell = activeCode(tracker);
      if (cell) {
        chooseStage(cell, STAGES.find(one => one === args.stage) ?? null);
      }
    }
  });
  commands.addCommand(CellCommand.chooseStage, {
    label: trans.__('Choose the Stage of This Cell…'),
    caption: trans.__('Say what the active cell is for: data, features, train and so on'),
    describedBy: NO_ARGUMENTS,
    isEnabled: () => activeCode(tracker) !== null,
    execute: () => {
      const cell = activeCode(tracker);
      if (cell && tracker.currentWidget) {
        openMenu(tracker.currentWidget, cell);
      }
    }
  });
  commands.addCommand(CellCommand.toggleSkip, {
    label: trans.__('Leave This Cell Out of the Recipe'),
    caption: trans.__('Tag the active cell with “skip”, or take the tag away'),
    describedBy: NO_ARGUMENTS,
    isEnabled: () => activeCode(tracker) !== null,
    isToggled: isLeftOut,
    icon: () => (isLeftOut() ? checkIcon : undefined),
    execute: () => {
      const cell = activeCode(tracker);
      if (cell) {
        toggleSkipped(cell);
      }
    }
  });
}
