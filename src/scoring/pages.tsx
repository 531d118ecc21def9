import type { ILayoutRestorer } from '@jupyterlab/application';
import { tableRowsIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { textArguments } from '../shared/arguments';
import { addPage, type IPageHost } from '../shared/pages';
import type { IRoomContext } from '../shared/room-widget';
import { ScoringPage } from './page';

/** Add the page of a scoring. */
export function addPages(
  app: IPageHost,
  context: IRoomContext,
  restorer: ILayoutRestorer | null
): void {
  const trans = context.translator.load('cookhouse');
  addPage<{ id: string }>(app, {
    name: 'scoring',
    command: 'cookhouse:open-scoring',
    label: trans.__('Open Scoring'),
    caption: trans.__('Open the page of a scoring: progress, result, log'),
    icon: tableRowsIcon,
    args: textArguments({ id: trans.__('Id of the scoring') }),
    context,
    restorer,
    id: args => args.id,
    title: () => trans.__('Scoring'),
    body: args => <ScoringPage id={args.id} />
  });
}
