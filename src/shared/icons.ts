import { LabIcon } from '@jupyterlab/ui-components';

/** A ring, half of which is filled: something goes on. */
export const busyIcon = new LabIcon({
  name: 'cookhouse:busy',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161"
    d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2.2v15.6a7.8 7.8 0 0 1 0-15.6z"/>
</svg>`
});
