import { QueryObserver, type QueryObserverResult } from '@tanstack/react-query';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IBorder } from '../border/tokens';
import { ACTIVE, type Job, readActive } from './api';

const BUSY = 3_000;
const CALM = 30_000;

/** The jobs that have not ended, for the parts of the Lab that are not React. */
export class ActiveJobs implements IDisposable {
  constructor(private readonly border: IBorder) {
    const observer = new QueryObserver(border.queries, {
      queryKey: ACTIVE,
      queryFn: () => readActive(border.request),
      refetchInterval: query => (query.state.data?.items.length ? BUSY : CALM)
    });
    this.leave = observer.subscribe(result => this.take(result));
  }

  /** The jobs, newest first. */
  get jobs(): readonly Job[] {
    return this._jobs;
  }

  /** Emitted when the jobs or their steps changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._disposed;
  }

  dispose(): void {
    if (!this._disposed) {
      this._disposed = true;
      this.leave();
      Signal.clearData(this);
    }
  }

  /** Read them again now. */
  refresh(): void {
    void this.border.queries.invalidateQueries({ queryKey: ['jobs'] });
  }

  private take(result: QueryObserverResult<{ items: Job[] }>): void {
    const jobs = result.data?.items ?? [];
    if (jobs !== this._jobs) {
      this._jobs = jobs;
      this._changed.emit();
    }
  }

  private readonly leave: () => void;
  private readonly _changed = new Signal<this, void>(this);
  private _jobs: readonly Job[] = [];
  private _disposed = false;
}
