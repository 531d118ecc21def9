import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { CommandRegistry } from '@lumino/commands';

import type { IRoomContext } from '../shared/room-widget';
import { deleteDataset, readInNotebook } from './actions';
import { ingestFiles } from './ingest';
import { isData } from './names';
import { makeSample, resetSample } from './sample';

/** What the commands need beside the context. */
interface INeeds {
  context: IRoomContext;
  /** Gives the selected files; missing where there is no file browser. */
  browsers: IFileBrowserFactory | null;
  /** Told when a dataset is gone. */
  onDeleted: (name: string) => void;
}

/** The commands of datasets; returns the ids that belong in the palette. */
export function addCommands(commands: CommandRegistry, needs: INeeds): string[] {
  addIngest(commands, needs);
  addSamples(commands, needs);
  addOfOneDataset(commands, needs);
  return ['cookhouse:ingest-files', 'cookhouse:make-sample', 'cookhouse:reset-sample'];
}

function addIngest(commands: CommandRegistry, { context, browsers }: INeeds): void {
  const trans = context.translator.load('cookhouse');
  const selected = (): string[] =>
    [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])].map(item => item.path);
  commands.addCommand('cookhouse:ingest-files', {
    label: args => (args.selected ? trans.__('Add to Cookhouse Dataset…') : trans.__('Add Data…')),
    caption: trans.__('Add CSV, JSON, JSON Lines or Parquet files to a dataset as one batch'),
    isVisible: args => !args.selected || (selected().length > 0 && selected().every(isData)),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          name: { type: 'string', description: trans.__('The dataset; asked for where missing') },
          paths: {
            type: 'array',
            items: { type: 'string' },
            description: trans.__('Files below the root of the server')
          },
          selected: {
            type: 'boolean',
            description: trans.__('Take the files that are selected in the file browser')
          }
        }
      }
    },
    execute: args =>
      ingestFiles(context, {
        name: args.name as string | undefined,
        paths: args.selected ? selected() : ((args.paths as string[] | undefined) ?? [])
      })
  });
}

function addSamples(commands: CommandRegistry, { context }: INeeds): void {
  const trans = context.translator.load('cookhouse');
  commands.addCommand('cookhouse:make-sample', {
    label: trans.__('Make the Luma Sample…'),
    caption: trans.__('Make the datasets and notebooks of the Luma sample to try everything with'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          rows: {
            type: 'number',
            description: trans.__('How many web events; asked for where missing')
          }
        }
      }
    },
    execute: args => makeSample(context, args.rows as number | undefined)
  });
  commands.addCommand('cookhouse:reset-sample', {
    label: trans.__('Reset the Luma Sample…'),
    caption: trans.__('Bring the datasets and notebooks of the sample back to their first state'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => resetSample(context)
  });
}

function addOfOneDataset(commands: CommandRegistry, { context, onDeleted }: INeeds): void {
  const trans = context.translator.load('cookhouse');
  const describedBy = {
    args: {
      type: 'object' as const,
      properties: {
        name: { type: 'string', description: trans.__('The name of the dataset') }
      },
      required: ['name']
    }
  };
  commands.addCommand('cookhouse:read-dataset', {
    label: trans.__('Read in Notebook'),
    caption: trans.__('Insert a cell that reads this dataset into the open notebook'),
    describedBy,
    execute: args => readInNotebook(context, String(args.name))
  });
  commands.addCommand('cookhouse:delete-dataset', {
    label: trans.__('Delete Dataset…'),
    caption: trans.__('Delete this dataset with all of its batches'),
    describedBy,
    execute: async args => {
      const gone = await deleteDataset(context, String(args.name));
      if (gone) {
        onDeleted(String(args.name));
      }
      return gone;
    }
  });
}
