import type { ILayoutRestorer } from '@jupyterlab/application';
import { launcherIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { textArguments } from '../shared/arguments';
import { addPage, type IPageHost } from '../shared/pages';
import type { IRoomContext } from '../shared/room-widget';
import type { ISection } from '../sidebar/tokens';
import { ServicePage } from './page';
import { ServiceSection } from './section';

/** The room's section of the sidebar. */
export function makeSection(
  context: IRoomContext,
  onCount: (count: number | null) => void
): ISection {
  const trans = context.translator.load('cookhouse');
  return {
    id: 'services',
    title: trans.__('Services'),
    rank: 40,
    body: () => <ServiceSection onCount={onCount} />
  };
}

/** Add the page of a service. */
export function addPages(
  app: IPageHost,
  context: IRoomContext,
  restorer: ILayoutRestorer | null
): void {
  const trans = context.translator.load('cookhouse');
  addPage<{ name: string }>(app, {
    name: 'service',
    command: 'cookhouse:open-service',
    label: trans.__('Open Service'),
    caption: trans.__('Open the page of a service: try a row, call it, versions'),
    icon: launcherIcon,
    args: textArguments({ name: trans.__('Name of the service') }),
    context,
    restorer,
    id: args => args.name,
    title: args => args.name,
    body: args => <ServicePage name={args.name} />
  });
}
