import type { LabIcon } from '@jupyterlab/ui-components';
import React, { useId, useState } from 'react';

import { useTrans } from './room-widget';

/** A button of a page. `disabled` is the reason why it cannot be pressed now. */
export interface IAction {
  id: string;
  label: string;
  caption: string;
  onClick: () => void;
  disabled?: string;
  primary?: boolean;
  danger?: boolean;
}

/** A tab of a page; `body` may use hooks. */
export interface ITab {
  id: string;
  label: string;
  body: () => JSX.Element;
}

/** What a page consists of. */
export interface IPageProps {
  title: string;
  subtitle?: React.ReactNode;
  state?: React.ReactNode;
  icon?: LabIcon;
  actions?: IAction[];
  tabs: ITab[];
  /** The tab shown first. */
  initial?: string;
  /** Told when another tab is shown. */
  onTab?: (id: string) => void;
}

/** The one frame of all pages in the main area: title, state, actions, tabs. */
export function Page(props: IPageProps): JSX.Element {
  const [current, setCurrent] = useState(props.initial ?? props.tabs[0]?.id);
  const id = useId();
  const tab = props.tabs.find(item => item.id === current) ?? props.tabs[0];
  const choose = (next: string): void => {
    setCurrent(next);
    props.onTab?.(next);
  };
  return (
    <div className="ck-Page">
      <Header {...props} />
      {props.tabs.length > 1 && (
        <Tabs tabs={props.tabs} current={tab.id} id={id} onChoose={choose} />
      )}
      {tab && (
        <div
          className="ck-Page-body"
          role={props.tabs.length > 1 ? 'tabpanel' : undefined}
          id={`${id}-panel`}
          aria-labelledby={props.tabs.length > 1 ? `${id}-${tab.id}` : undefined}
        >
          <Body key={tab.id} body={tab.body} />
        </div>
      )}
    </div>
  );
}

/** A component of its own for each tab, so that the hooks of one never meet those of another. */
function Body(props: { body: () => JSX.Element }): JSX.Element {
  return props.body();
}

function Header(props: IPageProps): JSX.Element {
  const trans = useTrans();
  return (
    <header className="ck-Page-header">
      {props.icon && <props.icon.react tag="span" className="ck-Page-icon" aria-hidden="true" />}
      <div className="ck-Page-heading">
        <h2 className="ck-Page-title">
          {props.title}
          {props.state && <span className="ck-Page-state">{props.state}</span>}
        </h2>
        {props.subtitle && <div className="ck-Page-subtitle">{props.subtitle}</div>}
      </div>
      {props.actions && (
        <div className="ck-Page-actions" role="group" aria-label={trans.__('Actions')}>
          {props.actions.map(action => (
            <ActionButton key={action.id} {...action} />
          ))}
        </div>
      )}
    </header>
  );
}

/** A button that stays reachable by keyboard while it is disabled, so that its reason is read. */
export function ActionButton(props: IAction): JSX.Element {
  const look = props.danger ? 'jp-mod-warn' : props.primary ? 'jp-mod-accept' : 'jp-mod-reject';
  return (
    <button
      type="button"
      className={`ck-Button jp-mod-styled ${look}`}
      title={props.disabled ?? props.caption}
      aria-disabled={props.disabled ? true : undefined}
      onClick={() => {
        if (!props.disabled) {
          props.onClick();
        }
      }}
    >
      {props.label}
    </button>
  );
}

function Tabs(props: {
  tabs: ITab[];
  current: string;
  id: string;
  onChoose: (id: string) => void;
}): JSX.Element {
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = neighbour(event.key, props.tabs, props.current);
    if (next) {
      event.preventDefault();
      props.onChoose(next);
      document.getElementById(`${props.id}-${next}`)?.focus();
    }
  };
  return (
    <div className="ck-Tabs" role="tablist" onKeyDown={onKeyDown}>
      {props.tabs.map(tab => {
        const selected = tab.id === props.current;
        return (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${props.id}-${tab.id}`}
            className="ck-Tab"
            aria-selected={selected}
            aria-controls={`${props.id}-panel`}
            tabIndex={selected ? 0 : -1}
            onClick={() => props.onChoose(tab.id)}
          >
            {tab.label}
          </button>
        );
      })}
    </div>
  );
}

function neighbour(key: string, tabs: ITab[], current: string): string | undefined {
  const at = tabs.findIndex(tab => tab.id === current);
  const last = tabs.length - 1;
  const moves: Record<string, number> = {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last
  };
  return key in moves ? tabs[moves[key]].id : undefined;
}
