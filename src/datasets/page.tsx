import React from 'react';

import { Failure, sentenceOf } from '../border/failure';
import { bytes, count } from '../shared/format';
import { type IAction, Page } from '../shared/page';
import { useRoom, useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { When } from '../shared/time';
import { type Dataset, useDataset } from './api';
import { Batches } from './batches';
import { DropPlace } from './drop';
import { datasetIcon } from './icon';
import { ingestFiles } from './ingest';
import { Preview } from './preview';
import { SchemaEditor } from './schema-editor';

/** The page of one dataset. */
export function DatasetPage(props: { name: string }): JSX.Element {
  const trans = useTrans();
  const context = useRoom();
  const { name } = props;
  const { data, error, isPending } = useDataset(name);
  if (error instanceof Failure && error.status === 404) {
    return <Gone name={name} />;
  }
  if (!data) {
    return (
      <p className={isPending ? 'ck-Empty' : 'ck-Problem'} role={isPending ? 'status' : 'alert'}>
        {isPending ? trans.__('Loading…') : sentenceOf(error)}
      </p>
    );
  }
  return (
    <DropPlace
      onFiles={files => void ingestFiles(context, { name, files })}
      onPaths={paths => void ingestFiles(context, { name, paths })}
    >
      <Page
        icon={datasetIcon}
        title={name}
        subtitle={<Facts dataset={data} />}
        state={data.last_batch && <State value={data.last_batch.state} />}
        actions={actionsOf(name, context.commands, trans)}
        tabs={[
          { id: 'preview', label: trans.__('Preview'), body: () => <Preview dataset={data} /> },
          { id: 'batches', label: trans.__('Batches'), body: () => <Batches dataset={name} /> },
          { id: 'schema', label: trans.__('Schema'), body: () => <SchemaEditor dataset={data} /> }
        ]}
      />
    </DropPlace>
  );
}

function Gone(props: { name: string }): JSX.Element {
  const trans = useTrans();
  return (
    <div className="ck-Empty" role="alert">
      <p>{trans.__('There is no dataset %1 any more. Close this page.', props.name)}</p>
    </div>
  );
}

function Facts(props: { dataset: Dataset }): JSX.Element {
  const trans = useTrans();
  const { rows, size, batches, last_batch: last, description, sample } = props.dataset;
  return (
    <>
      {trans._n('%2 row', '%2 rows', rows, count(rows))} · {bytes(size)} ·{' '}
      {trans._n('%2 batch', '%2 batches', batches, count(batches))}
      {last && (
        <>
          {' · '}
          {trans.__('last one')} <When at={last.created} />
        </>
      )}
      {sample && <> · {trans.__('part of the sample %1', sample)}</>}
      {description && <p className="ck-Page-description">{description}</p>}
    </>
  );
}

function actionsOf(
  name: string,
  commands: ReturnType<typeof useRoom>['commands'],
  trans: ReturnType<typeof useTrans>
): IAction[] {
  return [
    {
      id: 'delete',
      label: trans.__('Delete…'),
      caption: trans.__('Delete this dataset with all of its batches'),
      onClick: () => void commands.execute('cookhouse:delete-dataset', { name })
    },
    {
      id: 'read',
      label: trans.__('Read in Notebook'),
      caption: trans.__('Insert a cell that reads this dataset into the open notebook'),
      onClick: () => void commands.execute('cookhouse:read-dataset', { name })
    },
    {
      id: 'add',
      label: trans.__('Add Data…'),
      caption: trans.__('Add files to this dataset as one batch'),
      primary: true,
      onClick: () => void commands.execute('cookhouse:ingest-files', { name })
    }
  ];
}
