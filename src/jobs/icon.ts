import { LabIcon } from '@jupyterlab/ui-components';

/** A pan on the fire, drawn for Cookhouse. */
export const jobIcon = new LabIcon({
  name: 'cookhouse:job',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M2 10h14v1h6v2h-6v1a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4z"/>
    <path d="M5 4h1.6v4H5zm3.4-1H10v5H8.4zM11.8 4h1.6v4h-1.6zM4 20h10v1.6H4z"/>
  </g>
</svg>`
});
