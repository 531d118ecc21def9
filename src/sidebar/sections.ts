import { addIcon, PanelWithToolbar, SidePanel, ToolbarButton } from '@jupyterlab/ui-components';
import { ArrayExt } from '@lumino/algorithm';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { type AccordionPanel, Panel, Widget } from '@lumino/widgets';

import { type IRoomContext, RoomWidget } from '../shared/room-widget';
import { Heights } from './heights';
import type { ISection, ISidebar } from './tokens';

/** Which sections are collapsed, by their ids. */
export type Collapsed = Record<string, boolean>;

/** A section in the panel, with the widget that shows it. */
interface IShown {
  section: ISection;
  widget: PanelWithToolbar;
  badge: Widget;
}

/** The panel: what stands on top, and the sections of the rooms in the order of their ranks. */
export class Sections implements ISidebar {
  constructor(
    private readonly context: IRoomContext,
    status: () => JSX.Element,
    private readonly activate: () => void
  ) {
    const trans = context.translator.load('cookhouse');
    const header = new Panel();
    header.addClass('ck-Sidebar-header');
    this.top.addClass('ck-Sidebar-top');
    header.addWidget(new RoomWidget(context, status));
    header.addWidget(this.top);
    this.panel = new SidePanel({ header, translator: context.translator });
    this.panel.id = 'cookhouse-panel';
    this.panel.addClass('ck-Sidebar');
    this.panel.title.caption = trans.__('Cookhouse');
    this.panel.node.setAttribute('role', 'region');
    this.panel.node.setAttribute('aria-label', trans.__('Cookhouse'));
    this.accordion.expansionToggled.connect((_, index) => this.onToggled(index));
    this.heights = new Heights(this.panel);
  }

  /** The widget of the left area. */
  readonly panel: SidePanel;

  /** Emitted when a section was collapsed or expanded by hand. */
  get changed(): ISignal<this, Collapsed> {
    return this._changed;
  }

  addSection(section: ISection): IDisposable {
    const badge = new Widget({ node: document.createElement('span') });
    badge.addClass('ck-Count');
    const widget = makeSection(section, badge, this.context);
    const index = ArrayExt.upperBound(this.shown, section.rank, (one, rank) => {
      return one.section.rank - rank;
    });
    ArrayExt.insert(this.shown, index, { section, widget, badge });
    this.panel.insertWidget(index, widget);
    this.heights.follow(widget.widgets[0]);
    this.restore(section, index);
    return new DisposableDelegate(() => {
      ArrayExt.removeFirstWhere(this.shown, one => one.section === section);
      widget.dispose();
    });
  }

  setTop(body: () => JSX.Element): void {
    for (const widget of [...this.top.widgets]) {
      widget.dispose();
    }
    this.top.addWidget(new RoomWidget(this.context, body));
  }

  setCount(id: string, count: number | null): void {
    const one = this.shown.find(item => item.section.id === id);
    if (one) {
      one.badge.node.textContent = count === null ? '' : String(count);
    }
  }

  show(id?: string): void {
    this.activate();
    const index = this.shown.findIndex(one => one.section.id === id);
    if (index >= 0) {
      this.accordion.expand(index);
      this.accordion.titles[index].focus();
    }
  }

  /** Take over which sections were collapsed before the reload. */
  restoreCollapsed(collapsed: Collapsed): void {
    this.collapsed = { ...collapsed };
    this.shown.forEach((one, index) => this.restore(one.section, index));
  }

  private restore(section: ISection, index: number): void {
    const collapsed = this.collapsed[section.id] ?? section.collapsed ?? false;
    this.restoring = true;
    if (collapsed) {
      this.accordion.collapse(index);
    } else {
      this.accordion.expand(index);
    }
    this.restoring = false;
  }

  private onToggled(index: number): void {
    const one = this.shown[index];
    if (one && !this.restoring) {
      this.collapsed[one.section.id] = one.widget.isHidden;
      this._changed.emit({ ...this.collapsed });
    }
  }

  private get accordion(): AccordionPanel {
    return this.panel.content as AccordionPanel;
  }

  private readonly heights: Heights;
  private readonly top = new Panel();
  private readonly shown: IShown[] = [];
  private readonly _changed = new Signal<this, Collapsed>(this);
  private collapsed: Collapsed = {};
  private restoring = false;
}

function makeSection(section: ISection, badge: Widget, context: IRoomContext): PanelWithToolbar {
  const widget = new PanelWithToolbar();
  widget.id = `cookhouse-section-${section.id}`;
  widget.addClass('ck-Section');
  widget.title.label = section.title;
  widget.addWidget(new RoomWidget(context, section.body));
  widget.toolbar.addItem('count', badge);
  section.toolbar?.forEach(item => widget.toolbar.addItem(item.name, item.widget));
  if (section.add) {
    const { caption, onClick } = section.add;
    widget.toolbar.addItem('add', new ToolbarButton({ icon: addIcon, tooltip: caption, onClick }));
  }
  return widget;
}
