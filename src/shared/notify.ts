import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { Failure, sentenceOf } from '../border/failure';
import type { Message } from '../border/request';
import type { IBorder } from '../border/tokens';

type Job = Message<'Job'>;

/** What a notification says of a job, and where it leads. */
export interface IJobWords {
  trans: TranslationBundle;
  /** The notification to go on with, where one told of what came before. */
  notification?: string;
  /** While it runs, e.g. "Adding events.csv to web_events". */
  running: string;
  /** When it has succeeded. */
  done: (job: Job) => string;
  /** Links to what it made, offered when it has succeeded. */
  open?: { label: string; caption?: string; run: (job: Job) => void }[];
  /** Links offered when it has not succeeded, its log say. */
  look?: { label: string; caption?: string; run: (job: Job) => void }[];
}

/** Takes the bar away; an update without progress would leave it as it stands. */
export const NO_BAR = 0;
// A full bar closes the notification before its end is told.
const FULLEST = 0.99;
const PAUSE = 800;
const CLOSE_AFTER = 10_000;

/**
 * Show a job as a notification from now to its end: progress and step, a way to cancel, then what
 * it made or the sentence of its failure. Resolves to the job in its final state; a server that is
 * away for a while is waited for.
 */
export async function followJob(border: IBorder, job: Job, words: IJobWords): Promise<Job> {
  const id = show(words.notification, words.running, 'in-progress', {
    autoClose: false,
    actions: [cancelOf(border, job, words.trans)]
  });
  let now = job;
  while (now.state === 'pending' || now.state === 'running') {
    await new Promise(resolve => setTimeout(resolve, PAUSE));
    const read = await readAgain(border, now);
    if (read instanceof Error) {
      Notification.update({ id, message: read.message, type: 'error', actions: [] });
      throw read;
    }
    now = read;
    const message = now.step ? `${words.running}: ${now.step}` : words.running;
    const progress = Math.min(now.fraction ?? NO_BAR, FULLEST);
    Notification.update({ id, message, progress });
  }
  tellEnd(id, now, words);
  await border.queries.invalidateQueries({ queryKey: ['jobs'] });
  if (now.subject) {
    await border.queries.invalidateQueries({ queryKey: [now.subject.room] });
  }
  return now;
}

/** Show the sentence of a failure, under what was tried; in the notification `id` where given. */
export function tellFailure(what: string, error: unknown, id?: string): void {
  const message = `${what}: ${sentenceOf(error)}`;
  show(id, message, 'error', { autoClose: false, actions: [], progress: NO_BAR });
}

async function readAgain(border: IBorder, job: Job): Promise<Job | Error> {
  try {
    return await border.request('get', '/jobs/{id}', { path: { id: job.id } });
  } catch (error) {
    if (error instanceof Failure && error.status >= 400 && error.status < 500) {
      return error;
    }
    return job;
  }
}

function tellEnd(id: string, job: Job, words: IJobWords): void {
  const good = job.state === 'succeeded';
  const links = good ? words.open : words.look;
  const actions = (links ?? []).map(link => ({
    label: link.label,
    caption: link.caption,
    displayType: good ? ('accent' as const) : ('default' as const),
    callback: () => link.run(job)
  }));
  const message = good ? words.done(job) : lastWords(job, words);
  const type = good ? 'success' : job.state === 'cancelled' ? 'default' : 'error';
  const autoClose = good && actions.length === 0 ? CLOSE_AFTER : false;
  // The reader may have closed it while it ran; the end is news again.
  show(id, message, type, { actions, autoClose, progress: NO_BAR });
}

/** Change a notification, or make one where it is not there (any more); returns its id. */
function show(
  id: string | undefined,
  message: string,
  type: Notification.TypeOptions,
  options: Notification.IOptions<null>
): string {
  const changed = id !== undefined && Notification.update({ id, message, type, ...options });
  return changed ? id : Notification.emit(message, type, options);
}

function lastWords(job: Job, words: IJobWords): string {
  if (job.state === 'cancelled') {
    return words.trans.__('%1: cancelled', words.running);
  }
  return job.reason ?? words.trans.__('%1: it did not succeed and gave no reason', words.running);
}

function cancelOf(border: IBorder, job: Job, trans: TranslationBundle): Notification.IAction {
  return {
    label: trans.__('Cancel'),
    caption: trans.__('Stop this job and everything that it started'),
    callback: event => {
      // Keep the notification: it tells the end.
      event.preventDefault();
      border
        .request('post', '/jobs/{id}/cancellation', { path: { id: job.id } })
        .catch((error: unknown) => tellFailure(trans.__('The job was not cancelled'), error));
    }
  };
}
