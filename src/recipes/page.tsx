import { useQuery } from '@tanstack/react-query';
import { buildIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { type IAction, type ITab, Page } from '../shared/page';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { When } from '../shared/time';
import { Failed, Waiting } from '../shared/waiting';
import { keys, type Recipe, showRecipe } from './api';
import { ProofBadge, ScoringBadge } from './badge';
import { Bindings, Findings, Hyperparameters, Memory } from './facts';
import { ModelsTab, VersionsTab } from './history';
import { ProofTab } from './proof';
import { SourceTab } from './source';
import { StageOverview, StatementList } from './stages';
import { isProven } from './words';

/** The page of a recipe: how it was made, its source, its proof, and what was made of it. */
export function RecipePage(props: { name: string; version: number | null }): JSX.Element {
  const request = useRequest();
  const { data, error } = useQuery({
    queryKey: keys.recipe(props.name, props.version),
    queryFn: ({ signal }) => showRecipe(request, props.name, props.version, signal)
  });
  if (data) {
    return <Loaded recipe={data} />;
  }
  return error ? <Failed error={error} /> : <Waiting />;
}

function Loaded({ recipe }: { recipe: Recipe }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const open = (cell: string): void => {
    void commands.execute('cookhouse:open-cell', { path: recipe.notebook, cell });
  };
  return (
    <Page
      title={trans.__('%1, version %2', recipe.name, recipe.version)}
      icon={buildIcon}
      state={
        <>
          <ProofBadge recipe={recipe} />
          <ScoringBadge recipe={recipe} />
        </>
      }
      subtitle={
        <>
          {recipe.estimator} · {trans.__('made of')}{' '}
          <button type="button" className="ck-Link" onClick={() => open('')}>
            {recipe.notebook}
          </button>{' '}
          <When at={recipe.created} />
        </>
      }
      actions={useActions(recipe)}
      tabs={tabsOf(recipe, open, trans)}
    />
  );
}

function useActions(recipe: Recipe): IAction[] {
  const trans = useTrans();
  const { commands, border } = useRoom();
  const { name, version } = recipe;
  const place = { name, version: String(version) };
  const run = (command: string, args = {}): void => {
    void commands.execute(command, { name, version, ...args });
  };
  const acceptable = !isProven(recipe) && !recipe.accepted;
  const accept: IAction = {
    id: 'accept',
    label: trans.__('Accept Difference…'),
    caption: trans.__('Take this recipe with the difference that its proof names'),
    onClick: () => run('cookhouse:accept-recipe')
  };
  return [
    {
      id: 'train',
      label: trans.__('Train'),
      caption: trans.__('Train a model of this recipe'),
      primary: true,
      onClick: () => run('cookhouse:create-model', { recipe: name })
    },
    ...(acceptable ? [accept] : []),
    {
      id: 'edit',
      label: trans.__('Edit'),
      caption: trans.__('Open the notebook at the cell that fits the model'),
      onClick: () =>
        run('cookhouse:open-cell', {
          path: recipe.notebook,
          cell: recipe.fitted_models.find(model => model.proposed)?.cell ?? ''
        })
    },
    {
      id: 'export',
      label: trans.__('Export'),
      caption: trans.__('Download the wheel: it runs anywhere, without Cookhouse'),
      onClick: () =>
        void window.open(
          border.download('/recipes/{name}/versions/{version}/archive', place),
          '_blank',
          'noopener'
        )
    },
    {
      id: 'delete',
      label: trans.__('Delete…'),
      caption: trans.__('Delete this recipe with all its versions'),
      danger: true,
      disabled:
        recipe.models > 0
          ? trans._n(
              '%1 model was made of this recipe. Delete it first.',
              '%1 models were made of this recipe. Delete them first.',
              recipe.models
            )
          : undefined,
      onClick: () => run('cookhouse:delete-recipe')
    }
  ];
}

function tabsOf(
  recipe: Recipe,
  open: (cell: string) => void,
  trans: ReturnType<typeof useTrans>
): ITab[] {
  const places = new Map(Object.entries(recipe.cells));
  const placed = { places, open };
  return [
    {
      id: 'made',
      label: trans.__('How It Was Made'),
      body: () => (
        <>
          <StageOverview statements={recipe.statements} {...placed} />
          <StatementList
            label={trans.__('All statements, with the reason of each')}
            statements={recipe.statements}
            {...placed}
          />
          <h3>{trans.__('Where the rows come from')}</h3>
          <Bindings items={recipe.bindings} {...placed} />
          <h3>{trans.__('What it remembers when scoring')}</h3>
          <Memory items={recipe.memory} />
        </>
      )
    },
    {
      id: 'source',
      label: trans.__('Source'),
      body: () => <SourceTab recipe={recipe} {...placed} />
    },
    {
      id: 'proof',
      label: trans.__('Proof'),
      body: () => <ProofTab recipe={recipe} {...placed} />
    },
    {
      id: 'hyperparameters',
      label: trans.__('Hyperparameters'),
      body: () => <Hyperparameters items={recipe.hyperparameters} {...placed} />
    },
    {
      id: 'findings',
      label: trans.__('Findings'),
      body: () => <Findings items={recipe.findings} {...placed} />
    },
    {
      id: 'versions',
      label: trans.__('Versions'),
      body: () => <VersionsTab recipe={recipe} />
    },
    { id: 'models', label: trans.__('Models'), body: () => <ModelsTab recipe={recipe} /> }
  ];
}
