import React, { useId, useState } from 'react';

import { type IMenuItem, openMenu } from './menu';
import { useTrans } from './room-widget';

/** One row of a list: a state, a title, and one line of what matters now. */
export interface IRow {
  id: string;
  title: string;
  detail?: React.ReactNode;
  state?: React.ReactNode;
  onOpen?: () => void;
  menu?: IMenuItem[];
}

/** What an empty list says to do first, and offers. */
export interface IEmpty {
  text: string;
  action?: { label: string; caption?: string; onClick: () => void };
}

/** A list of rows; see `RowList`. */
export interface IRowListProps {
  label: string;
  items: readonly IRow[];
  empty: IEmpty;
  /** True filters the given rows by their titles; a pair leaves it to the caller (the server). */
  filter?: boolean | { value: string; onChange: (value: string) => void };
  /** How many there are in all, where `items` is only the first part. */
  total?: number;
  onMore?: () => void;
  loading?: boolean;
  /** The sentence of the failure that kept the list from being read. */
  problem?: string;
}

/** A list that works by keyboard: arrows, Home, End, Enter opens, the menu key opens the menu. */
export function RowList(props: IRowListProps): JSX.Element {
  const trans = useTrans();
  const [own, setOwn] = useState('');
  const given = typeof props.filter === 'object' ? props.filter : null;
  const text = given ? given.value : own;
  const wanted = own.trim().toLowerCase();
  const items = given
    ? props.items
    : props.items.filter(item => item.title.toLowerCase().includes(wanted));
  const searchable = props.filter && (props.items.length > 1 || text !== '');
  const more = props.onMore && (props.total ?? 0) > props.items.length;
  return (
    <div className="ck-List">
      {searchable && (
        <input
          type="search"
          className="ck-List-filter jp-mod-styled"
          placeholder={trans.__('Filter')}
          aria-label={trans.__('Filter %1', props.label)}
          value={text}
          onChange={event => (given ? given.onChange : setOwn)(event.target.value)}
        />
      )}
      {props.problem && (
        <p className="ck-Problem" role="alert">
          {props.problem}
        </p>
      )}
      {items.length > 0 && <Items label={props.label} items={items} />}
      {items.length === 0 && !props.problem && (
        <Nothing empty={props.empty} loading={props.loading} filtered={text !== ''} />
      )}
      {more && (
        <button type="button" className="ck-Link ck-List-more" onClick={props.onMore}>
          {trans.__('Show more (%1 of %2)', props.items.length, props.total ?? 0)}
        </button>
      )}
    </div>
  );
}

function Nothing(props: { empty: IEmpty; loading?: boolean; filtered: boolean }): JSX.Element {
  const trans = useTrans();
  if (props.loading) {
    return <p className="ck-Empty">{trans.__('Loading…')}</p>;
  }
  if (props.filtered) {
    return <p className="ck-Empty">{trans.__('Nothing fits the filter.')}</p>;
  }
  const { text, action } = props.empty;
  return (
    <div className="ck-Empty">
      <p>{text}</p>
      {action && (
        <button
          type="button"
          className="ck-Button jp-mod-styled jp-mod-accept"
          title={action.caption}
          onClick={action.onClick}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}

function Items(props: { label: string; items: readonly IRow[] }): JSX.Element {
  const [chosen, setChosen] = useState<string | null>(null);
  const id = useId();
  const { items } = props;
  const found = items.findIndex(item => item.id === chosen);
  const at = found < 0 ? 0 : found;
  const idOf = (index: number): string => `${id}-${index}`;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = moved(event.key, at, items.length);
    if (next !== null) {
      setChosen(items[next].id);
      document.getElementById(idOf(next))?.scrollIntoView?.({ block: 'nearest' });
    } else if (event.key === 'Enter' || event.key === ' ') {
      items[at].onOpen?.();
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = document.getElementById(idOf(at))?.getBoundingClientRect();
      openRowMenu(items[at], box?.left ?? 0, box?.bottom ?? 0);
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <ul
      className="ck-List-rows"
      role="listbox"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={idOf(at)}
      onKeyDown={onKeyDown}
    >
      {items.map((item, index) => (
        <Row
          key={item.id}
          item={item}
          id={idOf(index)}
          chosen={index === at && chosen !== null}
          onChoose={() => setChosen(item.id)}
        />
      ))}
    </ul>
  );
}

function Row(props: {
  item: IRow;
  id: string;
  chosen: boolean;
  onChoose: () => void;
}): JSX.Element {
  const { item } = props;
  return (
    <li
      id={props.id}
      role="option"
      aria-selected={props.chosen}
      className={`ck-Row${props.chosen ? ' ck-mod-chosen' : ''}`}
      onClick={() => {
        props.onChoose();
        item.onOpen?.();
      }}
      onContextMenu={event => {
        if (item.menu?.length) {
          // Neither the browser's menu nor the Lab's.
          event.preventDefault();
          event.stopPropagation();
          props.onChoose();
          openRowMenu(item, event.clientX, event.clientY);
        }
      }}
    >
      {item.state && <span className="ck-Row-state">{item.state}</span>}
      <span className="ck-Row-text">
        <span className="ck-Row-title" title={item.title}>
          {item.title}
        </span>
        {item.detail && <span className="ck-Row-detail">{item.detail}</span>}
      </span>
    </li>
  );
}

function openRowMenu(item: IRow, x: number, y: number): void {
  if (item.menu?.length) {
    openMenu(item.menu, x, y);
  }
}

function moved(key: string, at: number, size: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, size - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return size - 1;
    default:
      return null;
  }
}
