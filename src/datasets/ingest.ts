import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';

import { count } from '../shared/format';
import { followJob, tellFailure } from '../shared/notify';
import type { IRoomContext } from '../shared/room-widget';
import { ingest, type Job } from './api';
import { askIngest, type IChosen } from './ingest-dialog';
import { isData } from './names';
import { Sending } from './sending';

/** What an ingest starts from; what is missing is asked for. */
export interface IIngestStart {
  name?: string;
  files?: File[];
  paths?: string[];
}

let asking = false;

/**
 * Add files to a dataset as one batch: ask what is missing, send the files, then follow the job.
 *
 * Resolves to the finished job, or null where it was dismissed or failed before a job was made
 * (which a notification has said). While its dialog is open, asking again does nothing.
 */
export async function ingestFiles(context: IRoomContext, start: IIngestStart): Promise<Job | null> {
  if (asking) {
    return null;
  }
  const trans = context.translator.load('cookhouse');
  const { files = [], paths = [], name } = start;
  const strange = [...files.map(file => file.name), ...paths].filter(path => !isData(path));
  if (strange.length) {
    const words = trans.__('%1 is not a CSV, JSON, JSON Lines or Parquet file.', strange[0]);
    Notification.error(words, { autoClose: false });
    return null;
  }
  asking = true;
  let chosen: IChosen | null;
  try {
    const known = await knownNames(context);
    chosen = await askIngest({ name, files, paths, known }, trans);
  } finally {
    asking = false;
  }
  return chosen && addBatch(context, chosen);
}

async function knownNames({ border }: IRoomContext): Promise<string[]> {
  try {
    const page = await border.request('get', '/datasets', { query: { limit: 500 } });
    return page.items.map(item => item.name);
  } catch {
    // Names are only offered for choice; what is wrong with the server is said when it is sent to.
    return [];
  }
}

async function addBatch(context: IRoomContext, chosen: IChosen): Promise<Job | null> {
  const { border, commands, translator } = context;
  const trans = translator.load('cookhouse');
  const { name } = chosen;
  // One key for this decision of the person: however often it is sent, it makes one batch.
  const key = UUID.uuid4();
  const sending = new Sending(chosen, trans);
  let job: Job;
  try {
    const uploads = await sending.send(border.request);
    job = await ingest(border.request, name, { uploads, paths: chosen.paths }, key);
  } catch (error) {
    if (!sending.wasCancelled) {
      tellFailure(trans.__('Nothing was added to %1', name), error, sending.notification);
    }
    return null;
  }
  void border.queries.invalidateQueries({ queryKey: ['jobs'] });
  void border.queries.invalidateQueries({ queryKey: ['datasets'] });
  return followJob(border, job, {
    trans,
    notification: sending.notification,
    running: trans.__('Adding to %1', name),
    done: ended => doneWords(ended, name, trans),
    open: [
      {
        label: trans.__('Open %1', name),
        run: () => void commands.execute('cookhouse:open-dataset', { name })
      }
    ],
    look: [
      {
        label: trans.__('Show the Job'),
        run: ended =>
          void commands.execute('cookhouse:open-job', { id: ended.id, title: ended.title })
      }
    ]
  });
}

function doneWords(job: Job, name: string, trans: TranslationBundle): string {
  const rows = job.result?.rows;
  return typeof rows === 'number'
    ? trans.__('%1 rows were added to %2.', count(rows), name)
    : trans.__('The rows were added to %1.', name);
}
