import React, { useDeferredValue, useEffect, useState } from 'react';

import { sentenceOf } from '../border/failure';
import { count } from '../shared/format';
import type { IMenuItem } from '../shared/menu';
import { useRoom, useTrans } from '../shared/room-widget';
import { type IRow, RowList } from '../shared/rows';
import { State } from '../shared/state';
import { When } from '../shared/time';
import { type Dataset, useDatasets } from './api';
import { DropPlace } from './drop';
import { ingestFiles } from './ingest';

const STEP = 50;

/** The datasets in the panel. */
export function DatasetList(props: { onCount: (count: number | null) => void }): JSX.Element {
  const trans = useTrans();
  const context = useRoom();
  const { commands } = context;
  const [filter, setFilter] = useState('');
  const [limit, setLimit] = useState(STEP);
  const wanted = useDeferredValue(filter.trim());
  const read = useDatasets(wanted, limit);
  const total = read.data?.total;
  const { onCount } = props;
  useEffect(() => {
    if (wanted === '') {
      onCount(total ?? null);
    }
  }, [wanted, total, onCount]);
  return (
    <DropPlace
      onFiles={files => void ingestFiles(context, { files })}
      onPaths={paths => void ingestFiles(context, { paths })}
    >
      <RowList
        label={trans.__('Datasets')}
        items={(read.data?.items ?? []).map(item => rowOf(item, commands, trans))}
        filter={{ value: filter, onChange: setFilter }}
        total={total}
        onMore={() => setLimit(limit + STEP)}
        loading={read.isPending}
        problem={read.error && !read.data ? sentenceOf(read.error) : undefined}
        empty={{
          text: trans.__(
            'No data yet. Drop a CSV, JSON or Parquet file here, or make the sample to try everything.'
          ),
          action: {
            label: trans.__('Make the Sample'),
            caption: trans.__('Datasets of an invented shop, with notebooks to walk with'),
            onClick: () => void commands.execute('cookhouse:make-sample')
          }
        }}
      />
    </DropPlace>
  );
}

type Commands = ReturnType<typeof useRoom>['commands'];
type Trans = ReturnType<typeof useTrans>;

function rowOf(item: Dataset, commands: Commands, trans: Trans): IRow {
  const { name, last_batch: last } = item;
  return {
    id: name,
    title: name,
    state: <State value={last?.state ?? 'empty'} short title={last?.reason ?? undefined} />,
    detail: last ? (
      <>
        {trans._n('%2 row', '%2 rows', item.rows, count(item.rows))} ·{' '}
        <When at={last.created} short />
      </>
    ) : (
      trans.__('No batch yet')
    ),
    onOpen: () => void commands.execute('cookhouse:open-dataset', { name }),
    menu: menuOf(name, commands, trans)
  };
}

function menuOf(name: string, commands: Commands, trans: Trans): IMenuItem[] {
  const entry = (label: string, caption: string, command: string): IMenuItem => ({
    label,
    caption,
    onClick: () => void commands.execute(command, { name })
  });
  return [
    entry(trans.__('Open'), trans.__('Show rows, batches and schema'), 'cookhouse:open-dataset'),
    entry(
      trans.__('Read in Notebook'),
      trans.__('Insert a cell that reads it'),
      'cookhouse:read-dataset'
    ),
    entry(trans.__('Add Data…'), trans.__('Add files as one batch'), 'cookhouse:ingest-files'),
    entry(
      trans.__('Delete…'),
      trans.__('Delete it with all of its batches'),
      'cookhouse:delete-dataset'
    )
  ];
}
