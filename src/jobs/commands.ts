import type { CommandRegistry } from '@lumino/commands';

import { tellFailure } from '../shared/notify';
import type { IRoomContext } from '../shared/room-widget';
import { cancelJob } from './api';

/** The commands of jobs that are no pages. */
export function addCommands(commands: CommandRegistry, context: IRoomContext): void {
  const trans = context.translator.load('cookhouse');
  commands.addCommand('cookhouse:cancel-job', {
    label: trans.__('Cancel Job'),
    caption: trans.__('Stop a job and everything that it started'),
    describedBy: {
      args: {
        type: 'object',
        properties: { id: { type: 'string', description: trans.__('The id of the job') } },
        required: ['id']
      }
    },
    execute: async args => {
      try {
        return await cancelJob(context.border.request, String(args.id));
      } catch (error) {
        tellFailure(trans.__('The job was not cancelled'), error);
        return null;
      } finally {
        await context.border.queries.invalidateQueries({ queryKey: ['jobs'] });
      }
    }
  });
  commands.addCommand('cookhouse:show-jobs', {
    label: trans.__('Show Jobs'),
    caption: trans.__('Show the jobs of Cookhouse in its panel'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => commands.execute('cookhouse:show-panel', { section: 'jobs' })
  });
}
