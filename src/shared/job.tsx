import { useQuery, useQueryClient } from '@tanstack/react-query';
import React, { useState } from 'react';

import { sentenceOf } from '../border/failure';
import type { Message } from '../border/request';
import { useRequest, useTrans } from './room-widget';
import { State } from './state';

export { JobLog } from './job-log';

/** A piece of long work, as the server tells it. */
export type Job = Message<'Job'>;

/** True while a job has not come to its end. */
export function isActive(job: Pick<Job, 'state'>): boolean {
  return job.state === 'pending' || job.state === 'running';
}

/** What `useJob` gives: the job once it is read, or the sentence of the failure to read it. */
export interface IJobRead {
  job: Job | undefined;
  problem: string | undefined;
}

/** A job, kept current until it ends; null reads nothing. */
export function useJob(id: string | null | undefined): IJobRead {
  const request = useRequest();
  const read = useQuery({
    queryKey: ['jobs', 'one', id],
    enabled: Boolean(id),
    queryFn: ({ signal }) => request('get', '/jobs/{id}', { path: { id: id ?? '' }, signal }),
    refetchInterval: query => (query.state.data && !isActive(query.state.data) ? false : 1000)
  });
  return { job: read.data, problem: read.error ? sentenceOf(read.error) : undefined };
}

/** State, step and bar of a job, and a button that cancels it. */
export function JobProgress(props: { id: string; onCancelled?: () => void }): JSX.Element {
  const trans = useTrans();
  const { job, problem } = useJob(props.id);
  if (problem) {
    return (
      <p className="ck-Problem" role="alert">
        {problem}
      </p>
    );
  }
  if (!job) {
    return <p className="ck-Empty">{trans.__('Loading…')}</p>;
  }
  return (
    <div className="ck-Progress" aria-live="polite">
      <State value={job.state} />
      {isActive(job) && <Bar job={job} />}
      {isActive(job) && <CancelJob id={job.id} onCancelled={props.onCancelled} />}
      {job.reason && <p className="ck-Progress-reason">{job.reason}</p>}
    </div>
  );
}

function Bar(props: { job: Job }): JSX.Element {
  const { step, fraction, title } = props.job;
  const known = fraction !== null && fraction !== undefined;
  return (
    <>
      <progress
        className="ck-Bar"
        aria-label={title}
        max={1}
        value={known ? fraction : undefined}
      />
      {known && <span className="ck-Progress-number">{Math.floor(fraction * 100)} %</span>}
      {step && <span className="ck-Progress-step">{step}</span>}
    </>
  );
}

/** A button that asks the server to cancel a job; the sentence of a refusal stands beside it. */
export function CancelJob(props: { id: string; onCancelled?: () => void }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  const cancel = async (): Promise<void> => {
    setAsked(true);
    try {
      await request('post', '/jobs/{id}/cancellation', { path: { id: props.id } });
      await queries.invalidateQueries({ queryKey: ['jobs'] });
      props.onCancelled?.();
    } catch (error) {
      setProblem(sentenceOf(error));
      setAsked(false);
    }
  };
  return (
    <>
      <button
        type="button"
        className="ck-Button ck-mod-small jp-mod-styled jp-mod-reject"
        title={trans.__('Stop this job and everything that it started')}
        disabled={asked}
        onClick={() => void cancel()}
      >
        {asked ? trans.__('Cancelling…') : trans.__('Cancel')}
      </button>
      {problem && <span role="alert">{problem}</span>}
    </>
  );
}
