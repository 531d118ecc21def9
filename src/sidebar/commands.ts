import type { CommandRegistry } from '@lumino/commands';

import type { IRoomContext } from '../shared/room-widget';
import { followJob, tellFailure } from '../shared/notify';
import type { ISidebar } from './tokens';

const NO_ARGS = { args: { type: 'object' as const, properties: {} } };

/** The commands of the panel; returns the ids that belong in the palette. */
export function addCommands(
  commands: CommandRegistry,
  context: IRoomContext,
  sidebar: ISidebar
): string[] {
  const trans = context.translator.load('cookhouse');
  commands.addCommand('cookhouse:show-panel', {
    label: trans.__('Show Cookhouse'),
    caption: trans.__('Bring the Cookhouse panel to the front'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          section: {
            type: 'string',
            description: trans.__('The section to open, e.g. datasets')
          }
        }
      }
    },
    execute: args => sidebar.show(args.section as string | undefined)
  });
  commands.addCommand('cookhouse:set-up-engine', {
    label: trans.__('Set Up the Engine'),
    caption: trans.__('Build the environment of the heavy libraries; your own stays as it is'),
    describedBy: NO_ARGS,
    execute: () => setUpEngine(context)
  });
  return ['cookhouse:show-panel', 'cookhouse:set-up-engine'];
}

async function setUpEngine({ border, translator }: IRoomContext): Promise<void> {
  const trans = translator.load('cookhouse');
  try {
    const job = await border.request('post', '/status/engine');
    void border.queries.invalidateQueries({ queryKey: ['status'] });
    await followJob(border, job, {
      trans,
      running: trans.__('Setting up the engine'),
      done: () => trans.__('The engine is ready.')
    });
  } catch (error) {
    tellFailure(trans.__('The engine was not set up'), error);
  }
  await border.queries.invalidateQueries({ queryKey: ['status'] });
}
