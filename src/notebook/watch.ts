import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { sentenceOf } from '../border/failure';
import { shouldRetry } from '../border/queries';
import type { Message } from '../border/request';

type Analysis = Message<'Analysis'>;
type AnalysisRequest = Message<'AnalysisRequest'>;

/** Milliseconds after the last key: with the answer's own time marks are live within 300. */
const PAUSE = 150;
/** Milliseconds that a half-typed statement may stand before it counts as a mistake. */
const PATIENCE = 1200;
/** Milliseconds until a server that was away is asked again. */
const RETRY = 5000;

/** What is watched: a notebook, or a stand-in of it. */
export interface IWatched {
  /** The cells as they are now. */
  read(): AnalysisRequest;
  /** Emitted on any change, also such that do not matter here. */
  readonly changed: ISignal<unknown, unknown>;
}

/**
 * Keeps the verdict of one notebook up to date while it is edited.
 *
 * Only one question is under way: a newer one aborts it. While a statement is half typed the last
 * good verdict stays, and so it does when the server is away.
 */
export class Watch implements IDisposable {
  constructor(
    private readonly watched: IWatched,
    private readonly analyse: (body: AnalysisRequest, signal: AbortSignal) => Promise<Analysis>
  ) {
    watched.changed.connect(this.onChange, this);
    void this.ask();
  }

  /** Emitted when the verdict or the failure changed. */
  readonly changed = new Signal<this, void>(this);
  analysis: Analysis | null = null;
  failure: string | null = null;
  isDisposed = false;

  dispose(): void {
    if (!this.isDisposed) {
      this.isDisposed = true;
      window.clearTimeout(this.timer);
      this.abort?.abort();
      Signal.clearData(this);
    }
  }

  private onChange(): void {
    this.later(() => void this.ask(), PAUSE);
  }

  private later(act: () => void, milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(act, milliseconds);
  }

  private async ask(): Promise<void> {
    const body = this.watched.read();
    const text = JSON.stringify({ ...body, cells: body.cells.map(withoutCount) });
    if (text === this.asked) {
      this.resume();
      return;
    }
    this.asked = text;
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    try {
      const answer = await this.analyse(body, abort.signal);
      if (!abort.signal.aborted) {
        this.take(answer);
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this.asked = '';
        this.failure = sentenceOf(error);
        this.changed.emit();
        if (shouldRetry(0, error)) {
          this.later(() => void this.ask(), RETRY);
        }
      }
    }
  }

  /** Take an answer at once, or after a while where it speaks of a half-typed statement. */
  private take(answer: Analysis): void {
    this.waiting = null;
    const before = this.analysis;
    if (before && brokenCells(answer).size > brokenCells(before).size) {
      this.waiting = answer;
      this.resume();
      return;
    }
    this.adopt(answer);
  }

  private resume(): void {
    const waiting = this.waiting;
    if (waiting) {
      this.later(() => this.adopt(waiting), PATIENCE);
    }
  }

  private adopt(answer: Analysis): void {
    this.waiting = null;
    this.analysis = keepBroken(this.analysis, answer);
    this.failure = null;
    this.changed.emit();
  }

  private timer = 0;
  private asked = '';
  private waiting: Analysis | null = null;
  private abort: AbortController | null = null;
}

/** Running a cell changes its number alone, which is no reason to ask again. */
function withoutCount(cell: Message<'Cell'>): Message<'Cell'> {
  return { ...cell, execution_count: null };
}

/** Return the ids of cells that cannot be read as Python. */
export function brokenCells(analysis: Analysis): Set<string> {
  const broken = analysis.findings.filter(finding => /syntax/.test(finding.code));
  return new Set(broken.map(finding => finding.cell));
}

/**
 * Keep what was known of the statements that cannot be read now: their cells keep their marks
 * while the finding says what is wrong.
 */
export function keepBroken(before: Analysis | null, now: Analysis): Analysis {
  const broken = brokenCells(now);
  if (!before || broken.size === 0) {
    return now;
  }
  const read = new Set(now.statements.map(statement => statement.cell));
  const old = before.statements.filter(
    statement => broken.has(statement.cell) && !read.has(statement.cell)
  );
  return { ...now, statements: [...now.statements, ...old] };
}
