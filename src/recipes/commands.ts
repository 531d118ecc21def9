import type { CommandRegistry } from '@lumino/commands';
import { buildIcon } from '@jupyterlab/ui-components';

import type { INotebookRoom } from '../notebook/tokens';
import { confirmed, guarded } from '../shared/ask';
import type { IRoomContext } from '../shared/room-widget';
import { askForAcceptance } from './accept-form';
import { deleteRecipe, showRecipe } from './api';
import { askForRecipe } from './create-dialog';

/** The commands of the room that do something. */
export const RecipeCommand = {
  create: 'cookhouse:create-recipe',
  accept: 'cookhouse:accept-recipe',
  delete: 'cookhouse:delete-recipe'
} as const;

/** Add the commands of recipes. */
export function addCommands(
  commands: CommandRegistry,
  context: IRoomContext,
  room: INotebookRoom
): void {
  const trans = context.translator.load('cookhouse');
  commands.addCommand(RecipeCommand.create, {
    label: trans.__('Create recipe'),
    caption: () =>
      room.reasonAgainst('create-recipe') ??
      trans.__('Look at what a recipe of this notebook would be, make it and prove it'),
    icon: buildIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    isEnabled: () => room.reasonAgainst('create-recipe') === null,
    execute: () => (room.current ? askForRecipe(context, room.current) : null)
  });
  room.changed.connect(() => commands.notifyCommandChanged(RecipeCommand.create));
  addRecipeCommands(commands, context);
}

function addRecipeCommands(commands: CommandRegistry, context: IRoomContext): void {
  const trans = context.translator.load('cookhouse');
  const { request, queries } = context.border;
  const name = { type: 'string', description: trans.__('Name of the recipe') };
  const version = { type: 'integer', description: trans.__('Its version, else the newest') };
  const refresh = () => queries.invalidateQueries({ queryKey: ['recipes'] });
  commands.addCommand(RecipeCommand.accept, {
    label: trans.__('Accept Difference…'),
    caption: trans.__('Take a recipe with the difference that its proof names'),
    describedBy: {
      args: { type: 'object', properties: { name, version }, required: ['name'] }
    },
    execute: async args => {
      const wanted = typeof args.version === 'number' ? args.version : null;
      const taken = await guarded(trans.__('The difference was not accepted'), async () =>
        askForAcceptance(context, await showRecipe(request, String(args.name), wanted))
      );
      await refresh();
      return taken;
    }
  });
  commands.addCommand(RecipeCommand.delete, {
    label: trans.__('Delete Recipe…'),
    caption: trans.__('Delete a recipe that no model was made of, with all its versions'),
    describedBy: { args: { type: 'object', properties: { name }, required: ['name'] } },
    execute: async args => {
      const recipe = String(args.name);
      const agreed = await confirmed(
        trans.__('Delete recipe %1?', recipe),
        trans.__('All its versions and proofs are deleted. The notebook stays as it is.'),
        trans.__('Delete')
      );
      if (agreed) {
        await guarded(trans.__('The recipe was not deleted'), () => deleteRecipe(request, recipe));
        await refresh();
      }
    }
  });
}
