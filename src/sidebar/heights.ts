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
    const wanted = this.accordion.widgets.map(section =>
      section.isHidden ? 0 : heightOf(section)
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

function heightOf(section: Widget): number {
  const content = section.node.firstElementChild;
  return Math.min(Math.max(content?.scrollHeight ?? 0, LEAST), MOST);
}
