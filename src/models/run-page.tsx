import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { seconds } from '../shared/format';
import { JobLog, JobProgress } from '../shared/job';
import { type IAction, Page } from '../shared/page';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import { Failed, Waiting } from '../shared/waiting';
import { isActive, keys, showRun, type Run } from './api';
import { EvaluationView } from './evaluation';
import { LiveMetrics } from './live-metrics';

/** The page of a run: live while it trains, its evaluation afterwards. */
export function RunPage(props: { model: string; id: string }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const actions = useActions();
  const { model, id } = props;
  const { data: run, error } = useQuery({
    queryKey: keys.run(model, id),
    queryFn: ({ signal }) => showRun(request, model, id, signal),
    refetchInterval: query => (isActive(query.state.data?.state) ? 1000 : false)
  });
  if (error) {
    return <Failed error={error} />;
  }
  if (!run) {
    return <Waiting />;
  }
  return (
    <Page
      title={trans.__('%1 · run %2', run.model, run.number)}
      subtitle={trans.__('recipe %1, version %2', run.recipe, run.recipe_version)}
      state={<State value={run.state} />}
      actions={actions(run)}
      tabs={[
        { id: 'evaluation', label: trans.__('Evaluation'), body: () => <Overview run={run} /> },
        { id: 'parameters', label: trans.__('Parameters'), body: () => <Parameters run={run} /> },
        { id: 'log', label: trans.__('Log'), body: () => <JobLog id={run.job} /> },
        { id: 'reproduce', label: trans.__('Reproduce'), body: () => <Reproduce run={run} /> }
      ]}
    />
  );
}

function useActions(): (run: Run) => IAction[] {
  const trans = useTrans();
  const { commands, border } = useRoom();
  return run => {
    const args = { model: run.model, run: run.id };
    const reason = reasonAgainst(run, trans.__('This run has not succeeded.'));
    return [
      {
        id: 'score',
        label: trans.__('Score…'),
        caption: trans.__('Score a dataset with this run'),
        primary: true,
        disabled: reason,
        onClick: () => void commands.execute('cookhouse:create-scoring', args)
      },
      {
        id: 'publish',
        label: trans.__('Publish…'),
        caption: trans.__('Publish this run as a service'),
        disabled: reason,
        onClick: () => void commands.execute('cookhouse:publish-run', args)
      },
      {
        id: 'train',
        label: trans.__('Train Again…'),
        caption: trans.__('Start another run of this model'),
        onClick: () => void commands.execute('cookhouse:create-run', { model: run.model })
      },
      {
        id: 'download',
        label: trans.__('Download Model'),
        caption: trans.__('Download the stored model as a zip'),
        disabled: run.state === 'succeeded' ? undefined : trans.__('This run has not succeeded.'),
        onClick: () => {
          const values = { name: run.model, id: run.id };
          window.open(border.download('models/{name}/runs/{id}/archive', values), '_blank');
        }
      },
      {
        id: 'delete',
        label: trans.__('Delete…'),
        caption: trans.__('Delete this run'),
        danger: true,
        disabled: isActive(run.state) ? trans.__('Cancel the run first.') : undefined,
        onClick: () =>
          void commands.execute('cookhouse:delete-run', { model: run.model, id: run.id })
      }
    ];
  };
}

/** Why a run cannot be scored with or published, or undefined. */
function reasonAgainst(run: Run, notSucceeded: string): string | undefined {
  if (run.state !== 'succeeded') {
    return notSucceeded;
  }
  return run.scoring === 'refused' ? run.scoring_reason : undefined;
}

function Overview(props: { run: Run }): JSX.Element {
  const { run } = props;
  return (
    <>
      {run.state !== 'succeeded' && <JobProgress id={run.job} />}
      {run.reason && (
        <p className="ck-Sentence ck-mod-bad" role="alert">
          {run.reason}
        </p>
      )}
      <LiveMetrics job={run.job} active={isActive(run.state)} />
      {run.state === 'succeeded' && <EvaluationView model={run.model} id={run.id} />}
    </>
  );
}

function Parameters(props: { run: Run }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { run } = props;
  const { data, error } = useQuery({
    queryKey: ['recipes', 'version', run.recipe, run.recipe_version],
    queryFn: ({ signal }) =>
      request('get', '/recipes/{name}/versions/{version}', {
        path: { name: run.recipe, version: String(run.recipe_version) },
        signal
      })
  });
  if (error) {
    return <Failed error={error} />;
  }
  const used = run.hyperparameters ?? {};
  const rows = (data?.hyperparameters ?? []).map(item => {
    const value = item.name in used ? used[item.name] : item.default;
    const changed = JSON.stringify(value) !== JSON.stringify(item.default);
    return { name: item.name, used: value, notebook: item.default, changed };
  });
  return (
    <Table
      label={trans.__('Hyperparameters')}
      rows={rows}
      rowKey={row => row.name}
      empty={trans.__('This recipe has no hyperparameters.')}
      columns={[
        { id: 'name', title: trans.__('Name'), render: row => row.name },
        {
          id: 'used',
          title: trans.__('Used'),
          align: 'end',
          render: row => (
            <span className={row.changed ? 'ck-mod-changed' : ''}>{JSON.stringify(row.used)}</span>
          )
        },
        {
          id: 'notebook',
          title: trans.__('In the notebook'),
          align: 'end',
          render: row => JSON.stringify(row.notebook)
        }
      ]}
    />
  );
}

function Reproduce(props: { run: Run }): JSX.Element {
  const trans = useTrans();
  const { run } = props;
  const took =
    run.started && run.finished
      ? seconds((Date.parse(run.finished) - Date.parse(run.started)) / 1000)
      : '';
  const facts: [string, React.ReactNode][] = [
    [trans.__('Recipe'), trans.__('%1, version %2', run.recipe, run.recipe_version)],
    [trans.__('Digest of the recipe'), run.recipe_digest],
    [
      trans.__('Data'),
      typeof run.data.version === 'number'
        ? trans.__('%1, version %2', run.data.name, run.data.version)
        : run.data.name
    ],
    [trans.__('Interpreter'), run.interpreter],
    [trans.__('MLflow run'), run.mlflow_run ?? ''],
    [trans.__('Started'), <When key="started" at={run.started ?? run.created} />],
    [trans.__('Took'), took],
    [trans.__('Who'), run.who ?? '']
  ];
  return (
    <dl className="ck-Facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <React.Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
    </dl>
  );
}
