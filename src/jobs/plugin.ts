import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator } from '@jupyterlab/translation';

import { IBorder } from '../border/tokens';
import { addPage } from '../shared/pages';
import type { IRoomContext } from '../shared/room-widget';
import { ISidebar } from '../sidebar/tokens';
import { ActiveJobs } from './active';
import { addCommands } from './commands';
import { jobIcon } from './icon';
import { runningManager } from './running';
import { StatusItem } from './status-item';
import { pageBody, sectionBody } from './widgets';

const ID = 'jobs';
const RANK = 70;

/** Jobs: their section, their pages, and their places in the Lab's own parts. */
export const plugin: JupyterFrontEndPlugin<void> = {
  id: 'cookhouse:jobs',
  description: 'Jobs: what runs, its log and metrics, and how to cancel it.',
  autoStart: true,
  requires: [IBorder, ITranslator, ISidebar],
  optional: [
    ILayoutRestorer,
    ICommandPalette,
    IRenderMimeRegistry,
    IRunningSessionManagers,
    IStatusBar
  ],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    sidebar: ISidebar,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    rendermime: IRenderMimeRegistry | null,
    managers: IRunningSessionManagers | null,
    statusBar: IStatusBar | null
  ): void => {
    const { commands } = app;
    const trans = translator.load('cookhouse');
    const context = { border, translator, commands, rendermime: rendermime ?? undefined };
    addJobPage(app, context, restorer);
    addCommands(commands, context);
    palette?.addItem({ command: 'cookhouse:show-jobs', category: trans.__('Cookhouse') });
    const active = new ActiveJobs(border);
    sidebar.addSection({
      id: ID,
      title: trans.__('Jobs'),
      rank: RANK,
      body: sectionBody,
      collapsed: true
    });
    active.changed.connect(() => sidebar.setCount(ID, active.jobs.length || null));
    managers?.add(runningManager(active, commands, trans));
    statusBar?.registerStatusItem('cookhouse:jobs', {
      item: new StatusItem(active, trans, () => void commands.execute('cookhouse:show-jobs')),
      align: 'left',
      rank: 20,
      isActive: () => active.jobs.length > 0,
      activeStateChanged: active.changed
    });
  }
};

function addJobPage(
  app: JupyterFrontEnd,
  context: IRoomContext,
  restorer: ILayoutRestorer | null
): void {
  const trans = context.translator.load('cookhouse');
  addPage<{ id: string; title?: string }>(app, {
    name: 'job',
    command: 'cookhouse:open-job',
    label: trans.__('Open Job'),
    caption: trans.__('Show the log and the metrics of a job'),
    icon: jobIcon,
    args: {
      type: 'object',
      properties: {
        id: { type: 'string', description: trans.__('The id of the job') },
        title: { type: 'string', description: trans.__('What its tab says') }
      },
      required: ['id']
    },
    context,
    restorer,
    id: args => args.id,
    title: args => args.title ?? trans.__('Job'),
    body: args => pageBody(args.id)
  });
}
