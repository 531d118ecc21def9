import React, { useCallback, useDeferredValue, useState } from 'react';

import { sentenceOf } from '../border/failure';
import { count } from '../shared/format';
import { DataGridView } from '../shared/grid';
import { useRequest, useRoom, useTrans } from '../shared/room-widget';
import { type Dataset, type IView, readRows, useFirstRows, useSchema } from './api';
import { SchemaTree } from './schema-tree';

/** The rows of a dataset in their order, beside its schema; sorted and filtered by the server. */
export function Preview(props: { dataset: Dataset }): JSX.Element {
  const trans = useTrans();
  const { dataset } = props;
  const [view, setView] = useState<IView>({ sort: '', filter: '' });
  const [reveal, setReveal] = useState('');
  const wanted = useDeferredValue(view);
  if (dataset.rows === 0) {
    return <NoRows name={dataset.name} />;
  }
  return (
    <div className="ck-Preview">
      <div className="ck-Preview-rows">
        <input
          type="search"
          className="ck-Preview-filter jp-mod-styled"
          placeholder={trans.__('Keep rows whose text holds…')}
          aria-label={trans.__('Filter rows by text')}
          value={view.filter}
          onChange={event => setView({ ...view, filter: event.target.value })}
        />
        <RowGrid
          dataset={dataset}
          view={wanted}
          reveal={reveal}
          onSort={column => setView(old => ({ ...old, sort: turned(old.sort, column) }))}
        />
      </div>
      <Tree name={dataset.name} onChoose={setReveal} />
    </div>
  );
}

/** The next sort after a click on a column: up, down, then the rows' own order. */
export function turned(sort: string, column: string): string {
  if (sort === column) {
    return `-${column}`;
  }
  return sort === `-${column}` ? '' : column;
}

function RowGrid(props: {
  dataset: Dataset;
  view: IView;
  reveal: string;
  onSort: (column: string) => void;
}): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { view, dataset } = props;
  const { name, version } = dataset;
  const first = useFirstRows(name, version, view);
  const rows = first.data;
  const load = useCallback(
    async (offset: number, limit: number) =>
      // The first page is there already, unless it is still that of the view before.
      offset === 0 && rows && !first.isPlaceholderData
        ? rows.rows
        : (await readRows(request, name, view, offset, limit)).rows,
    [request, name, view, rows, first.isPlaceholderData]
  );
  if (first.error) {
    return (
      <p className="ck-Problem" role="alert">
        {sentenceOf(first.error)}
      </p>
    );
  }
  if (!rows) {
    return <p className="ck-Empty">{trans.__('Loading…')}</p>;
  }
  return (
    <>
      <DataGridView
        label={trans.__('Rows of %1', name)}
        columns={rows.columns}
        total={rows.total}
        load={load}
        sort={view.sort}
        onSort={props.onSort}
        reveal={props.reveal}
      />
      <p className="ck-Preview-total" role="status">
        {view.filter
          ? trans.__('%1 of %2 rows fit the filter', count(rows.total), count(dataset.rows))
          : trans._n('%2 row', '%2 rows', rows.total, count(rows.total))}
      </p>
    </>
  );
}

function Tree(props: { name: string; onChoose: (path: string) => void }): JSX.Element {
  const trans = useTrans();
  const schema = useSchema(props.name);
  return (
    <aside className="ck-Preview-schema" aria-label={trans.__('Schema')}>
      {schema.error && (
        <p className="ck-Problem" role="alert">
          {sentenceOf(schema.error)}
        </p>
      )}
      {schema.data && (
        <SchemaTree
          label={trans.__('Fields of %1', props.name)}
          fields={schema.data.fields}
          onChoose={field => props.onChoose(field.path)}
        />
      )}
    </aside>
  );
}

function NoRows(props: { name: string }): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  return (
    <div className="ck-Empty">
      <p>
        {trans.__(
          'There is nothing to preview: this dataset has no rows yet. Drop files here, or choose them.'
        )}
      </p>
      <button
        type="button"
        className="ck-Button jp-mod-styled jp-mod-accept"
        title={trans.__('Add files to this dataset as one batch')}
        onClick={() => void commands.execute('cookhouse:ingest-files', { name: props.name })}
      >
        {trans.__('Add Data…')}
      </button>
    </div>
  );
}
