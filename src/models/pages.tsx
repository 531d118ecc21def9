import type { ILayoutRestorer } from '@jupyterlab/application';
import { buildIcon, listIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { textArguments } from '../shared/arguments';
import { addPage, type IPageHost } from '../shared/pages';
import type { IRoomContext } from '../shared/room-widget';
import type { ISection } from '../sidebar/tokens';
import { ModelPage } from './model-page';
import { RunPage } from './run-page';
import { ModelSection } from './section';

/** The room's section of the sidebar. */
export function makeSection(
  context: IRoomContext,
  onCount: (count: number | null) => void
): ISection {
  const trans = context.translator.load('cookhouse');
  return {
    id: 'models',
    title: trans.__('Models'),
    rank: 30,
    body: () => <ModelSection onCount={onCount} />
  };
}

/** Add the pages of models and runs. */
export function addPages(
  app: IPageHost,
  context: IRoomContext,
  restorer: ILayoutRestorer | null
): void {
  const trans = context.translator.load('cookhouse');
  addPage<{ name: string }>(app, {
    name: 'model',
    command: 'cookhouse:open-model',
    label: trans.__('Open Model'),
    caption: trans.__('Open the page of a model with its runs'),
    icon: listIcon,
    args: textArguments({ name: trans.__('Name of the model') }),
    context,
    restorer,
    id: args => args.name,
    title: args => args.name,
    body: args => <ModelPage name={args.name} />
  });
  addPage<{ model: string; id: string }>(app, {
    name: 'run',
    command: 'cookhouse:open-run',
    label: trans.__('Open Run'),
    caption: trans.__('Open the page of a run: progress, metrics, charts, log'),
    icon: buildIcon,
    args: textArguments({ model: trans.__('Name of the model'), id: trans.__('Id of the run') }),
    context,
    restorer,
    id: args => `${args.model}:${args.id}`,
    title: args => trans.__('Run of %1', args.model),
    body: args => <RunPage model={args.model} id={args.id} />
  });
}
