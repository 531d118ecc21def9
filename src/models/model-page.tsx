import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { Page } from '../shared/page';
import { metric } from '../shared/format';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import { Failed, Waiting } from '../shared/waiting';
import { keys, listRuns, showModel, type Model, type RunSummary } from './api';

/** The page of a model: its runs side by side. */
export function ModelPage(props: { name: string }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { name } = props;
  const { data: model, error } = useQuery({
    queryKey: keys.model(name),
    queryFn: ({ signal }) => showModel(request, name, signal)
  });
  if (error) {
    return <Failed error={error} />;
  }
  if (!model) {
    return <Waiting />;
  }
  const best = model.best?.id;
  return (
    <Page
      title={model.name}
      subtitle={trans.__('model of recipe %1, version %2', model.recipe, model.recipe_version)}
      state={model.last && <State value={model.last.state} />}
      actions={[
        {
          id: 'train',
          label: trans.__('Train Again…'),
          caption: trans.__('Start another run of this model'),
          primary: true,
          onClick: () => void commands.execute('cookhouse:create-run', { model: name })
        },
        {
          id: 'score',
          label: trans.__('Score…'),
          caption: trans.__('Score a dataset with the newest successful run'),
          disabled: best ? undefined : trans.__('No run has succeeded yet.'),
          onClick: () => void commands.execute('cookhouse:create-scoring', { model: name })
        },
        {
          id: 'publish',
          label: trans.__('Publish…'),
          caption: trans.__('Publish the newest successful run as a service'),
          disabled: best ? undefined : trans.__('No run has succeeded yet.'),
          onClick: () => void commands.execute('cookhouse:publish-run', { model: name })
        },
        {
          id: 'delete',
          label: trans.__('Delete…'),
          caption: trans.__('Delete this model with its runs'),
          danger: true,
          onClick: () => void commands.execute('cookhouse:delete-model', { name })
        }
      ]}
      tabs={[
        { id: 'runs', label: trans.__('Runs'), body: () => <Runs model={model} /> },
        { id: 'about', label: trans.__('About'), body: () => <About model={model} /> }
      ]}
    />
  );
}

function Runs(props: { model: Model }): JSX.Element {
  const { model } = props;
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { data, error } = useQuery({
    queryKey: keys.runs(model.name),
    queryFn: ({ signal }) => listRuns(request, model.name, undefined, signal)
  });
  if (error) {
    return <Failed error={error} />;
  }
  if (!data) {
    return <Waiting />;
  }
  const metrics = namesOf(data.items, run => run.metrics ?? {}).slice(0, 6);
  const changed = varying(data.items);
  return (
    <Table
      label={trans.__('Runs of %1', model.name)}
      rows={data.items}
      rowKey={run => run.id}
      columns={[
        {
          id: 'number',
          title: trans.__('Run'),
          align: 'end',
          render: run => (
            <button
              type="button"
              className="ck-Link"
              onClick={() =>
                void commands.execute('cookhouse:open-run', { model: model.name, id: run.id })
              }
            >
              {run.id === model.best?.id
                ? trans.__('run %1 · best', run.number)
                : trans.__('run %1', run.number)}
            </button>
          )
        },
        { id: 'state', title: trans.__('State'), render: run => <State value={run.state} /> },
        ...metrics.map(name => ({
          id: `metric-${name}`,
          title: name,
          align: 'end' as const,
          render: (run: RunSummary) => metric(run.metrics?.[name])
        })),
        ...changed.map(name => ({
          id: `parameter-${name}`,
          title: name,
          align: 'end' as const,
          render: (run: RunSummary) => valueOf(run.hyperparameters?.[name])
        })),
        { id: 'started', title: trans.__('Started'), render: run => <When at={run.created} /> },
        { id: 'who', title: trans.__('Who'), render: run => run.who ?? '' }
      ]}
    />
  );
}

function About(props: { model: Model }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const { model } = props;
  return (
    <dl className="ck-Facts">
      <dt>{trans.__('Recipe')}</dt>
      <dd>
        <button
          className="ck-Link"
          onClick={() =>
            void commands.execute('cookhouse:open-recipe', {
              name: model.recipe,
              version: model.recipe_version
            })
          }
        >
          {trans.__('%1, version %2', model.recipe, model.recipe_version)}
        </button>
      </dd>
      <dt>{trans.__('Estimator')}</dt>
      <dd>{model.estimator}</dd>
      <dt>{trans.__('Training data')}</dt>
      <dd>{model.data.name}</dd>
      <dt>{trans.__('Made')}</dt>
      <dd>
        <When at={model.created} /> {model.who && trans.__('by %1', model.who)}
      </dd>
      <dt>{trans.__('Services')}</dt>
      <dd>{model.services?.length ? model.services.join(', ') : trans.__('none')}</dd>
    </dl>
  );
}

/** The names that appear in any run, in the order of first sight. */
function namesOf(
  runs: readonly RunSummary[],
  pick: (run: RunSummary) => Record<string, unknown>
): string[] {
  return [...new Set(runs.flatMap(run => Object.keys(pick(run))))];
}

/** The hyperparameters in which runs differ: the ones worth a column. */
function varying(runs: readonly RunSummary[]): string[] {
  return namesOf(runs, run => run.hyperparameters ?? {}).filter(
    name => new Set(runs.map(run => valueOf(run.hyperparameters?.[name]))).size > 1
  );
}

function valueOf(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
