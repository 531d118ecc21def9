import { PagedRows, type Row } from '../paging';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function rowsFrom(offset: number, limit: number): Row[] {
  return Array.from({ length: limit }, (_, index) => [offset + index]);
}

describe('PagedRows', () => {
  it('answers at once, fetches the page, and tells when it arrived', async () => {
    const load = jest.fn(async (offset: number, limit: number) => rowsFrom(offset, limit));
    const arrived = jest.fn();
    const rows = new PagedRows(load, arrived, fail);
    expect(rows.at(250)).toBeUndefined();
    await jest.advanceTimersByTimeAsync(50);
    expect(load.mock.calls).toEqual([[200, 100]]);
    expect(arrived).toHaveBeenCalledWith(200, 100);
    expect(rows.at(250)).toEqual([250]);
  });

  it('lets go of pages that were only passed by', async () => {
    const load = jest.fn(async (offset: number, limit: number) => rowsFrom(offset, limit));
    const rows = new PagedRows(load, jest.fn(), fail);
    for (let row = 0; row < 100_000; row += 100) {
      rows.at(row);
    }
    await jest.advanceTimersByTimeAsync(50);
    expect(load.mock.calls.map(([offset]) => offset)).toEqual([99_600, 99_700, 99_800, 99_900]);
  });

  it('keeps few pages', async () => {
    const load = jest.fn(async (offset: number, limit: number) => rowsFrom(offset, limit));
    const rows = new PagedRows(load, jest.fn(), fail);
    for (let page = 0; page < 70; page++) {
      rows.at(page * 100);
      await jest.advanceTimersByTimeAsync(50);
    }
    expect(rows.at(0)).toBeUndefined();
    expect(rows.at(6950)).toEqual([6950]);
  });

  it('tells nobody after it was disposed of', async () => {
    const arrived = jest.fn();
    const rows = new PagedRows(async () => [[1]], arrived, fail);
    rows.at(0);
    rows.dispose();
    await jest.advanceTimersByTimeAsync(50);
    expect(arrived).not.toHaveBeenCalled();
  });
});

function fail(error: unknown): void {
  throw error;
}
