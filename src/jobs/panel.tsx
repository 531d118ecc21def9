import React, { useDeferredValue, useState } from 'react';

import { sentenceOf } from '../border/failure';
import { isActive } from '../shared/job';
import type { IMenuItem } from '../shared/menu';
import { useRoom, useTrans } from '../shared/room-widget';
import { type IRow, RowList } from '../shared/rows';
import { State } from '../shared/state';
import { When } from '../shared/time';
import { type Job, useJobs } from './api';
import { subjectLink } from './links';

const STEP = 30;

/** The jobs in the panel, newest first. */
export function JobList(): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const [filter, setFilter] = useState('');
  const [limit, setLimit] = useState(STEP);
  const read = useJobs(useDeferredValue(filter.trim()), limit);
  return (
    <RowList
      label={trans.__('Jobs')}
      items={(read.data?.items ?? []).map(job => rowOf(job, commands, trans))}
      filter={{ value: filter, onChange: setFilter }}
      total={read.data?.total}
      onMore={() => setLimit(limit + STEP)}
      loading={read.isPending}
      problem={read.error && !read.data ? sentenceOf(read.error) : undefined}
      empty={{
        text: trans.__(
          'No jobs yet. Long work, such as training, stands here while it runs and after.'
        )
      }}
    />
  );
}

type Commands = ReturnType<typeof useRoom>['commands'];
type Trans = ReturnType<typeof useTrans>;

function rowOf(job: Job, commands: Commands, trans: Trans): IRow {
  return {
    id: job.id,
    title: job.title,
    state: <State value={job.state} short title={job.reason ?? undefined} />,
    detail: isActive(job) ? stepOf(job, trans) : <When at={job.finished ?? job.created} short />,
    onOpen: () => void commands.execute('cookhouse:open-job', { id: job.id, title: job.title }),
    menu: menuOf(job, commands, trans)
  };
}

/** What a job does now, e.g. "reading · 40 %". */
export function stepOf(job: Job, trans: Trans): string {
  const { step, fraction, state } = job;
  const percent =
    fraction === null || fraction === undefined ? '' : `${Math.floor(fraction * 100)} %`;
  const idle = state === 'pending' ? trans.__('Waiting') : trans.__('Running');
  return [step, percent].filter(Boolean).join(' · ') || idle;
}

function menuOf(job: Job, commands: Commands, trans: Trans): IMenuItem[] {
  const link = subjectLink(job);
  const items: IMenuItem[] = [
    {
      label: trans.__('Open'),
      caption: trans.__('Show its log and metrics'),
      onClick: () => void commands.execute('cookhouse:open-job', { id: job.id, title: job.title })
    },
    {
      label: trans.__('Cancel'),
      caption: trans.__('Stop this job and everything that it started'),
      disabled: isActive(job) ? undefined : trans.__('It has ended.'),
      onClick: () => void commands.execute('cookhouse:cancel-job', { id: job.id })
    }
  ];
  if (link) {
    items.splice(1, 0, {
      label: trans.__('Open %1', job.subject?.name ?? ''),
      caption: trans.__('Open what this job works for'),
      onClick: () => void commands.execute(link.command, link.args)
    });
  }
  return items;
}
