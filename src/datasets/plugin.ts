import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { addPage } from '../shared/pages';
import { ISidebar } from '../sidebar/tokens';
import { addCommands } from './commands';
import { datasetIcon } from './icon';
import { pageBody, sectionBody } from './widgets';

const ID = 'datasets';
const RANK = 10;

/** Datasets: their section, their pages, and the ways that data comes in. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:datasets',
  description: 'Datasets: list, add data, look at rows, batches and schema; the sample.',
  autoStart: true,
  requires: [IBorder, ITranslator, ISidebar],
  optional: [ILayoutRestorer, ICommandPalette, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    sidebar: ISidebar,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    browsers: IFileBrowserFactory | null
  ): void => {
    const { commands } = app;
    const context = { border, translator, commands };
    const trans = translator.load('cookhouse');
    const pages = addPage<{ name: string }>(app, {
      name: 'dataset',
      command: 'cookhouse:open-dataset',
      label: trans.__('Open Dataset'),
      caption: trans.__('Show the rows, batches and schema of a dataset'),
      icon: datasetIcon,
      args: {
        type: 'object',
        properties: { name: { type: 'string', description: trans.__('The name of the dataset') } },
        required: ['name']
      },
      context,
      restorer,
      id: args => args.name,
      title: args => args.name,
      body: args => pageBody(args.name)
    });
    const category = trans.__('Cookhouse');
    const ids = addCommands(commands, {
      context,
      browsers,
      onDeleted: name => pages.find(page => page.id === `cookhouse-dataset:${name}`)?.dispose()
    });
    ids.forEach(command => palette?.addItem({ command, category }));
    sidebar.addSection({
      id: ID,
      title: trans.__('Datasets'),
      rank: RANK,
      body: sectionBody(count => sidebar.setCount(ID, count)),
      add: {
        caption: trans.__('Add data to a dataset'),
        onClick: () => void commands.execute('cookhouse:ingest-files')
      }
    });
  }
};
