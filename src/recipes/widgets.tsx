import type { ILayoutRestorer } from '@jupyterlab/application';
import { buildIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { addPage, type IPageHost } from '../shared/pages';
import type { IRoomContext } from '../shared/room-widget';
import type { ISection } from '../sidebar/tokens';
import { RecipePage } from './page';
import { RecipeSection } from './section';

/** The room's section of the sidebar. */
export function makeSection(
  context: IRoomContext,
  onCount: (count: number | null) => void
): ISection {
  const trans = context.translator.load('cookhouse');
  return {
    id: 'recipes',
    title: trans.__('Recipes'),
    rank: 20,
    body: () => <RecipeSection onCount={onCount} />,
    add: {
      caption: trans.__('Create a recipe of the open notebook'),
      onClick: () => void context.commands.execute('cookhouse:create-recipe')
    }
  };
}

/** Add the page of recipes. */
export function addPages(
  app: IPageHost,
  context: IRoomContext,
  restorer: ILayoutRestorer | null
): void {
  const trans = context.translator.load('cookhouse');
  addPage<{ name: string; version?: number }>(app, {
    name: 'recipe',
    command: 'cookhouse:open-recipe',
    label: trans.__('Open Recipe'),
    caption: trans.__('Open the page of a recipe: how it was made, its source and its proof'),
    icon: buildIcon,
    args: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', description: trans.__('Name of the recipe') },
        version: { type: 'integer', description: trans.__('Its version, else the newest') }
      }
    },
    context,
    restorer,
    id: ({ name, version }) => (version ? `${name}@${version}` : name),
    title: ({ name, version }) => (version ? trans.__('%1, version %2', name, version) : name),
    body: ({ name, version }) => <RecipePage name={name} version={version ?? null} />
  });
}
