import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { sentenceOf } from '../border/failure';
import { metric } from '../shared/format';
import { useRoom, useRequest, useTrans } from '../shared/room-widget';
import { RowList } from '../shared/rows';
import { State } from '../shared/state';
import { keys, listModels, type Model } from './api';

/** The models in the sidebar: each with the metric of its best run. */
export function ModelSection(props: { onCount: (count: number | null) => void }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { data, error, isLoading } = useQuery({
    queryKey: keys.list,
    queryFn: ({ signal }) => listModels(request, undefined, signal)
  });
  const { onCount } = props;
  React.useEffect(() => onCount(data?.total || null), [data?.total, onCount]);
  const detail = (model: Model): string => {
    const last = model.last?.state;
    if (last === 'pending' || last === 'running') {
      return trans.__('run %1 is training', model.last?.number ?? 1);
    }
    const name = model.best?.metric;
    const value = name ? model.best?.metrics?.[name] : undefined;
    const runs = trans._n('%1 run', '%1 runs', model.runs ?? 0);
    return name && value !== undefined ? `${name} ${metric(value)} · ${runs}` : runs;
  };
  return (
    <RowList
      label={trans.__('Models')}
      problem={error ? sentenceOf(error) : undefined}
      loading={isLoading}
      items={(data?.items ?? []).map(model => ({
        id: model.name,
        title: model.name,
        detail: detail(model),
        state: model.last && <State value={model.last.state} short />,
        onOpen: () => void commands.execute('cookhouse:open-model', { name: model.name }),
        menu: [
          {
            label: trans.__('Open'),
            caption: trans.__('Open the page of this model'),
            onClick: () => void commands.execute('cookhouse:open-model', { name: model.name })
          },
          {
            label: trans.__('Train Again…'),
            caption: trans.__('Start another run of this model'),
            onClick: () => void commands.execute('cookhouse:create-run', { model: model.name })
          },
          {
            label: trans.__('Delete…'),
            caption: trans.__('Delete this model with its runs'),
            onClick: () => void commands.execute('cookhouse:delete-model', { name: model.name })
          }
        ]
      }))}
      total={data?.total}
      empty={{
        text: trans.__('No models yet. Make a recipe of a notebook, then train it.')
      }}
      filter
    />
  );
}
