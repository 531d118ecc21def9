import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { PanelLayout, Widget } from '@lumino/widgets';

import { onceReady } from './cells';

interface IStrip {
  make: () => Widget;
  widget: Widget | null;
}

/** The strips below the cells of one notebook: results that are not outputs and not saved. */
export class Strips implements IDisposable {
  constructor(private readonly panel: NotebookPanel) {
    panel.content.modelContentChanged.connect(this.sync, this);
    panel.disposed.connect(this.dispose, this);
  }

  isDisposed = false;

  /** Show a widget below a cell, in place of the one that was there. */
  show(cellId: string, make: () => Widget): IDisposable {
    this.take(cellId);
    const strip: IStrip = { make, widget: null };
    this.strips.set(cellId, strip);
    this.sync();
    return new DisposableDelegate(() => {
      if (this.strips.get(cellId) === strip) {
        this.take(cellId);
      }
    });
  }

  dispose(): void {
    if (!this.isDisposed) {
      this.isDisposed = true;
      this.panel.content.modelContentChanged.disconnect(this.sync, this);
      this.strips.clear();
    }
  }

  private take(cellId: string): void {
    this.strips.get(cellId)?.widget?.dispose();
    this.strips.delete(cellId);
  }

  /** A cell that was moved or changed its type is a new widget: its strip comes back. */
  private sync(): void {
    if (this.strips.size > 0) {
      onceReady(this.panel.content, cell => this.place(cell));
    }
  }

  private place(cell: Cell): void {
    const strip = this.strips.get(cell.model.id);
    if (strip && (!strip.widget || strip.widget.isDisposed || strip.widget.parent !== cell)) {
      strip.widget?.dispose();
      const layout = cell.layout as PanelLayout;
      const footer = layout.widgets.findIndex(widget => widget.hasClass('jp-CellFooter'));
      strip.widget = strip.make();
      layout.insertWidget(footer < 0 ? layout.widgets.length : footer, strip.widget);
    }
  }

  private readonly strips = new Map<string, IStrip>();
}
