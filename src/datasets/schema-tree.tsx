import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import React, { useId, useState } from 'react';

import type { SchemaField } from './api';

/** A field as it stands in a list of those that are seen. */
export interface ISeen {
  field: SchemaField;
  depth: number;
  open: boolean;
}

/** The fields that are seen when those of `closed` hide their inner ones. */
export function seen(
  fields: readonly SchemaField[],
  closed: ReadonlySet<string>,
  depth = 0
): ISeen[] {
  return fields.flatMap(field => {
    const open = !closed.has(field.path);
    const inner = open ? seen(field.fields, closed, depth + 1) : [];
    return [{ field, depth, open }, ...inner];
  });
}

/** Which fields are closed, and a function that opens and closes one. */
export function useClosed(): [ReadonlySet<string>, (path: string, open?: boolean) => void] {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const toggle = (path: string, open?: boolean): void =>
    setClosed(old => {
      const next = new Set(old);
      if (open ?? old.has(path)) {
        next.delete(path);
      } else {
        next.add(path);
      }
      return next;
    });
  return [closed, toggle];
}

/** The fields of a schema as a tree that works by keyboard; choosing a leaf tells it. */
export function SchemaTree(props: {
  label: string;
  fields: readonly SchemaField[];
  onChoose: (field: SchemaField) => void;
}): JSX.Element {
  const [closed, toggle] = useClosed();
  const [chosen, setChosen] = useState('');
  const id = useId();
  const rows = seen(props.fields, closed);
  const found = rows.findIndex(row => row.field.path === chosen);
  const at = found < 0 ? 0 : found;
  const choose = ({ field }: ISeen): void => {
    setChosen(field.path);
    if (field.fields.length) {
      toggle(field.path);
    } else {
      props.onChoose(field);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const row = rows[at];
    const moves: Record<string, number> = {
      ArrowDown: Math.min(at + 1, rows.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: rows.length - 1
    };
    if (event.key in moves) {
      setChosen(rows[moves[event.key]].field.path);
      document.getElementById(`${id}-${moves[event.key]}`)?.scrollIntoView?.({ block: 'nearest' });
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      toggle(row.field.path, event.key === 'ArrowRight');
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(row);
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <ul
      className="ck-Tree"
      role="tree"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={`${id}-${at}`}
      onKeyDown={onKeyDown}
    >
      {rows.map((row, index) => (
        <Node
          key={row.field.path}
          id={`${id}-${index}`}
          row={row}
          chosen={row.field.path === chosen}
          onClick={() => choose(row)}
        />
      ))}
    </ul>
  );
}

function Node(props: {
  id: string;
  row: ISeen;
  chosen: boolean;
  onClick: () => void;
}): JSX.Element {
  const { field, depth, open } = props.row;
  const inner = field.fields.length > 0;
  return (
    <li
      id={props.id}
      role="treeitem"
      className={`ck-Tree-node${props.chosen ? ' ck-mod-chosen' : ''}`}
      aria-level={depth + 1}
      aria-selected={props.chosen}
      aria-expanded={inner ? open : undefined}
      style={{ paddingInlineStart: `${depth * 14 + 4}px` }}
      title={[`${field.path} (${field.type})`, field.description].filter(Boolean).join(': ')}
      onClick={props.onClick}
    >
      <Caret inner={inner} open={open} />
      <span className="ck-Tree-name">{field.name}</span>
      <span className="ck-Tree-type">{field.type}</span>
    </li>
  );
}

/** The mark of a field that has inner ones. */
export function Caret(props: { inner: boolean; open: boolean }): JSX.Element {
  const Icon = props.open ? caretDownIcon : caretRightIcon;
  return (
    <span className="ck-Tree-caret" aria-hidden="true">
      {props.inner && <Icon.react tag="span" />}
    </span>
  );
}
