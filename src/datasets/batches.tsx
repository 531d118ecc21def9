import React, { useState } from 'react';

import { sentenceOf } from '../border/failure';
import { bytes, count } from '../shared/format';
import { useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { type ITableColumn, Table } from '../shared/table';
import { When } from '../shared/time';
import { type Batch, useBatches } from './api';

const STEP = 50;

/** The batches of a dataset, newest first, with the reason where one failed. */
export function Batches(props: { dataset: string }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const [limit, setLimit] = useState(STEP);
  const { data, error, isPending } = useBatches(props.dataset, limit);
  if (error && !data) {
    return (
      <p className="ck-Problem" role="alert">
        {sentenceOf(error)}
      </p>
    );
  }
  if (isPending || !data) {
    return <p className="ck-Empty">{trans.__('Loading…')}</p>;
  }
  const openJob = (id: string): void => void commands.execute('cookhouse:open-job', { id });
  return (
    <>
      <Table
        label={trans.__('Batches of %1', props.dataset)}
        columns={columnsOf(trans, openJob)}
        rows={data.items}
        rowKey={batch => batch.id}
        empty={trans.__('No batch yet. Add data to make the first.')}
      />
      {data.total > data.items.length && (
        <button type="button" className="ck-Link" onClick={() => setLimit(limit + STEP)}>
          {trans.__('Show more (%1 of %2)', data.items.length, data.total)}
        </button>
      )}
    </>
  );
}

function columnsOf(
  trans: ReturnType<typeof useTrans>,
  openJob: (id: string) => void
): ITableColumn<Batch>[] {
  return [
    {
      id: 'state',
      title: trans.__('State'),
      render: batch => <BatchState batch={batch} onJob={openJob} />
    },
    { id: 'rows', title: trans.__('Rows'), align: 'end', render: batch => count(batch.rows) },
    { id: 'size', title: trans.__('Size'), align: 'end', render: batch => bytes(batch.size) },
    { id: 'source', title: trans.__('Source'), render: batch => batch.source || '–' },
    { id: 'who', title: trans.__('Who'), render: batch => batch.who || '–' },
    { id: 'when', title: trans.__('When'), render: batch => <When at={batch.created} /> },
    {
      id: 'version',
      title: trans.__('Version'),
      align: 'end',
      render: batch => count(batch.version)
    }
  ];
}

function BatchState(props: { batch: Batch; onJob: (id: string) => void }): JSX.Element {
  const trans = useTrans();
  const { state, reason, job } = props.batch;
  return (
    <>
      <State value={state} />
      {reason && <p className="ck-Batch-reason">{reason}</p>}
      {job && state !== 'active' && (
        <p className="ck-Batch-reason">
          <button type="button" className="ck-Link" onClick={() => props.onJob(job)}>
            {trans.__('Show the Job')}
          </button>
        </p>
      )}
    </>
  );
}
