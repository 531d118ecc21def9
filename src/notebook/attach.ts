import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { cellById, onceReady } from './cells';
import { replacements } from './edits';
import type { Finding, FindingsInCells } from './findings';
import { drawMarks, marksByCell } from './marks';
import type { IOpenNotebook } from './tokens';

/**
 * Draw the marks of a notebook on its cells, and again whenever its verdict or its cells change.
 *
 * @param openMenu - Opens the menu of stages at a cell.
 */
export function attachMarks(
  notebook: IOpenNotebook,
  trans: TranslationBundle,
  openMenu: (panel: NotebookPanel, cell: Cell) => void
): void {
  const { panel } = notebook;
  const draw = (): void => {
    const marks = marksByCell(notebook.analysis?.statements ?? [], trans);
    onceReady(panel.content, cell => {
      const host = cell.inputArea?.parent?.node;
      if (host && cell.model.type === 'code') {
        drawMarks(host, marks.get(cell.model.id) ?? [], trans, () => openMenu(panel, cell));
      }
    });
  };
  notebook.changed.connect(draw);
  panel.context.model.cells.changed.connect(draw);
  panel.disposed.connect(() => notebook.changed.disconnect(draw));
}

/** Show the findings of a notebook in the editors of its cells. */
export function attachFindings(notebook: IOpenNotebook, findings: FindingsInCells): void {
  const cells = notebook.panel.context.model.cells;
  const show = (): void => {
    const ids = Array.from(cells, cell => cell.id);
    findings.show(ids, notebook.analysis?.findings ?? []);
  };
  notebook.changed.connect(show);
  show();
}

/** Carry out a finding's fix in the cells of a notebook, one step for *Undo* in each cell. */
export function applyFix(panel: NotebookPanel, finding: Finding): void {
  const touched = new Set(finding.edits.map(edit => edit.cell));
  for (const id of touched) {
    const model = cellById(panel.content, id)?.model.sharedModel;
    const edits = finding.edits.filter(edit => edit.cell === id);
    model?.transact(() => {
      for (const { start, end, text } of replacements(model.getSource(), edits)) {
        model.updateSource(start, end, text);
      }
    });
  }
}
