import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import type { PartialJSONObject } from '@lumino/coreutils';

import { ours } from './open';
import { STAGES, type Stage } from '../shared/stages';

/** Call with every cell once it is drawn; with windowing a cell may be drawn much later. */
export function onceReady(notebook: Notebook, act: (cell: Cell) => void): void {
  for (const cell of notebook.widgets) {
    void cell.ready.then(() => {
      if (!cell.isDisposed) {
        act(cell);
      }
    });
  }
}

/** Return the cell with an id, null when there is none. */
export function cellById(notebook: Notebook, id: string): Cell | null {
  return notebook.widgets.find(cell => cell.model.id === id) ?? null;
}

/** Return the stage that the user chose for a cell, null when Cookhouse decides. */
export function chosenStage(cell: Cell): Stage | null {
  const { stage } = ours(cell.model.getMetadata('cookhouse'));
  return STAGES.find(one => one === stage) ?? null;
}

/** Choose a cell's stage, null to let Cookhouse decide again: one step for *Undo*. */
export function chooseStage(cell: Cell, stage: Stage | null): void {
  const next = { ...ours(cell.model.getMetadata('cookhouse')) } as PartialJSONObject;
  delete next.stage;
  if (stage) {
    next.stage = stage;
  }
  change(cell, () => {
    if (Object.keys(next).length > 0) {
      cell.model.setMetadata('cookhouse', next);
    } else {
      cell.model.deleteMetadata('cookhouse');
    }
  });
}

/** Whether the cell carries the tag that leaves it out. */
export function isSkipped(cell: Cell): boolean {
  return tagsOf(cell).includes('skip');
}

/** Leave a cell out of the recipe, or take it in again: one step for *Undo*. */
export function toggleSkipped(cell: Cell): void {
  const tags = tagsOf(cell);
  const next = isSkipped(cell) ? tags.filter(tag => tag !== 'skip') : [...tags, 'skip'];
  change(cell, () => {
    if (next.length > 0) {
      cell.model.setMetadata('tags', next);
    } else {
      cell.model.deleteMetadata('tags');
    }
  });
}

/** Metadata alone is not undoable; inside an undoable transaction it is. */
function change(cell: Cell, act: () => void): void {
  cell.model.sharedModel.transact(act, true);
}

function tagsOf(cell: Cell): string[] {
  const tags: unknown = cell.model.getMetadata('tags');
  return Array.isArray(tags) ? tags.filter(tag => typeof tag === 'string') : [];
}
