/** A page of rows that a grid shows. */
export type Row = readonly unknown[];

const SIZE = 100;
const KEPT = 60;
const WAIT = 30;
/** How many of the pages asked for last are fetched; a fast scroll passes the others by. */
const WANTED = 4;

/**
 * Rows of a long table, fetched by pages when they are looked at.
 *
 * `at` answers at once: a row that is there, or undefined, and then fetches its page and tells
 * `onArrived(first, count)`. Few pages are kept, those used last.
 */
export class PagedRows {
  constructor(
    private readonly load: (offset: number, limit: number) => Promise<readonly Row[]>,
    private readonly onArrived: (first: number, count: number) => void,
    private readonly onProblem: (error: unknown) => void
  ) {}

  /** Let go of what is wanted; pages that still arrive are told to nobody. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
  }

  /** The row at a place, or undefined while it is fetched. */
  at(row: number): Row | undefined {
    const page = Math.floor(row / SIZE);
    const found = this.pages.get(page);
    if (!found) {
      this.want(page);
      return undefined;
    }
    this.pages.delete(page);
    this.pages.set(page, found);
    return found[row - page * SIZE];
  }

  private want(page: number): void {
    if (this.loading.has(page)) {
      return;
    }
    this.wanted = [...this.wanted.filter(other => other !== page), page].slice(-WANTED);
    if (this.timer === undefined) {
      this.timer = window.setTimeout(() => this.fetchWanted(), WAIT);
    }
  }

  private fetchWanted(): void {
    this.timer = undefined;
    const pages = this.wanted;
    this.wanted = [];
    pages.forEach(page => void this.fetch(page));
  }

  private async fetch(page: number): Promise<void> {
    this.loading.add(page);
    try {
      const rows = await this.load(page * SIZE, SIZE);
      if (!this.disposed) {
        this.keep(page, rows);
        this.onArrived(page * SIZE, rows.length);
      }
    } catch (error) {
      if (!this.disposed) {
        this.onProblem(error);
      }
    } finally {
      this.loading.delete(page);
    }
  }

  private keep(page: number, rows: readonly Row[]): void {
    this.pages.set(page, rows);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= KEPT) {
        return;
      }
      this.pages.delete(oldest);
    }
  }

  private readonly pages = new Map<number, readonly Row[]>();
  private readonly loading = new Set<number>();
  private wanted: number[] = [];
  private timer: number | undefined;
  private disposed = false;
}
