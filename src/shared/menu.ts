import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

/** An entry of a row's menu. `disabled` is the reason why it cannot be chosen now. */
export interface IMenuItem {
  label: string;
  caption: string;
  onClick: () => void;
  disabled?: string;
}

/** Open a menu of the Lab's look at a place of the window, in pixels. */
export function openMenu(items: readonly IMenuItem[], x: number, y: number): Menu {
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  menu.addClass('ck-Menu');
  items.forEach((item, index) => {
    const command = `cookhouse-menu:${index}`;
    commands.addCommand(command, {
      label: item.label,
      caption: item.disabled ?? item.caption,
      isEnabled: () => !item.disabled,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => item.onClick()
    });
    menu.addItem({ command });
  });
  menu.aboutToClose.connect(() => {
    // The menu runs its command after this signal, so it is let go of a turn later.
    setTimeout(() => menu.dispose(), 0);
  });
  menu.open(x, y);
  return menu;
}
