import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { sentenceOf } from '../border/failure';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { RowList } from '../shared/rows';
import { keys, listRecipes, type RecipeSummary } from './api';
import { ProofBadge } from './badge';

/** The recipes in the sidebar, each with what its proof says. */
export function RecipeSection(props: { onCount: (count: number | null) => void }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { data, error, isLoading } = useQuery({
    queryKey: keys.list,
    queryFn: ({ signal }) => listRecipes(request, signal)
  });
  const { onCount } = props;
  React.useEffect(() => onCount(data?.total || null), [data?.total, onCount]);
  const run = (command: string, recipe: RecipeSummary): void => {
    const { name, version } = recipe;
    void commands.execute(command, { name, version });
  };
  return (
    <RowList
      label={trans.__('Recipes')}
      problem={error ? sentenceOf(error) : undefined}
      loading={isLoading}
      filter
      total={data?.total}
      items={(data?.items ?? []).map(recipe => ({
        id: recipe.name,
        title: recipe.name,
        detail: trans.__('version %1 · %2', recipe.version, scoringWord(recipe, trans)),
        state: <ProofBadge recipe={recipe} short />,
        onOpen: () => void commands.execute('cookhouse:open-recipe', { name: recipe.name }),
        menu: [
          {
            label: trans.__('Open'),
            caption: trans.__('Open the page of this recipe'),
            onClick: () => void commands.execute('cookhouse:open-recipe', { name: recipe.name })
          },
          {
            label: trans.__('Train…'),
            caption: trans.__('Train a model of this recipe'),
            onClick: () =>
              void commands.execute('cookhouse:create-model', {
                recipe: recipe.name,
                version: recipe.version
              })
          },
          {
            label: trans.__('Open Its Notebook'),
            caption: trans.__('Open the notebook that this recipe was made of'),
            onClick: () => void commands.execute('cookhouse:open-cell', { path: recipe.notebook })
          },
          {
            label: trans.__('Delete…'),
            caption: trans.__('Delete this recipe with all its versions'),
            disabled:
              recipe.models > 0
                ? trans._n(
                    '%1 model was made of this recipe. Delete it first.',
                    '%1 models were made of this recipe. Delete them first.',
                    recipe.models
                  )
                : undefined,
            onClick: () => run('cookhouse:delete-recipe', recipe)
          }
        ]
      }))}
      empty={{
        text: trans.__('No recipes yet. Open a notebook that trains a model and create one.'),
        action: {
          label: trans.__('Create Recipe'),
          caption: trans.__('Create a recipe of the open notebook'),
          onClick: () => void commands.execute('cookhouse:create-recipe')
        }
      }}
    />
  );
}

function scoringWord(recipe: RecipeSummary, trans: ReturnType<typeof useTrans>): string {
  const words = {
    safe: trans.__('safe to score'),
    refused: trans.__('not safe to score'),
    unverified: trans.__('scoring not verified')
  };
  return words[recipe.scoring];
}
