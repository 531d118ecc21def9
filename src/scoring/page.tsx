import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { count } from '../shared/format';
import { JobLog, JobProgress } from '../shared/job';
import { Page } from '../shared/page';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import { Failed, Waiting } from '../shared/waiting';
import { keys, previewOf, type Scoring, showScoring } from './api';

const PREVIEW = 50;

/** The page of a scoring: live, then what it made. */
export function ScoringPage(props: { id: string }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { commands } = useRoom();
  const { data: scoring, error } = useQuery({
    queryKey: keys.scoring(props.id),
    queryFn: ({ signal }) => showScoring(request, props.id, signal),
    refetchInterval: query => (isActive(query.state.data) ? 1000 : false)
  });
  if (error) {
    return <Failed error={error} />;
  }
  if (!scoring) {
    return <Waiting />;
  }
  return (
    <Page
      title={trans.__('Scoring with %1', scoring.model)}
      subtitle={trans.__('%1 into %2', scoring.input, scoring.output)}
      state={<State value={scoring.state} />}
      actions={[
        {
          id: 'output',
          label: trans.__('Open Results'),
          caption: trans.__('Open the output dataset'),
          primary: true,
          disabled: scoring.batch ? undefined : trans.__('There are no results yet.'),
          onClick: () => void commands.execute('cookhouse:open-dataset', { name: scoring.output })
        },
        {
          id: 'run',
          label: trans.__('Open Run'),
          caption: trans.__('Open the run that scored'),
          onClick: () =>
            void commands.execute('cookhouse:open-run', { model: scoring.model, id: scoring.run })
        }
      ]}
      tabs={[
        { id: 'result', label: trans.__('Result'), body: () => <Result scoring={scoring} /> },
        { id: 'log', label: trans.__('Log'), body: () => <JobLog id={scoring.job} /> }
      ]}
    />
  );
}

function isActive(scoring: Scoring | undefined): boolean {
  return scoring?.state === 'pending' || scoring?.state === 'running';
}

function Result(props: { scoring: Scoring }): JSX.Element {
  const trans = useTrans();
  const { scoring } = props;
  const refused = scoring.refused ?? [];
  return (
    <>
      {scoring.state !== 'succeeded' && <JobProgress id={scoring.job} />}
      {scoring.reason && (
        <p className="ck-Sentence ck-mod-bad" role="alert">
          {scoring.reason}
        </p>
      )}
      {scoring.batch && (
        <>
          <p className="ck-Sentence">
            {trans.__('%1 rows in one new batch of %2,', count(scoring.batch.rows), scoring.output)}{' '}
            <When at={scoring.finished ?? scoring.created} />
          </p>
          {refused.length > 0 && (
            <Table
              label={trans.__('Rows without a prediction')}
              rows={refused}
              rowKey={row => row.reason}
              columns={[
                { id: 'reason', title: trans.__('Why'), render: row => row.reason },
                {
                  id: 'rows',
                  title: trans.__('Rows'),
                  align: 'end',
                  render: row => count(row.rows)
                }
              ]}
            />
          )}
          <Preview dataset={scoring.output} rows={scoring.batch.rows} />
        </>
      )}
    </>
  );
}

function Preview(props: { dataset: string; rows: number }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { data, error } = useQuery({
    queryKey: ['datasets', 'tail', props.dataset, props.rows],
    queryFn: ({ signal }) => previewOf(request, props.dataset, props.rows, PREVIEW, signal)
  });
  if (error) {
    return <Failed error={error} />;
  }
  if (!data) {
    return <Waiting />;
  }
  return (
    <Table
      label={trans.__('The first rows of the batch')}
      rows={data.rows}
      columns={data.columns.map((column, index) => ({
        id: column.name,
        title: column.name,
        align: typeof data.rows[0]?.[index] === 'number' ? ('end' as const) : undefined,
        render: (row: unknown[]) => textOf(row[index])
      }))}
    />
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return value.toPrecision(4);
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
