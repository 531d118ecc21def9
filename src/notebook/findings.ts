import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, type Extension, type Text } from '@codemirror/state';
import { type EditorView, ViewPlugin } from '@codemirror/view';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Message } from '../border/request';

export type Finding = Message<'Finding'>;

/**
 * Shows findings in the editors of cells: a squiggle and a sign in the margin.
 *
 * A cell may have no editor yet (windowing), several (a cloned notebook) or a new one (it was
 * moved): findings are kept by cell and given to each editor as it appears. The margin takes
 * room, so a cell without findings has none.
 */
export class FindingsInCells {
  constructor(
    private readonly trans: TranslationBundle,
    private readonly fix: (finding: Finding) => void
  ) {}

  /** Make the editor extension of a cell. */
  extension(cell: string): Extension {
    const margin = new Compartment();
    const plugin = ViewPlugin.define(view => {
      this.views.set(view, { cell, margin });
      // A view that is being made takes no transaction.
      queueMicrotask(() => this.push(view));
      return { destroy: () => this.views.delete(view) };
    });
    return [margin.of([]), plugin];
  }

  /** Take the findings of a notebook in place of those it had. */
  show(cells: Iterable<string>, findings: readonly Finding[]): void {
    for (const cell of cells) {
      const mine = findings.filter(finding => finding.cell === cell);
      if (mine.length > 0) {
        this.byCell.set(cell, mine);
      } else if (!this.byCell.delete(cell)) {
        continue;
      }
      this.refresh(cell);
    }
  }

  private refresh(cell: string): void {
    for (const [view, place] of this.views) {
      if (place.cell === cell) {
        this.push(view);
      }
    }
  }

  private push(view: EditorView): void {
    const place = this.views.get(view);
    const findings = place && this.byCell.get(place.cell);
    if (!place || (!findings && place.margin.get(view.state) === undefined)) {
      return;
    }
    const list = (findings ?? []).map(finding => this.toDiagnostic(finding, view.state.doc));
    view.dispatch({ effects: place.margin.reconfigure(list.length > 0 ? lintGutter() : []) });
    view.dispatch(setDiagnostics(view.state, list));
  }

  private toDiagnostic(finding: Finding, text: Text): Diagnostic {
    const fixable = finding.edits.length > 0;
    return {
      ...lineOf(finding.line, text),
      severity: finding.severity,
      source: 'Cookhouse',
      message: [finding.what, finding.why, finding.fix].filter(Boolean).join(' '),
      renderMessage: () => describe(finding),
      actions: fixable ? [{ name: this.trans.__('Fix'), apply: () => this.fix(finding) }] : []
    };
  }

  private readonly byCell = new Map<string, Finding[]>();
  private readonly views = new Map<EditorView, { cell: string; margin: Compartment }>();
}

/** Return where a line's text begins and ends; a line that is gone is taken as the last one. */
export function lineOf(line: number, text: Text): { from: number; to: number } {
  const { from, to, text: words } = text.line(Math.min(Math.max(line, 1), text.lines));
  return { from: from + (words.length - words.trimStart().length), to };
}

function describe(finding: Finding): HTMLElement {
  const box = document.createElement('div');
  box.className = 'ck-Finding-hover';
  for (const words of [finding.what, finding.why, finding.fix]) {
    if (words) {
      const line = document.createElement('div');
      line.textContent = words;
      box.append(line);
    }
  }
  return box;
}
