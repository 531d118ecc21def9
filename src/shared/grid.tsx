import { BasicSelectionModel, type DataGrid } from '@lumino/datagrid';
import { Widget } from '@lumino/widgets';
import React, { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { sentenceOf } from '../border/failure';
import { type IGridColumn, type LoadRows, PagedModel } from './grid-model';
import { fitColumns, makeGrid, paint } from './grid-parts';
import { useTrans } from './room-widget';
import { useTheme } from './theme';

export type { IGridColumn } from './grid-model';

/** A grid of many rows; see `DataGridView`. */
export interface IGridProps {
  label: string;
  columns: readonly IGridColumn[];
  load: LoadRows;
  total: number;
  /** The column that the rows are sorted by, with `-` before it for descending. */
  sort?: string;
  /** Told the column whose header was clicked. */
  onSort?: (column: string) => void;
  /** The column to bring into view. */
  reveal?: string;
}

/**
 * Rows of any number in the Lab's own grid, fetched by pages while they are looked at. A new
 * `load` shows new rows, so give one that stays the same while they do (`useCallback`).
 */
export function DataGridView(props: IGridProps): JSX.Element {
  const trans = useTrans();
  const place = useRef<HTMLDivElement>(null);
  const grid = useRef<DataGrid | null>(null);
  const sized = useRef('');
  const sorted = useRef(props.onSort);
  sorted.current = props.onSort;
  const theme = useTheme();
  const [problem, setProblem] = useState('');
  const { columns, load, total, sort } = props;

  // Lumino lets go of a widget only while it is in the document, so not after React removed it.
  useLayoutEffect(() => {
    const host = place.current;
    if (!host) {
      return;
    }
    const made = makeGrid(column => sorted.current?.(column));
    grid.current = made;
    Widget.attach(made, host);
    const watch = new ResizeObserver(() => made.fit());
    watch.observe(host);
    return () => {
      watch.disconnect();
      made.dispose();
      grid.current = null;
    };
  }, []);

  useEffect(() => {
    const shown = grid.current;
    if (!shown) {
      return;
    }
    setProblem('');
    const names = columns.map(column => column.name).join();
    const sizing: LoadRows = async (offset, limit) => {
      const rows = await load(offset, limit);
      // Widths that the person changed stay while the columns do.
      if (sized.current !== names && offset === 0 && !shown.isDisposed) {
        sized.current = names;
        fitColumns(shown, columns, rows);
      }
      return rows;
    };
    const model = new PagedModel(columns, total, sizing, sort, error =>
      setProblem(sentenceOf(error))
    );
    // The grid forgets its widths with its model.
    const widths = columns.map((_, index) => shown.columnSize('body', index));
    shown.dataModel = model;
    if (sized.current === names) {
      widths.forEach((width, index) => shown.resizeColumn('body', index, width));
    }
    shown.selectionModel = new BasicSelectionModel({ dataModel: model });
    return () => model.dispose();
  }, [columns, load, total, sort]);

  useEffect(() => {
    const index = columns.findIndex(column => column.name === props.reveal);
    if (grid.current && index >= 0) {
      grid.current.scrollToColumn(index);
    }
  }, [columns, props.reveal]);

  useEffect(() => {
    if (grid.current) {
      paint(grid.current);
    }
  }, [theme]);

  return (
    <div className="ck-Grid" role="region" aria-label={props.label}>
      {problem && (
        <p className="ck-Problem" role="alert">
          {problem}
        </p>
      )}
      <div ref={place} className="ck-Grid-place" />
      <p className="ck-Hidden">{trans.__('%1 rows, %2 columns', total, columns.length)}</p>
    </div>
  );
}
