import { fireEvent, screen } from '@testing-library/react';
import React from 'react';

import { Failure } from '../../border/failure';
import { draw, fakeContext, job, noteCommand } from '../../shared/__tests__/fakes';
import { JobPage } from '../page';

const log = { text: 'row 1\n', offset: 0, next: 6, complete: true };

describe('JobPage', () => {
  it('shows the reason of a failure with the log, and leads to what it worked for', async () => {
    const ended = { started: '2026-01-01T00:00:00Z', finished: '2026-01-01T00:01:05Z' };
    const { context } = fakeContext({
      'get /jobs/{id}': job({ state: 'failed', reason: 'a.csv, row 3: too short.', ...ended }),
      'get /jobs/{id}/log': log
    });
    const opened = noteCommand(context, 'cookhouse:open-dataset');
    draw(<JobPage id="j1" />, context);
    expect(await screen.findByText('a.csv, row 3: too short.')).toBeTruthy();
    expect(await screen.findByText('row 1')).toBeTruthy();
    expect(screen.getByText(/took 1 min 5 s/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Open people' }));
    expect(opened).toHaveBeenCalledWith({ name: 'people' });
  });

  it('cancels a job that runs', async () => {
    const { context, asked } = fakeContext({
      'get /jobs/{id}': job(),
      'get /jobs/{id}/log': log,
      'post /jobs/{id}/cancellation': job({ state: 'cancelled' })
    });
    draw(<JobPage id="j1" />, context);
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(asked.filter(one => one.method === 'post')).toHaveLength(1);
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.5');
  });

  it('says so when there is no such job', async () => {
    const { context } = fakeContext({
      'get /jobs/{id}': () => {
        throw new Failure('There is no job “j1”.', 'not-found', 404);
      }
    });
    draw(<JobPage id="j1" />, context);
    expect((await screen.findByRole('alert')).textContent).toBe('There is no job “j1”.');
  });
});
