import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

import { MARKS_CLASS } from './marks';
import { STAGES } from '../shared/stages';

/** Open the menu of stages at a cell's first mark, or at the cell where it has none. */
export function openStageMenu(commands: CommandRegistry, panel: NotebookPanel, cell: Cell): void {
  panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
  const menu = new Menu({ commands });
  menu.addItem({ command: 'cookhouse:set-stage', args: { stage: '' } });
  menu.addItem({ type: 'separator' });
  STAGES.forEach(stage => menu.addItem({ command: 'cookhouse:set-stage', args: { stage } }));
  menu.addItem({ type: 'separator' });
  menu.addItem({ command: 'cookhouse:toggle-skip' });
  menu.aboutToClose.connect(() => {
    // The menu runs the chosen command after it has closed: it goes a moment later.
    setTimeout(() => {
      menu.dispose();
      panel.content.activate();
    }, 0);
  });
  const anchor = cell.node.querySelector(`.${MARKS_CLASS}`) ?? cell.node;
  const { left, bottom, top } = anchor.getBoundingClientRect();
  menu.open(left, anchor === cell.node ? top : bottom);
}
