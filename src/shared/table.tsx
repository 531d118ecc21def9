import React from 'react';

import { useTrans } from './room-widget';

/** A column of a table; numbers are aligned to the end. */
export interface ITableColumn<R> {
  id: string;
  title: string;
  align?: 'start' | 'end';
  render: (row: R) => React.ReactNode;
}

/** A plain table of few rows, with real headers; `rowKey` tells rows apart (else their place). */
export function Table<R>(props: {
  label: string;
  columns: readonly ITableColumn<R>[];
  rows: readonly R[];
  rowKey?: (row: R) => string;
  empty?: string;
}): JSX.Element {
  const trans = useTrans();
  if (props.rows.length === 0) {
    return <p className="ck-Empty">{props.empty ?? trans.__('Nothing here yet.')}</p>;
  }
  return (
    <div className="ck-Table-frame">
      <table className="ck-Table" aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map(column => (
              <th key={column.id} scope="col" className={`ck-mod-${column.align ?? 'start'}`}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            <tr key={props.rowKey ? props.rowKey(row) : index}>
              {props.columns.map(column => (
                <td key={column.id} className={`ck-mod-${column.align ?? 'start'}`}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
