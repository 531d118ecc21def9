import type { SidePanel } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { type AccordionPanel, Widget } from '@lumino/widgets';

const LEAST = 40;
const MOST = 420;

/**
 * Give each open section the height that its content asks for, until the person drags a handle:
 * from then on the heights are theirs. The header's height is followed too, which Lumino does not
 * see by itself.
 */
export class Heights {
  constructor(private readonly panel: SidePanel) {
    this.accordion = panel.content as AccordionPanel;
    this.watch =
      typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => this.onResized());
    this.watch?.observe(panel.header.node);
    this.accordion.handleMoved.connect(() => {
      this.dragged = true;
    });
    this.accordion.expansionToggled.connect(() => this.fit());
    panel.disposed.connect(() => this.watch?.disconnect());
  }

  /** Follow the height of a section's content. */
  follow(content: Widget): void {
    this.watch?.observe(content.node);
  }

  private onResized(): void {
    MessageLoop.postMessage(this.accordion, Widget.ResizeMessage.UnknownSize);
    this.fit();
  }

  private fit(): void {
    if (this.dragged || !this.panel.isVisible) {
      return;
    }
    const sections = this.accordion.widgets;
    const titles = this.accordion.titles.reduce((sum, title) => sum + title.offsetHeight, 0);
    const room = this.accordion.node.clientHeight - titles;
    const wanted = shares(
      sections.map(section => (section.isHidden ? 0 : heightOf(section))),
      room
    );
    const text = wanted.join();
    if (text !== this.given && wanted.some(height => height > 0)) {
      this.given = text;
      this.accordion.setRelativeSizes(wanted);
    }
  }

  private readonly accordion: AccordionPanel;
  private readonly watch: ResizeObserver | null;
  private dragged = false;
  private given = '';
}

/**
 * Share a height among sections by what they ask for: who asks for little gets it whole, who asks
 * for more than a fair share gets that.
 */
export function shares(wanted: readonly number[], room: number): number[] {
  const given = wanted.map(() => 0);
  let left = room;
  const order = [...wanted.keys()].sort((a, b) => wanted[a] - wanted[b]);
  order.forEach((index, place) => {
    const fair = left / (order.length - place);
    given[index] = Math.max(0, Math.min(wanted[index], fair));
    left -= given[index];
  });
  return given;
}

function heightOf(section: Widget): number {
  const content = section.node.firstElementChild;
  return Math.min(Math.max(content?.scrollHeight ?? 0, LEAST), MOST);
}
