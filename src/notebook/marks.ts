import type { TranslationBundle } from '@jupyterlab/translation';

import type { Message } from '../border/request';
import { type Stage, stageMeaning, stageName } from '../shared/stages';

/** One mark at a cell's edge: a stage that the cell's statements have. */
export interface IMark {
  stage: Stage;
  label: string;
  /** Whether any of these statements goes into the recipe. */
  kept: boolean;
  /** Why, statement by statement. */
  title: string;
}

type Statement = Message<'Statement'>;

/** Return the marks of every cell, each cell's in the order of its statements. */
export function marksByCell(
  statements: readonly Statement[],
  trans: TranslationBundle
): Map<string, IMark[]> {
  const cells = new Map<string, Map<Stage, Statement[]>>();
  for (const statement of statements) {
    const stages = cells.get(statement.cell) ?? new Map<Stage, Statement[]>();
    stages.set(statement.stage, [...(stages.get(statement.stage) ?? []), statement]);
    cells.set(statement.cell, stages);
  }
  return new Map(
    Array.from(cells, ([cell, stages]) => [
      cell,
      Array.from(stages, ([stage, group]) => toMark(stage, group, trans))
    ])
  );
}

function toMark(stage: Stage, group: Statement[], trans: TranslationBundle): IMark {
  const label = stageName(stage, trans);
  const kept = group.filter(statement => statement.kept).length;
  const lines = group.map(statement => {
    const fate = statement.kept ? trans.__('kept') : trans.__('left out');
    const place =
      statement.line === statement.end_line
        ? trans.__('Line %1', statement.line)
        : trans.__('Lines %1–%2', statement.line, statement.end_line);
    return trans.__('%1, %2: %3', place, fate, statement.reason);
  });
  return {
    stage,
    label,
    kept: kept > 0,
    title: [`${label}: ${stageMeaning(stage, trans)}`, ...lines].join('\n')
  };
}

/** Class of the element that holds a cell's marks. */
export const MARKS_CLASS = 'ck-Marks';

/**
 * Draw a cell's marks into its input wrapper.
 *
 * Plain DOM and not React: a notebook may have thousands of cells, and most answers change none.
 *
 * @param host - The node of the cell's input wrapper.
 * @param choose - Called with the pressed mark, to open the menu of stages there.
 */
export function drawMarks(
  host: HTMLElement,
  marks: readonly IMark[],
  trans: TranslationBundle,
  choose: (mark: HTMLElement) => void
): void {
  const drawn = host.querySelector<HTMLElement>(`:scope > .${MARKS_CLASS}`);
  const key = JSON.stringify(marks);
  if (drawn?.dataset.key === key) {
    return;
  }
  drawn?.remove();
  if (marks.length > 0) {
    const box = document.createElement('div');
    box.className = MARKS_CLASS;
    box.dataset.key = key;
    box.append(...marks.map(mark => drawMark(mark, trans, choose)));
    host.append(box);
  }
}

function drawMark(
  mark: IMark,
  trans: TranslationBundle,
  choose: (mark: HTMLElement) => void
): HTMLElement {
  const node = document.createElement('button');
  node.type = 'button';
  node.className = 'ck-Mark';
  node.dataset.stage = mark.stage;
  node.classList.toggle('ck-mod-leftOut', !mark.kept);
  node.title = mark.title;
  node.textContent = mark.label;
  node.setAttribute(
    'aria-label',
    mark.kept
      ? trans.__('Stage of this cell: %1', mark.label)
      : trans.__('Stage of this cell: %1, left out of the recipe', mark.label)
  );
  node.setAttribute('aria-haspopup', 'menu');
  // The keyboard reaches the menu by its shortcut; a stop per cell would make Tab useless.
  node.tabIndex = -1;
  node.addEventListener('mousedown', event => event.preventDefault());
  node.addEventListener('click', () => choose(node));
  return node;
}
