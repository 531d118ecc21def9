import { useQuery, useQueryClient } from '@tanstack/react-query';
import { closeIcon } from '@jupyterlab/ui-components';
import React, { useEffect } from 'react';

import type { Message } from '../border/request';
import { metric } from '../shared/format';
import { isActive, JobProgress, useJob } from '../shared/job';
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

/**
 * Whether a job has ended. What rooms show of its work is read again then, without waiting for
 * the event that tells of it.
 */
function useEnd(id: string, room: string): boolean {
  const queries = useQueryClient();
  const { job } = useJob(id);
  const ended = job !== undefined && !isActive(job);
  useEffect(() => {
    if (ended) {
      void queries.invalidateQueries({ queryKey: [room] });
    }
  }, [ended, queries, room]);
  return ended;
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
      <Metrics run={run} />
      <button type="button" className="ck-Link" onClick={open}>
        {trans.__('Open the Run')}
      </button>
    </>
  );
}

/** A scoring, live below the cell that predicts. */
export function ScoringStrip({ scoring }: { scoring: Message<'Scoring'> }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  useEnd(scoring.job, 'datasets');
  const open = (): void => {
    void commands.execute('cookhouse:open-scoring', { id: scoring.id });
  };
  return (
    <>
      <strong>{trans.__('%1 scored into %2', scoring.input, scoring.output)}</strong>
      <JobProgress id={scoring.job} />
      <button type="button" className="ck-Link" onClick={open}>
        {trans.__('Open the Scoring')}
      </button>
    </>
  );
}

/** The metrics of a run: as they arrive the last value of each, in the end those of its model. */
function Metrics({ run: { job, model, id } }: { run: Message<'Run'> }): JSX.Element | null {
  const trans = useTrans();
  const request = useRequest();
  const ended = useEnd(job, 'models');
  const live = useQuery({
    queryKey: ['jobs', 'last-metrics', job],
    queryFn: ({ signal }) =>
      request('get', '/jobs/{id}/metrics', { path: { id: job }, query: { after: 0 }, signal }),
    refetchInterval: ended ? false : 1000
  });
  const final = useQuery({
    queryKey: ['models', 'run', model, id],
    enabled: ended,
    queryFn: ({ signal }) =>
      request('get', '/models/{name}/runs/{id}', { path: { name: model, id }, signal })
  });
  const values = new Map([
    ...(live.data?.points ?? []).map(point => [point.name, point.value] as const),
    ...Object.entries(final.data?.metrics ?? {})
  ]);
  if (values.size === 0) {
    return null;
  }
  return (
    <dl className="ck-Strip-metrics" aria-label={trans.__('Metrics')}>
      {Array.from(values, ([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{metric(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
