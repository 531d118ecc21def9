import type { IRunningSessions } from '@jupyterlab/running';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { ActiveJobs } from './active';
import type { Job } from './api';
import { jobIcon } from './icon';
import { stepOf } from './panel';

/** The entry of the running-sessions panel: jobs that run, each of which can be stopped there. */
export function runningManager(
  active: ActiveJobs,
  commands: CommandRegistry,
  trans: TranslationBundle
): IRunningSessions.IManager {
  const cancel = (job: Job): void => void commands.execute('cookhouse:cancel-job', { id: job.id });
  return {
    name: trans.__('Cookhouse Jobs'),
    running: () =>
      active.jobs.map(job => ({
        label: () => job.title,
        labelTitle: () => stepOf(job, trans),
        detail: () => stepOf(job, trans),
        icon: () => jobIcon,
        open: () => void commands.execute('cookhouse:open-job', { id: job.id, title: job.title }),
        shutdown: () => cancel(job)
      })),
    shutdownAll: () => active.jobs.forEach(cancel),
    refreshRunning: () => active.refresh(),
    runningChanged: active.changed,
    shutdownLabel: trans.__('Cancel Job'),
    shutdownAllLabel: trans.__('Cancel All Jobs'),
    shutdownAllConfirmationText: trans.__('Do you want to cancel all jobs that run now?')
  };
}
