import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';

import { cellById } from './cells';

/** Select a cell and bring it into view; false when the notebook has no such cell. */
export async function revealCell(panel: NotebookPanel, id: string): Promise<boolean> {
  const { content } = panel;
  // Notebooks of old formats have no ids in their files: there a cell is named by its place.
  const place = /^\d+$/.test(id) ? content.widgets[Number(id)] : undefined;
  const cell = cellById(content, id) ?? place;
  if (!cell) {
    return false;
  }
  content.activeCellIndex = content.widgets.indexOf(cell);
  content.deselectAll();
  await content.scrollToCell(cell, 'smart');
  content.activate();
  return true;
}

/** Open a notebook at a cell, or at its top where no cell is named. */
export async function openCell(
  commands: CommandRegistry,
  path: string,
  cell: string
): Promise<boolean> {
  const panel = (await commands.execute('docmanager:open', {
    path,
    factory: 'Notebook'
  })) as NotebookPanel | undefined;
  if (!panel) {
    return false;
  }
  await panel.context.ready;
  await panel.revealed;
  return cell === '' || revealCell(panel, cell);
}
