import { Dialog, showDialog } from '@jupyterlab/apputils';

import { tellFailure } from '../shared/notify';
import type { IRoomContext } from '../shared/room-widget';
import { readingCode } from './names';

/** Insert a cell that reads a dataset into the open notebook, or say that none is open. */
export async function readInNotebook(context: IRoomContext, name: string): Promise<void> {
  const trans = context.translator.load('cookhouse');
  try {
    await context.commands.execute('cookhouse:insert-cell', { source: readingCode(name) });
  } catch (error) {
    tellFailure(trans.__('No cell was inserted'), error);
  }
}

/** Delete a dataset after asking; true where it is gone. What would break, the server says. */
export async function deleteDataset(context: IRoomContext, name: string): Promise<boolean> {
  const { border } = context;
  const trans = context.translator.load('cookhouse');
  const { button } = await showDialog({
    title: trans.__('Delete the dataset %1?', name),
    body: trans.__('All of its batches and rows go with it. This cannot be taken back.'),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Delete') })]
  });
  if (!button.accept) {
    return false;
  }
  try {
    await border.request('delete', '/datasets/{name}', { path: { name } });
  } catch (error) {
    tellFailure(trans.__('%1 was not deleted', name), error);
    return false;
  }
  await border.queries.invalidateQueries({ queryKey: ['datasets'] });
  return true;
}
