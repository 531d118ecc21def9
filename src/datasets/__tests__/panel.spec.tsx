import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { draw, fakeContext, noteCommand } from '../../shared/__tests__/fakes';
import { DatasetList } from '../panel';
import { turned } from '../preview';

function dataset(name: string, batch: unknown) {
  return { name, rows: 1234, batches: 1, last_batch: batch, etag: '1' };
}

const batch = { id: 'b', dataset: 'people', state: 'active', created: new Date().toISOString() };

describe('DatasetList', () => {
  it('shows rows and last batch, and opens the page', async () => {
    const { context } = fakeContext({
      'get /datasets': { items: [dataset('people', batch)], next: null, total: 1 }
    });
    const opened = noteCommand(context, 'cookhouse:open-dataset');
    const onCount = jest.fn();
    draw(<DatasetList onCount={onCount} />, context);
    const row = await screen.findByRole('option');
    expect(row.textContent).toContain('1,234 rows · just now');
    fireEvent.click(row);
    expect(opened).toHaveBeenCalledWith({ name: 'people' });
    expect(onCount).toHaveBeenLastCalledWith(1);
  });

  it('offers the sample where there is nothing', async () => {
    const { context } = fakeContext({ 'get /datasets': { items: [], next: null, total: 0 } });
    const made = noteCommand(context, 'cookhouse:make-sample');
    draw(<DatasetList onCount={jest.fn()} />, context);
    fireEvent.click(await screen.findByRole('button', { name: 'Make the Sample' }));
    expect(made).toHaveBeenCalled();
  });

  it('leaves the filter to the server and keeps the count of all', async () => {
    const { context, asked } = fakeContext({
      'get /datasets': ({ query }: { query: { filter: string } }) =>
        query.filter
          ? { items: [dataset('zebras', batch)], next: null, total: 1 }
          : { items: [dataset('a', batch), dataset('b', batch)], next: null, total: 2 }
    });
    const onCount = jest.fn();
    draw(<DatasetList onCount={onCount} />, context);
    const filter = await screen.findByRole('searchbox');
    fireEvent.change(filter, { target: { value: 'zeb' } });
    await waitFor(() => expect(screen.getByText('zebras')).toBeTruthy());
    expect(asked[asked.length - 1].parts.query).toMatchObject({ filter: 'zeb' });
    expect(onCount).toHaveBeenLastCalledWith(2);
  });

  it('shows the sentence when the list cannot be read', async () => {
    const { context } = fakeContext({
      'get /datasets': () => {
        throw new Error('The engine is not set up.');
      }
    });
    draw(<DatasetList onCount={jest.fn()} />, context);
    expect((await screen.findByRole('alert')).textContent).toBe('The engine is not set up.');
  });
});

describe('turned', () => {
  it('goes up, down, and back to the order of the rows', () => {
    expect(turned('', 'a')).toBe('a');
    expect(turned('a', 'a')).toBe('-a');
    expect(turned('-a', 'a')).toBe('');
    expect(turned('-b', 'a')).toBe('a');
  });
});
