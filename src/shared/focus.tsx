import { type RefObject, useEffect, useRef } from 'react';

/**
 * Put the focus on the first control below an element when it appears.
 *
 * Keys, Escape above all, reach a dialog only from within it, and one without buttons of its own
 * takes no focus by itself.
 *
 * @returns The reference to give to the element.
 */
export function useFirstFocus<T extends HTMLElement>(): RefObject<T> {
  const place = useRef<T>(null);
  useEffect(() => {
    place.current
      ?.querySelector<HTMLElement>('input, select, textarea, button, [tabindex="0"]')
      ?.focus();
  }, []);
  return place;
}
