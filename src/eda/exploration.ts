import { Signal } from '@lumino/signaling';

import type { Message } from '../border/request';

export type CellPlan = Message<'CellPlan'>;

/** How far a cell of an exploration is. */
export type CellState = 'waiting' | 'running' | 'done' | 'failed';

/** One cell that is to be run, with why. */
export interface IStep {
  cell: string;
  reason: string;
  state: CellState;
}

/**
 * One press of *Run EDA cells*: the planned cells run one after the other, and the first that
 * fails ends it, since the cells after it may need what it did not make.
 */
export class Exploration {
  constructor(
    plan: Message<'EdaPlan'>,
    /** Run one cell; resolves to whether it went well. */
    private readonly runCell: (cell: string) => Promise<boolean>,
    /** Say in words why a cell failed. */
    private readonly explain: (cell: string) => string
  ) {
    this.steps = plan.cells
      .filter(cell => cell.run)
      .map(cell => ({ cell: cell.id, reason: cell.reason, state: 'waiting' }));
    this.left = plan.cells.filter(cell => !cell.run);
  }

  readonly changed = new Signal<this, void>(this);
  readonly steps: IStep[];
  /** The cells that are left alone, with why. */
  readonly left: readonly CellPlan[];
  /** Why it ended early, in words; null while it goes well. */
  problem: string | null = null;
  ended = false;

  /** How many cells went well so far. */
  get done(): number {
    return this.steps.filter(step => step.state === 'done').length;
  }

  /** Run the cells in order; resolves to whether all went well. */
  async run(): Promise<boolean> {
    for (const step of this.steps) {
      this.set(step, 'running');
      const good = await this.runCell(step.cell).catch(() => false);
      this.set(step, good ? 'done' : 'failed');
      if (!good) {
        this.problem = this.explain(step.cell);
        break;
      }
    }
    this.ended = true;
    this.changed.emit();
    return this.problem === null;
  }

  private set(step: IStep, state: CellState): void {
    step.state = state;
    this.changed.emit();
  }
}
