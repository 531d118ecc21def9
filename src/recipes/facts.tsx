import React from 'react';

import type { Message } from '../border/request';
import { useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { CellLink, type Places } from './stages';
import { rangeOf } from './words';

interface IPlaced {
  places: Places;
  open: (cell: string) => void;
}

/** The hyperparameters that were found: type, default, range, where. */
export function Hyperparameters(
  props: IPlaced & { items: readonly Message<'Hyperparameter'>[] }
): JSX.Element {
  const trans = useTrans();
  return (
    <Table
      label={trans.__('Hyperparameters')}
      rows={props.items}
      rowKey={one => one.name}
      empty={trans.__('No value of this notebook can be changed by a training.')}
      columns={[
        { id: 'name', title: trans.__('Name'), render: one => <code>{one.name}</code> },
        { id: 'type', title: trans.__('Type'), render: one => one.type },
        {
          id: 'default',
          title: trans.__('Default'),
          align: 'end',
          render: one => (one.default === null ? trans.__('none') : String(one.default))
        },
        { id: 'range', title: trans.__('Range'), render: rangeOf },
        {
          id: 'cell',
          title: trans.__('From'),
          render: one => <CellLink cell={one.cell} places={props.places} open={props.open} />
        }
      ]}
    />
  );
}

/** The files, datasets and libraries that rows come from. */
export function Bindings(props: IPlaced & { items: readonly Message<'Binding'>[] }): JSX.Element {
  const trans = useTrans();
  const kinds = {
    file: trans.__('file'),
    dataset: trans.__('dataset'),
    library: trans.__('comes with a library')
  };
  return (
    <Table
      label={trans.__('Where the rows come from')}
      rows={props.items}
      empty={trans.__('This notebook reads no rows.')}
      columns={[
        { id: 'source', title: trans.__('Source'), render: one => <code>{one.source}</code> },
        { id: 'kind', title: trans.__('Kind'), render: one => kinds[one.kind] },
        { id: 'reader', title: trans.__('Read by'), render: one => <code>{one.reader}</code> },
        {
          id: 'cell',
          title: trans.__('From'),
          render: one => <CellLink cell={one.cell} places={props.places} open={props.open} />
        }
      ]}
    />
  );
}

/** Findings: what, why, and what to do. */
export function Findings(props: IPlaced & { items: readonly Message<'Finding'>[] }): JSX.Element {
  const trans = useTrans();
  const looks = { error: 'refused', warning: 'close', info: 'unverified' } as const;
  const words = {
    error: trans.__('To fix'),
    warning: trans.__('To know'),
    info: trans.__('Note')
  };
  if (props.items.length === 0) {
    return <p className="ck-Empty">{trans.__('Nothing was found that you need to know.')}</p>;
  }
  return (
    <ul className="ck-FindingTexts" aria-label={trans.__('Findings')}>
      {props.items.map((finding, index) => (
        <li key={`${finding.code}:${index}`}>
          <State value={looks[finding.severity]} label={words[finding.severity]} />
          <div>
            <div>{finding.what}</div>
            <div className="ck-Muted">{[finding.why, finding.fix].filter(Boolean).join(' ')}</div>
          </div>
          <CellLink cell={finding.cell} places={props.places} open={props.open} />
        </li>
      ))}
    </ul>
  );
}

/** What the recipe carries from training into scoring. */
export function Memory({ items }: { items: readonly string[] }): JSX.Element {
  const trans = useTrans();
  return items.length === 0 ? (
    <p className="ck-Empty">{trans.__('Only the fitted model.')}</p>
  ) : (
    <ul className="ck-Plain">
      {items.map(item => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  );
}
