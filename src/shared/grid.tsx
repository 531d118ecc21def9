import {
  BasicKeyHandler,
  BasicMouseHandler,
  BasicSelectionModel,
  DataGrid,
  DataModel,
  TextRenderer
} from '@lumino/datagrid';
import { Widget } from '@lumino/widgets';
import React, { useEffect, useRef, useState } from 'react';

import { sentenceOf } from '../border/failure';
import { themeValue, useTheme } from './chart';
import { PagedRows, type Row } from './paging';
import { useTrans } from './room-widget';

/** A column of a grid; `type` is shown under the name on hover and aligns numbers. */
export interface IGridColumn {
  name: string;
  type?: string;
}

/** A grid of many rows; see `DataGridView`. */
export interface IGridProps {
  label: string;
  columns: readonly IGridColumn[];
  load: (offset: number, limit: number) => Promise<readonly Row[]>;
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
  const sorted = useRef(props.onSort);
  sorted.current = props.onSort;
  const theme = useTheme();
  const [problem, setProblem] = useState('');
  const { columns, load, total, sort } = props;

  useEffect(() => {
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
    if (grid.current) {
      setProblem('');
      const model = new PagedModel(columns, total, load, sort, error =>
        setProblem(sentenceOf(error))
      );
      grid.current.dataModel = model;
      grid.current.selectionModel = new BasicSelectionModel({ dataModel: model });
      fitColumns(grid.current, columns);
      return () => model.dispose();
    }
    return;
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

/** The rows of a `PagedRows` in the words of the grid. */
export class PagedModel extends DataModel {
  constructor(
    private readonly columns: readonly IGridColumn[],
    private readonly total: number,
    load: IGridProps['load'],
    private readonly sort: string | undefined,
    onProblem: (error: unknown) => void
  ) {
    super();
    this.rows = new PagedRows(load, (first, count) => this.tellArrived(first, count), onProblem);
  }

  dispose(): void {
    this.rows.dispose();
  }

  rowCount(region: DataModel.RowRegion): number {
    return region === 'body' ? this.total : 1;
  }

  columnCount(region: DataModel.ColumnRegion): number {
    return region === 'body' ? this.columns.length : 1;
  }

  data(region: DataModel.CellRegion, row: number, column: number): unknown {
    switch (region) {
      case 'body':
        return this.rows.at(row)?.[column];
      case 'column-header':
        return this.header(column);
      case 'row-header':
        return row + 1;
      default:
        return '';
    }
  }

  metadata(_region: DataModel.CellRegion, _row: number, column: number): DataModel.Metadata {
    return { type: this.columns[column]?.type ?? '' };
  }

  /** The name of the column at a place. */
  nameOf(column: number): string {
    return this.columns[column].name;
  }

  private header(column: number): string {
    const { name } = this.columns[column];
    if (this.sort === name) {
      return `${name} ▲`;
    }
    return this.sort === `-${name}` ? `${name} ▼` : name;
  }

  private tellArrived(row: number, count: number): void {
    const rowSpan = Math.min(count, this.total - row);
    if (rowSpan > 0) {
      const columnSpan = this.columns.length;
      const region = 'body';
      this.emitChanged({ type: 'cells-changed', region, row, column: 0, rowSpan, columnSpan });
    }
  }

  private readonly rows: PagedRows;
}

/** Adds to the stock handler that a click on a header asks for a sort. */
class HeaderClicks extends BasicMouseHandler {
  constructor(private readonly onHeader: (column: string) => void) {
    super();
  }

  onMouseDown(grid: DataGrid, event: MouseEvent): void {
    this.pressed = [event.clientX, event.clientY];
    super.onMouseDown(grid, event);
  }

  onMouseUp(grid: DataGrid, event: MouseEvent): void {
    super.onMouseUp(grid, event);
    const hit = grid.hitTest(event.clientX, event.clientY);
    const model = grid.dataModel;
    const [x, y] = this.pressed;
    // A column that was dragged wider is no click.
    const still = Math.abs(x - event.clientX) < 3 && Math.abs(y - event.clientY) < 3;
    const resizing = hit.x < 4 || hit.width - hit.x < 4;
    if (hit.region === 'column-header' && still && !resizing && model instanceof PagedModel) {
      this.onHeader(model.nameOf(hit.column));
    }
  }

  private pressed = [0, 0];
}

function makeGrid(onHeader: (column: string) => void): DataGrid {
  const grid = new DataGrid({
    defaultSizes: { rowHeight: 24, columnWidth: 144, rowHeaderWidth: 64, columnHeaderHeight: 26 }
  });
  grid.addClass('ck-DataGrid');
  grid.keyHandler = new BasicKeyHandler();
  grid.mouseHandler = new HeaderClicks(onHeader);
  grid.copyConfig = {
    separator: '\t',
    headers: 'column',
    warningThreshold: 1e6,
    format: ({ value }) => textOf(value)
  };
  paint(grid);
  return grid;
}

function fitColumns(grid: DataGrid, columns: readonly IGridColumn[]): void {
  columns.forEach((column, index) => {
    const width = Math.min(Math.max(column.name.length * 8 + 36, 88), 280);
    grid.resizeColumn('body', index, width);
  });
}

/** A value as the grid shows and copies it: nothing for null, JSON for nested values. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function paint(grid: DataGrid): void {
  const colour = themeValue('--jp-ui-font-color0', 'black');
  const muted = themeValue('--jp-ui-font-color2', 'gray');
  const back = themeValue('--jp-layout-color1', 'white');
  const head = themeValue('--jp-layout-color2', 'lightgray');
  const line = themeValue('--jp-border-color3', 'lightgray');
  const brand = themeValue('--jp-brand-color1', 'blue');
  const chosen = themeValue('--jp-brand-color3', 'lightblue');
  grid.style = {
    ...DataGrid.defaultStyle,
    voidColor: back,
    backgroundColor: back,
    gridLineColor: line,
    headerBackgroundColor: head,
    headerGridLineColor: line,
    selectionFillColor: translucent(chosen),
    selectionBorderColor: brand,
    cursorFillColor: translucent(chosen),
    cursorBorderColor: brand,
    headerSelectionFillColor: translucent(chosen),
    headerSelectionBorderColor: brand
  };
  const font = `${themeValue('--jp-ui-font-size1', '13px')} ${themeValue('--jp-ui-font-family')}`;
  const numeric = /^(u?int|float|double|decimal|long|short|byte)/i;
  const body = new TextRenderer({
    font,
    textColor: ({ value }) => (value === null ? muted : colour),
    horizontalAlignment: ({ metadata }) => (numeric.test(String(metadata.type)) ? 'right' : 'left'),
    format: ({ value }) => textOf(value)
  });
  const header = new TextRenderer({ font: `600 ${font}`, textColor: colour, format: plain });
  const side = new TextRenderer({ font, textColor: muted, horizontalAlignment: 'right' });
  grid.cellRenderers.update({
    body,
    'column-header': header,
    'row-header': side,
    'corner-header': header
  });
}

function plain({ value }: { value: unknown }): string {
  return String(value);
}

/** A theme's colour (hex or in any other form of CSS) that lets the cells shine through. */
function translucent(colour: string): string {
  return `color-mix(in srgb, ${colour} 35%, transparent)`;
}
