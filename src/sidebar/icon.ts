import { LabIcon } from '@jupyterlab/ui-components';

/** A house with a pot on the fire, drawn for Cookhouse. */
export const cookhouseIcon = new LabIcon({
  name: 'cookhouse:panel',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M12 2.3 1.8 10.5l1.3 1.6L5 10.6V21h14V10.6l1.9 1.5 1.3-1.6zM7 19V9l5-4 5 4v10z"/>
    <path d="M8.2 13.4h7.6v2.4a2 2 0 0 1-2 2h-3.6a2 2 0 0 1-2-2z"/>
    <path d="M9.9 9.4h1.3v2.7H9.9zm2.9 0h1.3v2.7h-1.3z"/>
  </g>
</svg>`
});
