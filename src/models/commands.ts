import type { CommandRegistry } from '@lumino/commands';

import { textArguments } from '../shared/arguments';
import { confirmed, guarded } from '../shared/ask';
import type { IRoomContext } from '../shared/room-widget';
import { deleteModel, deleteRun, showModel, type Run } from './api';
import { askForTraining } from './train-form';

/** The commands of the room that do something; the pages' own ones stand in the plugin. */
export const CommandIDs = {
  createModel: 'cookhouse:create-model',
  createRun: 'cookhouse:create-run',
  deleteModel: 'cookhouse:delete-model',
  deleteRun: 'cookhouse:delete-run'
} as const;

const text = (description: string) => ({ type: 'string', description });

/** Register the commands of models and runs. */
export function addCommands(commands: CommandRegistry, context: IRoomContext): void {
  const trans = context.translator.load('cookhouse');
  const { request, queries } = context.border;

  const train = async (recipe: string, version?: number, into?: string): Promise<Run | null> => {
    const found = version
      ? await request('get', '/recipes/{name}/versions/{version}', {
          path: { name: recipe, version: String(version) }
        })
      : await request('get', '/recipes/{name}', { path: { name: recipe } });
    const run = await askForTraining(context, found, into);
    if (run) {
      await commands.execute('cookhouse:open-run', { model: run.model, id: run.id });
    }
    return run;
  };

  commands.addCommand(CommandIDs.createModel, {
    label: trans.__('Train Recipe…'),
    caption: trans.__('Choose data and hyperparameters and start a run of a recipe'),
    describedBy: {
      args: {
        type: 'object',
        required: ['recipe'],
        properties: {
          recipe: text(trans.__('Name of the recipe')),
          version: { type: 'number', description: trans.__('Version; the newest without it') }
        }
      }
    },
    execute: args =>
      guarded(trans.__('Cannot train'), () =>
        train(String(args['recipe']), (args['version'] as number) || undefined)
      )
  });

  commands.addCommand(CommandIDs.createRun, {
    label: trans.__('Train Model Again…'),
    caption: trans.__('Start another run of a model with other hyperparameters'),
    describedBy: { args: textArguments({ model: trans.__('Name of the model') }) },
    execute: args =>
      guarded(trans.__('Cannot train'), async () => {
        const model = await showModel(request, String(args['model']));
        return train(model.recipe, model.recipe_version, model.name);
      })
  });

  commands.addCommand(CommandIDs.deleteModel, {
    label: trans.__('Delete Model…'),
    caption: trans.__('Delete a model with its runs'),
    describedBy: { args: textArguments({ name: trans.__('Name of the model') }) },
    execute: args =>
      guarded(trans.__('Cannot delete'), async () => {
        const name = String(args['name']);
        const question = trans.__('Delete the model %1 with all of its runs?', name);
        if (await confirmed(trans.__('Delete Model?'), question, trans.__('Delete'))) {
          await deleteModel(request, name);
          await queries.invalidateQueries({ queryKey: ['models'] });
        }
      })
  });

  commands.addCommand(CommandIDs.deleteRun, {
    label: trans.__('Delete Run…'),
    caption: trans.__('Delete one run of a model'),
    describedBy: {
      args: textArguments({ model: trans.__('Name of the model'), id: trans.__('Id of the run') })
    },
    execute: args =>
      guarded(trans.__('Cannot delete'), async () => {
        const question = trans.__('Delete this run with its stored model?');
        if (await confirmed(trans.__('Delete Run?'), question, trans.__('Delete'))) {
          await deleteRun(request, String(args['model']), String(args['id']));
          await queries.invalidateQueries({ queryKey: ['models'] });
        }
      })
  });
}
