import type { ICodeCellModel, ICellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import { sentenceOf } from '../border/failure';
import type { Message } from '../border/request';
import type { IBorder } from '../border/tokens';
import { analyse } from './api';
import { Made } from './made';
import type { IOpenNotebook } from './tokens';
import { Watch } from './watch';

/** What Cookhouse writes into a notebook's or a cell's metadata, whatever shape it has. */
export function ours(metadata: unknown): Record<string, unknown> {
  return metadata && typeof metadata === 'object' && !Array.isArray(metadata)
    ? (metadata as Record<string, unknown>)
    : {};
}

/** Return a cell as the server takes it: never its outputs. */
export function cellMessage(model: ICellModel): Message<'Cell'> {
  const stage = ours(model.getMetadata('cookhouse')).stage;
  const tags: unknown = model.getMetadata('tags');
  return {
    id: model.id,
    type: model.type === 'code' || model.type === 'markdown' ? model.type : 'raw',
    source: model.sharedModel.getSource(),
    tags: Array.isArray(tags) ? tags.filter(tag => typeof tag === 'string') : [],
    stage: typeof stage === 'string' ? stage : null,
    execution_count: model.type === 'code' ? (model as ICodeCellModel).executionCount : null
  };
}

/** One open notebook: its verdict, and what was made of it. */
export class OpenNotebook implements IOpenNotebook, IDisposable {
  constructor(
    readonly panel: NotebookPanel,
    border: IBorder
  ) {
    const context = panel.context;
    this.watch = new Watch(
      { read: () => this.request(), changed: context.model.contentChanged },
      (body, signal) => analyse(border.request, body, signal)
    );
    this.made = new Made(border, () => ({ path: this.path, ...this.remembered() }));
    this.watch.changed.connect(() => this.changed.emit());
    this.made.changed.connect(() => this.changed.emit());
    context.pathChanged.connect(this.onMoved, this);
    context.model.metadataChanged.connect(this.onMoved, this);
    panel.disposed.connect(this.dispose, this);
  }

  readonly changed: Signal<IOpenNotebook, void> = new Signal<IOpenNotebook, void>(this);
  isDisposed = false;

  get path(): string {
    return this.panel.context.path;
  }

  get analysis(): Message<'Analysis'> | null {
    return this.watch.analysis;
  }

  get failure(): string | null {
    return this.watch.failure;
  }

  get recipe(): Message<'RecipeSummary'> | null {
    return this.made.recipe;
  }

  get model(): Message<'Model'> | null {
    return this.made.model;
  }

  dispose(): void {
    if (!this.isDisposed) {
      this.isDisposed = true;
      this.watch.dispose();
      this.made.dispose();
      Signal.clearData(this);
    }
  }

  request(): Message<'AnalysisRequest'> {
    const model = this.panel.context.model;
    const chosen = ours(model.getMetadata('cookhouse')).variable;
    return {
      path: this.path,
      cells: Array.from(model.cells, cellMessage),
      metadata: { ...model.sharedModel.metadata },
      model: typeof chosen === 'string' ? chosen : null
    };
  }

  async save(): Promise<void> {
    const { context } = this.panel;
    if (!context.model.dirty && context.contentsModel) {
      return;
    }
    try {
      await context.save();
    } catch (error) {
      throw new Error(`${this.path} could not be saved: ${sentenceOf(error)}`);
    }
    if (context.model.dirty) {
      throw new Error(`${this.path} is not saved. Save it, then try again.`);
    }
  }

  async remember(made: { recipe?: string; model?: string }): Promise<void> {
    const { model } = this.panel.context;
    const before = ours(model.getMetadata('cookhouse'));
    const after = { ...before, ...made } as ReadonlyPartialJSONObject;
    if (JSON.stringify(before) !== JSON.stringify(after)) {
      const clean = !model.dirty;
      model.setMetadata('cookhouse', after);
      if (clean) {
        await this.save();
      }
    }
  }

  private remembered(): { recipe: string | null; model: string | null } {
    const { recipe, model } = ours(this.panel.context.model.getMetadata('cookhouse'));
    return {
      recipe: typeof recipe === 'string' ? recipe : null,
      model: typeof model === 'string' ? model : null
    };
  }

  private onMoved(): void {
    this.made.look();
    this.changed.emit();
  }

  private readonly watch: Watch;
  private readonly made: Made;
}
