import type { CommandRegistry } from '@lumino/commands';

import { runArguments, textArguments } from '../shared/arguments';
import { confirmed, guarded } from '../shared/ask';
import type { IRoomContext } from '../shared/room-widget';
import { deleteService } from './api';
import { askForPublishing } from './form';

/** Register the commands of services. */
export function addCommands(commands: CommandRegistry, context: IRoomContext): void {
  const trans = context.translator.load('cookhouse');
  const { request, queries } = context.border;

  commands.addCommand('cookhouse:publish-run', {
    label: trans.__('Publish Model…'),
    caption: trans.__('Publish a trained model as a service that others use without code'),
    describedBy: { args: runArguments(trans) },
    execute: args =>
      guarded(trans.__('Cannot publish'), async () => {
        const run = args['run'] ? String(args['run']) : undefined;
        const service = await askForPublishing(context, String(args['model'] ?? ''), run);
        if (service) {
          await commands.execute('cookhouse:open-service', { name: service.name });
        }
        return service;
      })
  });

  commands.addCommand('cookhouse:delete-service', {
    label: trans.__('Delete Service…'),
    caption: trans.__('Stop a service and delete it with its keys'),
    describedBy: { args: textArguments({ name: trans.__('Name of the service') }) },
    execute: args =>
      guarded(trans.__('Cannot delete'), async () => {
        const name = String(args['name']);
        const question = trans.__(
          'Delete the service %1? Its address and keys stop working.',
          name
        );
        if (await confirmed(trans.__('Delete Service?'), question, trans.__('Delete'))) {
          await deleteService(request, name);
          await queries.invalidateQueries({ queryKey: ['services'] });
        }
      })
  });
}
