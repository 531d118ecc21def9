import React from 'react';

import { seconds } from '../shared/format';
import { isActive, JobLog, JobProgress, useJob } from '../shared/job';
import { type IAction, Page } from '../shared/page';
import { useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { When } from '../shared/time';
import type { Job } from './api';
import { jobIcon } from './icon';
import { subjectLink } from './links';
import { Metrics } from './metrics-tab';

/** The page of one job. */
export function JobPage(props: { id: string }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const { job, problem } = useJob(props.id);
  if (!job) {
    return (
      <p className={problem ? 'ck-Problem' : 'ck-Empty'} role={problem ? 'alert' : 'status'}>
        {problem ?? trans.__('Loading…')}
      </p>
    );
  }
  return (
    <Page
      icon={jobIcon}
      title={job.title}
      state={<State value={job.state} />}
      subtitle={<Facts job={job} />}
      actions={actionsOf(job, commands, trans)}
      tabs={[
        { id: 'log', label: trans.__('Log'), body: () => <Log job={job} /> },
        { id: 'metrics', label: trans.__('Metrics'), body: () => <Metrics id={job.id} /> },
        { id: 'details', label: trans.__('Details'), body: () => <Details job={job} /> }
      ]}
    />
  );
}

function Facts(props: { job: Job }): JSX.Element {
  const trans = useTrans();
  const { who, created, started, finished } = props.job;
  return (
    <>
      {trans.__('asked for')} <When at={created} />
      {who && <> {trans.__('by %1', who)}</>}
      {started && finished && <> · {trans.__('took %1', took(started, finished))}</>}
    </>
  );
}

function took(started: string, finished: string): string {
  return seconds((Date.parse(finished) - Date.parse(started)) / 1000);
}

function Log(props: { job: Job }): JSX.Element {
  const { job } = props;
  return (
    <>
      {(isActive(job) || job.reason) && <JobProgress id={job.id} />}
      <JobLog id={job.id} />
    </>
  );
}

function Details(props: { job: Job }): JSX.Element {
  const trans = useTrans();
  const { job } = props;
  const facts: [string, React.ReactNode][] = [
    [trans.__('Id'), job.id],
    [trans.__('Kind'), job.kind],
    [trans.__('Attempt'), job.attempt],
    [trans.__('Asked for'), <When key="created" at={job.created} />],
    [trans.__('Started'), <When key="started" at={job.started} />],
    [trans.__('Ended'), <When key="finished" at={job.finished} />]
  ];
  if (job.reason) {
    facts.push([trans.__('Reason'), job.reason]);
  }
  if (job.result) {
    facts.push([trans.__('Result'), <pre key="result">{JSON.stringify(job.result, null, 2)}</pre>]);
  }
  return (
    <dl className="ck-Facts">
      {facts.map(([name, value]) => (
        <React.Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </React.Fragment>
      ))}
    </dl>
  );
}

function actionsOf(
  job: Job,
  commands: ReturnType<typeof useRoom>['commands'],
  trans: ReturnType<typeof useTrans>
): IAction[] {
  const link = subjectLink(job);
  const actions: IAction[] = [];
  if (link) {
    actions.push({
      id: 'open',
      label: trans.__('Open %1', job.subject?.name ?? ''),
      caption: trans.__('Open what this job works for'),
      onClick: () => void commands.execute(link.command, link.args)
    });
  }
  return actions;
}
