import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { sentenceOf } from '../border/failure';
import { metric } from '../shared/format';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { RowList } from '../shared/rows';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import { keys, listModels, type Recipe } from './api';
import { ProofBadge } from './badge';
import { metricWord } from './words';

/** All versions of a recipe, each with what its proof said. */
export function VersionsTab({ recipe }: { recipe: Recipe }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const open = (version: number): void => {
    void commands.execute('cookhouse:open-recipe', { name: recipe.name, version });
  };
  return (
    <Table
      label={trans.__('Versions')}
      rows={recipe.versions}
      rowKey={one => String(one.version)}
      columns={[
        {
          id: 'version',
          title: trans.__('Version'),
          align: 'end',
          render: one => (
            <button
              type="button"
              className="ck-Link"
              aria-current={one.version === recipe.version ? 'page' : undefined}
              onClick={() => open(one.version)}
            >
              {one.version}
            </button>
          )
        },
        {
          id: 'proof',
          title: trans.__('Proof'),
          render: one => <ProofBadge recipe={{ ...one, accepted: false, sentence: '' }} />
        },
        {
          id: 'metric',
          title: trans.__('Metric'),
          align: 'end',
          render: ({ metric: one }) =>
            one.name ? `${one.name} ${metricWord(one.recipe ?? one.notebook)}` : '–'
        },
        { id: 'made', title: trans.__('Made'), render: one => <When at={one.created} /> },
        { id: 'who', title: trans.__('By'), render: one => one.who }
      ]}
    />
  );
}

/** The models that were made of a recipe. */
export function ModelsTab({ recipe }: { recipe: Recipe }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { data, error, isLoading } = useQuery({
    queryKey: keys.models(recipe.name),
    queryFn: ({ signal }) => listModels(request, recipe.name, signal)
  });
  return (
    <RowList
      label={trans.__('Models of this recipe')}
      problem={error ? sentenceOf(error) : undefined}
      loading={isLoading}
      items={(data?.items ?? []).map(model => {
        const name = model.best?.metric;
        const value = name ? model.best?.metrics[name] : undefined;
        return {
          id: model.name,
          title: model.name,
          detail: [
            trans.__('recipe version %1', model.recipe_version),
            name && value !== undefined ? `${name} ${metric(value)}` : ''
          ]
            .filter(Boolean)
            .join(' · '),
          state: model.last && <State value={model.last.state} />,
          onOpen: () => void commands.execute('cookhouse:open-model', { name: model.name })
        };
      })}
      empty={{
        text: trans.__('No model was made of this recipe yet.'),
        action: {
          label: trans.__('Train'),
          caption: trans.__('Train a model of this recipe'),
          onClick: () =>
            void commands.execute('cookhouse:create-model', {
              recipe: recipe.name,
              version: recipe.version
            })
        }
      }}
    />
  );
}
