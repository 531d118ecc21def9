import type { Locator } from '@playwright/test';

/** The controls below `place` that a reader of the screen could not name, as their HTML. */
export async function nameless(place: Locator): Promise<string[]> {
  return place.evaluate(root => {
    const textOf = (ids: string | null): string =>
      (ids ?? '')
        .split(/\s+/)
        .map(id => document.getElementById(id)?.textContent ?? '')
        .join(' ');
    const nameOf = (node: Element): string => {
      const labels = (node as HTMLInputElement).labels;
      const parts = [
        node.getAttribute('aria-label'),
        textOf(node.getAttribute('aria-labelledby')),
        labels ? Array.from(labels, label => label.textContent).join(' ') : '',
        node.matches('button, [role=tab], [role=button]') ? node.textContent : '',
        node.getAttribute('title')
      ];
      return parts.join(' ').trim();
    };
    const controls = 'button, input, select, textarea, [role=button], [role=tab], [role=listbox]';
    return Array.from(root.querySelectorAll(controls))
      .filter(node => node.closest('[class*="ck-"]') && !nameOf(node))
      .map(node => node.outerHTML.slice(0, 200));
  });
}
