import {
  buildIcon,
  fastForwardIcon,
  type LabIcon,
  launchIcon,
  searchIcon,
  tableRowsIcon
} from '@jupyterlab/ui-components';

import type { Action } from './tokens';

/** The icons of the five actions, all of them the Lab's own. */
export const ACTION_ICONS: Record<Action, LabIcon> = {
  'run-eda-cells': searchIcon,
  'create-recipe': buildIcon,
  'train-recipe': fastForwardIcon,
  'score-model': tableRowsIcon,
  'publish-model': launchIcon
};
