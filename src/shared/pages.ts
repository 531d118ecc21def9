import type { ILayoutRestorer } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { LabIcon } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Widget } from '@lumino/widgets';

import { type IRoomContext, RoomWidget } from './room-widget';

/** What a page needs of the application: its commands and its shell. */
export interface IPageHost {
  commands: CommandRegistry;
  shell: {
    add(widget: Widget, area?: string): void;
    activateById(id: string): void;
  };
}

/** A kind of page. `id` tells pages of the kind apart and survives a reload. */
export interface IPageOptions<A> {
  name: string;
  command: string;
  label: string;
  caption: string;
  icon: LabIcon;
  /** JSON Schema of the command's arguments, an object. */
  args: ReadonlyJSONObject;
  context: IRoomContext;
  restorer: ILayoutRestorer | null;
  id: (args: A) => string;
  title: (args: A) => string;
  body: (args: A) => JSX.Element;
}

/** The widget of a page, with the arguments that it was opened with. */
type PageWidget<A> = MainAreaWidget<RoomWidget> & { args: A };

/**
 * Add a kind of page to the main area: its command opens it, or brings the open one to the front,
 * and pages that were open are opened again after a reload.
 *
 * The command resolves to the widget. Returns the tracker of the open pages.
 */
export function addPage<A>(
  app: IPageHost,
  options: IPageOptions<A>
): WidgetTracker<MainAreaWidget<RoomWidget>> {
  const tracker = new WidgetTracker<PageWidget<A>>({ namespace: `cookhouse-${options.name}` });
  app.commands.addCommand(options.command, {
    label: options.label,
    caption: options.caption,
    icon: options.icon,
    describedBy: { args: options.args },
    execute: async (given: ReadonlyPartialJSONObject) => {
      const args = given as A;
      const id = `cookhouse-${options.name}:${options.id(args)}`;
      let widget = tracker.find(open => open.id === id);
      if (!widget) {
        widget = makePage(options, args, id);
        app.shell.add(widget, 'main');
        await tracker.add(widget);
      }
      app.shell.activateById(widget.id);
      return widget;
    }
  });
  void options.restorer?.restore(tracker, {
    command: options.command,
    args: widget => widget.args as ReadonlyPartialJSONObject,
    name: widget => options.id(widget.args)
  });
  return tracker;
}

function makePage<A>(options: IPageOptions<A>, args: A, id: string): PageWidget<A> {
  const content = new RoomWidget(options.context, () => options.body(args));
  const widget = Object.assign(new MainAreaWidget({ content }), { args });
  widget.id = id;
  widget.addClass('ck-PageWidget');
  widget.title.label = options.title(args);
  widget.title.icon = options.icon;
  widget.title.closable = true;
  return widget;
}
