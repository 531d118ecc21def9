import { useEffect, useState } from 'react';

/** The name of the theme, so that what is drawn in its colours is drawn again on a change. */
export function useTheme(): string {
  const read = (): string => document.body.dataset.jpThemeName ?? '';
  const [theme, setTheme] = useState(read);
  useEffect(() => {
    const watch = new MutationObserver(() => setTheme(read()));
    watch.observe(document.body, { attributeFilter: ['data-jp-theme-name'] });
    return () => watch.disconnect();
  }, []);
  return theme;
}

/** The value of a colour or size of the theme, computed, for what draws on a canvas. */
export function themeValue(variable: string, fallback = ''): string {
  return getComputedStyle(document.body).getPropertyValue(variable).trim() || fallback;
}
