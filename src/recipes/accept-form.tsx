import React from 'react';

import { askWithForm } from '../shared/form-dialog';
import { TextField } from '../shared/fields';
import type { IRoomContext } from '../shared/room-widget';
import { acceptRecipe, type Recipe } from './api';

/** Ask why a named difference is taken, and take it. Resolves to the recipe, or null. */
export function askForAcceptance(context: IRoomContext, recipe: Recipe): Promise<Recipe | null> {
  const trans = context.translator.load('cookhouse');
  const { request } = context.border;
  return askWithForm<{ reason: string }, Recipe>(context, {
    title: trans.__('Accept the difference of %1, version %2', recipe.name, recipe.version),
    submit: trans.__('Accept Difference'),
    initial: { reason: '' },
    missing: ({ reason }) =>
      reason.trim().length < 3 ? trans.__('Say why the difference does not matter.') : null,
    send: ({ reason }) => acceptRecipe(request, recipe.name, recipe.version, reason.trim()),
    body: ({ value, change }) => (
      <>
        <p>{recipe.sentence || recipe.proof.sentence}</p>
        <TextField
          label={trans.__('Why it does not matter')}
          help={trans.__('Kept with your name. The recipe is still not called proven.')}
          value={value.reason}
          onChange={reason => change({ reason })}
        />
      </>
    )
  });
}
