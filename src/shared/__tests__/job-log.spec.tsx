import { act, screen } from '@testing-library/react';
import React from 'react';

import { Failure } from '../../border/failure';
import { JobLog } from '../job';
import { draw, fakeContext } from './fakes';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('JobLog', () => {
  it('has each line once, though the connection broke between', async () => {
    const whole = 'one\ntwo\nthree\n';
    let calls = 0;
    const { context, asked } = fakeContext({
      'get /jobs/{id}/log': ({ query }: { query: { offset: number } }) => {
        calls += 1;
        if (calls === 2) {
          throw new Failure('The Jupyter server does not answer.', 'unreachable', 0);
        }
        const next = Math.min(query.offset + 5, whole.length);
        const text = whole.slice(query.offset, next);
        return { text, offset: query.offset, next, complete: next === whole.length };
      }
    });
    draw(<JobLog id="j1" />, context);
    await act(() => jest.advanceTimersByTimeAsync(6000));
    expect(screen.getByRole('log').textContent).toBe(whole);
    expect(screen.getByRole('status').textContent).toBe('The whole log');
    const offsets = asked.map(one => (one.parts.query as { offset: number }).offset);
    expect(offsets).toEqual([0, 5, 5, 10]);
  });

  it('stops asking, with the sentence, when there is no such job', async () => {
    const { context, asked } = fakeContext({
      'get /jobs/{id}/log': () => {
        throw new Failure('There is no job “j1”.', 'not-found', 404);
      }
    });
    draw(<JobLog id="j1" />, context);
    await act(() => jest.advanceTimersByTimeAsync(9000));
    expect(screen.getByRole('status').textContent).toBe('There is no job “j1”.');
    expect(asked).toHaveLength(1);
  });
});
