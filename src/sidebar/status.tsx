import { useQuery, useQueryClient } from '@tanstack/react-query';
import React, { useEffect } from 'react';

import { sentenceOf } from '../border/failure';
import type { Message } from '../border/request';
import { JobProgress, useJob } from '../shared/job';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';

type Engine = Message<'EngineStatus'>;

const SLOW = 60_000;
const FAST = 3_000;

/** Where one stands, when there is something to say of it: no server, no engine, warnings. */
export function StatusLine(): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const read = useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => request('get', '/status', { signal }),
    refetchInterval: query => (query.state.data?.engine.state === 'building' ? FAST : SLOW)
  });
  if (read.error && !read.data) {
    return (
      <div className="ck-Sidebar-status" role="alert">
        <p>{sentenceOf(read.error)}</p>
        <button type="button" className="ck-Link" onClick={() => void read.refetch()}>
          {trans.__('Try Again')}
        </button>
      </div>
    );
  }
  const { engine, warnings } = read.data ?? {};
  return (
    <>
      {engine && engine.state !== 'ready' && <EngineLine engine={engine} />}
      {warnings?.map(warning => (
        <p key={warning} className="ck-Sidebar-status ck-mod-warn">
          {warning}
        </p>
      ))}
    </>
  );
}

/** What the engine lacks, and the way to it. */
function EngineLine(props: { engine: Engine }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const { state, message, job } = props.engine;
  if (state === 'building') {
    return (
      <div className="ck-Sidebar-status">
        <p>{trans.__('The engine is being set up. Datasets, training and scoring wait for it.')}</p>
        {job && <Building job={job} />}
      </div>
    );
  }
  return (
    <div className="ck-Sidebar-status ck-mod-warn">
      <p>
        {message ||
          trans.__('The engine, which holds the heavy libraries of Cookhouse, is not set up yet.')}
      </p>
      <button
        type="button"
        className="ck-Button jp-mod-styled jp-mod-accept"
        title={trans.__('Build the environment of the engine once; your own stays as it is')}
        onClick={() => void commands.execute('cookhouse:set-up-engine')}
      >
        {trans.__('Set Up the Engine')}
      </button>
    </div>
  );
}

/** The progress of the build; its end is news for the status. */
function Building(props: { job: string }): JSX.Element {
  const queries = useQueryClient();
  const { job } = useJob(props.job);
  const finished = job?.finished;
  useEffect(() => {
    if (finished) {
      void queries.invalidateQueries({ queryKey: ['status'] });
    }
  }, [finished, queries]);
  return <JobProgress id={props.job} />;
}
