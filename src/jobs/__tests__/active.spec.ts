import { nullTranslator } from '@jupyterlab/translation';
import type { IRunningSessions } from '@jupyterlab/running';

import { fakeContext, job } from '../../shared/__tests__/fakes';
import { ActiveJobs } from '../active';
import { addCommands } from '../commands';
import { runningManager } from '../running';

async function settle(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 20));
}

describe('the jobs that run, in the running-sessions panel', () => {
  it('are listed with their step, can be opened and cancelled', async () => {
    const { context, asked } = fakeContext({
      'get /jobs': { items: [job()], next: null, total: 1 },
      'post /jobs/{id}/cancellation': job({ state: 'cancelled' })
    });
    addCommands(context.commands, context);
    const active = new ActiveJobs(context.border);
    const told = jest.fn();
    active.changed.connect(told);
    await settle();
    expect(told).toHaveBeenCalled();
    const trans = nullTranslator.load('cookhouse');
    const manager = runningManager(active, context.commands, trans);
    const [item] = manager.running({ mode: 'list' }) as IRunningSessions.IRunningItem[];
    expect(item.label()).toBe('Add a.csv to people');
    expect(item.detail?.()).toBe('Reading · 50 %');
    item.shutdown?.();
    await settle();
    expect(asked.some(one => one.path === '/jobs/{id}/cancellation')).toBe(true);
    active.dispose();
    context.border.queries.clear();
  });
});
