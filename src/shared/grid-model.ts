import { DataModel } from '@lumino/datagrid';

import { PagedRows, type Row } from './paging';

/** A column of a grid; `type` aligns numbers. */
export interface IGridColumn {
  name: string;
  type?: string;
}

/** Fetches the rows from `offset` on, `limit` of them at most. */
export type LoadRows = (offset: number, limit: number) => Promise<readonly Row[]>;

/** The rows of a `PagedRows` in the words of the grid. */
export class PagedModel extends DataModel {
  constructor(
    private readonly columns: readonly IGridColumn[],
    private readonly total: number,
    load: LoadRows,
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

/** A value as the grid shows and copies it: nothing for null, JSON for nested values. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
