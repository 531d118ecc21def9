import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { sentenceOf } from '../border/failure';
import type { Message } from '../border/request';
import { ACTION_ICONS } from './icons';
import type { Action, INotebookRoom, IOpenNotebook } from './tokens';

/** What a command without arguments says of them. */
export const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

interface IAction {
  action: Action;
  label: string;
  caption: string;
  icon: LabIcon;
  properties: ReadonlyJSONObject;
  execute: (notebook: IOpenNotebook, args: ReadonlyPartialJSONObject) => Promise<unknown>;
}

interface IOptions {
  commands: CommandRegistry;
  room: INotebookRoom;
  trans: TranslationBundle;
  showTraining: (notebook: IOpenNotebook, run: Message<'Run'>) => void;
  showScoring: (notebook: IOpenNotebook, scoring: Message<'Scoring'>) => void;
}

/** Add Train, Score and Publish; they open the forms of the rooms that do the work. */
export function addActions(options: IOptions): void {
  const { commands, room, trans } = options;
  for (const { action, execute, ...look } of actionsOf(options)) {
    commands.addCommand(`cookhouse:${action}`, {
      label: look.label,
      caption: () => room.reasonAgainst(action) ?? look.caption,
      icon: look.icon,
      describedBy: { args: { type: 'object', properties: look.properties } },
      isEnabled: () => room.reasonAgainst(action) === null,
      execute: async args => {
        const notebook = room.current;
        if (!notebook) {
          return null;
        }
        try {
          return await execute(notebook, args);
        } catch (error) {
          Notification.error(trans.__('%1: %2', look.label, sentenceOf(error)));
          return null;
        }
      }
    });
    room.changed.connect(() => commands.notifyCommandChanged(`cookhouse:${action}`));
  }
}

function actionsOf(options: IOptions): IAction[] {
  const { commands, trans } = options;
  const form = <T>(command: string, args: ReadonlyPartialJSONObject): Promise<T | null> =>
    commands.execute(command, args) as Promise<T | null>;
  return [
    {
      action: 'train-recipe',
      label: trans.__('Train'),
      caption: trans.__('Train a model of this notebook’s recipe'),
      icon: ACTION_ICONS['train-recipe'],
      properties: {
        recipe: { type: 'string', description: trans.__('The recipe, else the notebook’s') },
        version: { type: 'integer', description: trans.__('Its version, else the newest') }
      },
      execute: async (notebook, args) => {
        const made = notebook.recipe;
        const recipe = typeof args.recipe === 'string' ? args.recipe : (made?.name ?? '');
        const version = typeof args.version === 'number' ? args.version : made?.version;
        const run = await form<Message<'Run'>>('cookhouse:create-model', { recipe, version });
        if (run) {
          options.showTraining(notebook, run);
          await notebook.remember({ recipe, model: run.model });
        }
        return run;
      }
    },
    {
      action: 'score-model',
      label: trans.__('Score'),
      caption: trans.__('Score a dataset with this notebook’s model'),
      icon: ACTION_ICONS['score-model'],
      properties: {},
      execute: async notebook => {
        const model = notebook.model?.name;
        const scoring = await form<Message<'Scoring'>>('cookhouse:create-scoring', { model });
        if (scoring) {
          options.showScoring(notebook, scoring);
        }
        return scoring;
      }
    },
    {
      action: 'publish-model',
      label: trans.__('Publish'),
      caption: trans.__('Publish this notebook’s model as a service'),
      icon: ACTION_ICONS['publish-model'],
      properties: {},
      execute: notebook => form('cookhouse:publish-run', { model: notebook.model?.name })
    }
  ];
}
