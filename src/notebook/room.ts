import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { DisposableSet, type IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { IBorder } from '../border/tokens';
import { reasonAgainst } from './guards';
import { OpenNotebook } from './open';
import { Strips } from './strips';
import type { Action, INotebookRoom, IOpenNotebook, StripBody } from './tokens';

/** Follows the open notebooks and knows the current one. */
export class NotebookRoom implements INotebookRoom {
  constructor(
    private readonly tracker: INotebookTracker,
    private readonly border: IBorder,
    private readonly trans: TranslationBundle,
    private readonly makeStrip: (body: StripBody, close: () => void) => Widget
  ) {
    tracker.currentChanged.connect(() => this.changed.emit());
    tracker.widgetAdded.connect((_, panel) => void this.open(panel));
    tracker.forEach(panel => void this.open(panel));
  }

  readonly changed: Signal<INotebookRoom, void> = new Signal<INotebookRoom, void>(this);
  /** Emitted with each notebook that was opened, once its content is there. */
  readonly opened = new Signal<this, IOpenNotebook>(this);

  get current(): IOpenNotebook | null {
    const panel = this.tracker.currentWidget;
    return (panel && this.notebooks.get(panel)) ?? null;
  }

  reasonAgainst(action: Action): string | null {
    return reasonAgainst(action, this.current, this.trans);
  }

  showStrip(panel: NotebookPanel, cellId: string, body: StripBody): IDisposable {
    const strips = this.strips.get(panel) ?? new Strips(panel);
    this.strips.set(panel, strips);
    const strip = new DisposableSet();
    strip.add(strips.show(cellId, () => this.makeStrip(body, () => strip.dispose())));
    return strip;
  }

  insertCell(source: string): string | null {
    const notebook = this.tracker.currentWidget?.content;
    if (!notebook?.model) {
      return null;
    }
    NotebookActions.insertBelow(notebook);
    const cell = notebook.activeCell;
    if (!cell) {
      return null;
    }
    if (cell.model.type !== 'code') {
      NotebookActions.changeCellType(notebook, 'code');
    }
    const made = notebook.activeCell ?? cell;
    made.model.sharedModel.setSource(source);
    void notebook.scrollToCell(made);
    return made.model.id;
  }

  private async open(panel: NotebookPanel): Promise<void> {
    await panel.context.ready;
    if (panel.isDisposed) {
      return;
    }
    const open = new OpenNotebook(panel, this.border);
    this.notebooks.set(panel, open);
    open.changed.connect(() => {
      if (this.current === open) {
        this.changed.emit();
      }
    });
    panel.disposed.connect(() => {
      this.notebooks.delete(panel);
      this.strips.delete(panel);
      this.changed.emit();
    });
    this.opened.emit(open);
    this.changed.emit();
  }

  private readonly notebooks = new Map<NotebookPanel, OpenNotebook>();
  private readonly strips = new Map<NotebookPanel, Strips>();
}
