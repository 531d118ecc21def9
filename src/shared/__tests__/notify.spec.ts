import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';

import { Failure } from '../../border/failure';
import { followJob } from '../notify';
import { fakeContext, job } from './fakes';

const trans = nullTranslator.load('cookhouse');

beforeEach(() => {
  jest.useFakeTimers();
  Notification.manager.dismiss();
});
afterEach(() => jest.useRealTimers());

function follow(states: unknown[]) {
  const answers = [...states];
  const { context, asked } = fakeContext({
    'get /jobs/{id}': () => {
      const next = answers.length > 1 ? answers.shift() : answers[0];
      if (next instanceof Error) {
        throw next;
      }
      return next;
    },
    'post /jobs/{id}/cancellation': job({ state: 'cancelled' })
  });
  const words = {
    trans,
    running: 'Adding to people',
    done: () => 'Done.',
    open: [{ label: 'Open people', run: jest.fn() }],
    look: [{ label: 'Show the Job', run: jest.fn() }]
  };
  const end = followJob(context.border, job({ state: 'pending' }) as never, words);
  return { end, asked, words };
}

const shown = (): Notification.INotification => Notification.manager.notifications[0];

describe('followJob', () => {
  it('shows step and progress, then what it made', async () => {
    const { end } = follow([job(), job({ state: 'succeeded' })]);
    await jest.advanceTimersByTimeAsync(900);
    expect(shown()).toMatchObject({ message: 'Adding to people: Reading', type: 'in-progress' });
    expect(shown().options.progress).toBe(0.5);
    await jest.advanceTimersByTimeAsync(900);
    expect((await end).state).toBe('succeeded');
    expect(shown()).toMatchObject({ message: 'Done.', type: 'success' });
    expect(shown().options.actions?.map(action => action.label)).toEqual(['Open people']);
  });

  it('ends with the sentence of the failure and a way to look', async () => {
    const { end } = follow([job({ state: 'failed', reason: 'a.csv, row 3: too short.' })]);
    await jest.advanceTimersByTimeAsync(900);
    await end;
    expect(shown()).toMatchObject({ message: 'a.csv, row 3: too short.', type: 'error' });
    expect(shown().options.actions?.map(action => action.label)).toEqual(['Show the Job']);
  });

  it('waits for a server that is away', async () => {
    const away = new Failure('The Jupyter server does not answer.', 'unreachable', 0);
    const { end } = follow([away, away, job({ state: 'succeeded' })]);
    await jest.advanceTimersByTimeAsync(3000);
    expect((await end).state).toBe('succeeded');
  });

  it('cancels on the server and stays to tell the end', async () => {
    const { end, asked } = follow([job(), job({ state: 'cancelled' })]);
    const event = { preventDefault: jest.fn() };
    shown().options.actions?.[0].callback(event as never);
    expect(event.preventDefault).toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2000);
    await end;
    expect(asked.some(one => one.path === '/jobs/{id}/cancellation')).toBe(true);
    expect(shown()).toMatchObject({ message: 'Adding to people: cancelled', type: 'default' });
  });
});
