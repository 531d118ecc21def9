import { useQuery } from '@tanstack/react-query';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { Message } from '../border/request';
import { metric } from '../shared/format';
import { JobProgress, useJob } from '../shared/job';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';

/** The frame of every strip below a cell. */
export function Strip(props: { children: React.ReactNode; close: () => void }): JSX.Element {
  const trans = useTrans();
  return (
    <section className="ck-Strip" aria-label={trans.__('Cookhouse: results of this cell')}>
      <div className="ck-Strip-body">{props.children}</div>
      <button
        type="button"
        className="ck-Strip-close"
        title={trans.__('Close this strip; what it shows stays on its page')}
        aria-label={trans.__('Close')}
        onClick={props.close}
      >
        <closeIcon.react tag="span" aria-hidden="true" />
      </button>
    </section>
  );
}

/** A training, live below the cell that fits the model. */
export function TrainingStrip({ run }: { run: Message<'Run'> }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const open = (): void => {
    void commands.execute('cookhouse:open-run', { model: run.model, id: run.id });
  };
  return (
    <>
      <strong>{trans.__('Run %1 of %2', run.number, run.model)}</strong>
      <JobProgress id={run.job} />
      <LastMetrics job={run.job} />
      <button type="button" className="ck-Link" onClick={open}>
        {trans.__('Open the run')}
      </button>
    </>
  );
}

/** A scoring, live below the cell that predicts. */
export function ScoringStrip({ scoring }: { scoring: Message<'Scoring'> }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const open = (): void => {
    void commands.execute('cookhouse:open-scoring', { id: scoring.id });
  };
  return (
    <>
      <strong>{trans.__('%1 scored into %2', scoring.input, scoring.output)}</strong>
      <JobProgress id={scoring.job} />
      <button type="button" className="ck-Link" onClick={open}>
        {trans.__('Open the scoring')}
      </button>
    </>
  );
}

/** The last value of each metric that a job reported so far. */
function LastMetrics({ job: id }: { job: string }): JSX.Element | null {
  const trans = useTrans();
  const request = useRequest();
  const { job } = useJob(id);
  const ended = job !== undefined && job.state !== 'pending' && job.state !== 'running';
  const { data } = useQuery({
    queryKey: ['jobs', 'last-metrics', id, ended],
    queryFn: ({ signal }) =>
      request('get', '/jobs/{id}/metrics', { path: { id }, query: { after: 0 }, signal }),
    refetchInterval: ended ? false : 1000
  });
  const last = new Map((data?.points ?? []).map(point => [point.name, point.value]));
  if (last.size === 0) {
    return null;
  }
  return (
    <dl className="ck-Strip-metrics" aria-label={trans.__('Metrics')}>
      {Array.from(last, ([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{metric(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
