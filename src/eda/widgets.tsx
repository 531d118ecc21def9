import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CommandRegistry } from '@lumino/commands';
import React from 'react';

import type { StripBody } from '../notebook/tokens';
import type { Exploration } from './exploration';
import { ExplorationStrip } from './strip';

/** Return a maker of the strip's body for an exploration of a notebook. */
export function explorationStrip(commands: CommandRegistry) {
  return (exploration: Exploration, panel: NotebookPanel): StripBody => {
    const cells = panel.content;
    const place = (id: string): number => cells.widgets.findIndex(cell => cell.model.id === id) + 1;
    const reveal = (cell: string): void => {
      void commands.execute('cookhouse:open-cell', { path: panel.context.path, cell });
    };
    return () => <ExplorationStrip exploration={exploration} place={place} reveal={reveal} />;
  };
}
