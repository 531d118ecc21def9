import { LabIcon } from '@jupyterlab/ui-components';

/** A table with a filled head, drawn for Cookhouse. */
export const datasetIcon = new LabIcon({
  name: 'cookhouse:dataset',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M3 4h18v5H3z"/>
    <path d="M3 10.5h18V20H3zM5 12v2.5h6V12zm8 0v2.5h6V12zm-8 4v2.5h6V16zm8 0v2.5h6V16z"
      fill-rule="evenodd"/>
  </g>
</svg>`
});
