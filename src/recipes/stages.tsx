import React from 'react';

import type { Message } from '../border/request';
import { useTrans } from '../shared/room-widget';
import { stageName } from '../shared/stages';

type Statement = Message<'Statement'>;

/** A group of statements: one stage, in the order of the notebook. */
export interface IStageGroup {
  stage: Statement['stage'];
  cells: string[];
  statements: Statement[];
}

/** Return the kept statements by stage, in the order in which the stages first appear. */
export function groupByStage(statements: readonly Statement[]): IStageGroup[] {
  const groups = new Map<string, IStageGroup>();
  for (const statement of statements) {
    const group = groups.get(statement.stage) ?? {
      stage: statement.stage,
      cells: [],
      statements: []
    };
    groups.set(statement.stage, {
      ...group,
      cells: group.cells.includes(statement.cell) ? group.cells : [...group.cells, statement.cell],
      statements: [...group.statements, statement]
    });
  }
  return [...groups.values()];
}

/** The place of each cell in its notebook, by its id; cells of all types count, from 1. */
export type Places = ReadonlyMap<string, number | string>;

interface IProps {
  statements: readonly Statement[];
  places: Places;
  open: (cell: string) => void;
}

/** The stages with the cells in them, then what is left out and why. */
export function StageOverview(props: IProps): JSX.Element {
  const trans = useTrans();
  const kept = props.statements.filter(statement => statement.kept);
  const left = props.statements.filter(statement => !statement.kept);
  return (
    <>
      <ol className="ck-Stages" aria-label={trans.__('Stages of the recipe')}>
        {groupByStage(kept).map(group => (
          <li key={group.stage} className="ck-Stage" data-stage={group.stage}>
            <span className="ck-Stage-name">{stageName(group.stage, trans)}</span>
            <span className="ck-Stage-cells">
              {group.cells.map(cell => (
                <CellLink key={cell} cell={cell} places={props.places} open={props.open} />
              ))}
            </span>
            <span className="ck-Stage-count">
              {trans._n('%1 statement', '%1 statements', group.statements.length)}
            </span>
          </li>
        ))}
      </ol>
      <StatementList
        label={trans._n('%1 statement is left out', '%1 statements are left out', left.length)}
        statements={left}
        places={props.places}
        open={props.open}
      />
    </>
  );
}

/** Statements one by one, each with its place, its first line and the reason. */
export function StatementList(
  props: IProps & { label: string; expanded?: boolean }
): JSX.Element | null {
  if (props.statements.length === 0) {
    return null;
  }
  return (
    <details className="ck-Statements" open={props.expanded}>
      <summary>{props.label}</summary>
      <ul>
        {props.statements.map(statement => (
          <li key={statement.number} className="ck-Statement">
            <CellLink cell={statement.cell} places={props.places} open={props.open} />
            <code className="ck-Statement-code">{firstLine(statement.source)}</code>
            <span className="ck-Statement-reason">{statement.reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A link to a cell of the notebook. */
export function CellLink(props: {
  cell: string;
  places: Places;
  open: (cell: string) => void;
}): JSX.Element {
  const trans = useTrans();
  const place = props.places.get(props.cell);
  return (
    <button
      type="button"
      className="ck-Link ck-CellLink"
      title={trans.__('Go to this cell of the notebook')}
      onClick={() => props.open(props.cell)}
    >
      {place ? trans.__('cell %1', place) : trans.__('cell')}
    </button>
  );
}

/** The first line of code of a statement, comments above it left away. */
export function firstLine(source: string): string {
  const lines = source.split('\n').filter(line => line.trim() !== '');
  return (lines.find(line => !line.trim().startsWith('#')) ?? lines[0] ?? '').trim();
}
