import type { CommandRegistry } from '@lumino/commands';

import { runArguments } from '../shared/arguments';
import { guarded } from '../shared/ask';
import type { IRoomContext } from '../shared/room-widget';
import { askForScoring } from './form';

/** Register the room's command: it asks, starts, and opens the scoring's page. */
export function addCommands(commands: CommandRegistry, context: IRoomContext): void {
  const trans = context.translator.load('cookhouse');
  commands.addCommand('cookhouse:create-scoring', {
    label: trans.__('Score Dataset…'),
    caption: trans.__('Score the rows of a dataset with a trained model into another dataset'),
    describedBy: { args: runArguments(trans) },
    execute: args =>
      guarded(trans.__('Cannot score'), async () => {
        const run = args['run'] ? String(args['run']) : undefined;
        const scoring = await askForScoring(context, String(args['model'] ?? ''), run);
        if (scoring) {
          await commands.execute('cookhouse:open-scoring', { id: scoring.id });
        }
        return scoring;
      })
  });
}
