import { Dialog, InputDialog, showDialog } from '@jupyterlab/apputils';

import { count } from '../shared/format';
import { followJob, tellFailure } from '../shared/notify';
import type { IRoomContext } from '../shared/room-widget';
import type { Job } from './api';

const SAMPLE = 'luma';
/** The notebook to begin with, in the folder that the sample is made in: the root of the server. */
const PROPENSITY = 'Luma propensity.ipynb';
const SIZES = [20_000, 100_000, 1_000_000];

let making: Promise<Job | null> | null = null;

/**
 * Make the sample: its datasets and notebooks. `rows` is how many web events, asked for where it
 * is missing. Pressed again while it is made, it answers with the same job.
 */
export function makeSample(context: IRoomContext, rows?: number): Promise<Job | null> {
  making ??= make(context, rows).finally(() => {
    making = null;
  });
  return making;
}

async function make(context: IRoomContext, rows: number | undefined): Promise<Job | null> {
  const trans = context.translator.load('cookhouse');
  const size = rows ?? (await askSize(context));
  if (size === null) {
    return null;
  }
  try {
    const job = await context.border.request('post', '/datasets/samples/{name}', {
      path: { name: SAMPLE },
      body: { rows: size, seed: 7, folder: '' }
    });
    return await follow(context, job, trans.__('Making the Luma sample'), () =>
      trans.__('The Luma sample is there: datasets, and notebooks to walk with.')
    );
  } catch (error) {
    tellFailure(trans.__('The sample was not made'), error);
    return null;
  }
}

/** Bring the sample back to its first state, after asking. */
export async function resetSample(context: IRoomContext): Promise<Job | null> {
  const trans = context.translator.load('cookhouse');
  const { button } = await showDialog({
    title: trans.__('Reset the Luma sample?'),
    body: trans.__(
      'Its datasets and notebooks are brought back to their first state. What you changed in them is lost; other datasets and notebooks stay as they are.'
    ),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Reset the Sample') })]
  });
  if (!button.accept) {
    return null;
  }
  try {
    const job = await context.border.request('delete', '/datasets/samples/{name}', {
      path: { name: SAMPLE },
      query: { folder: '' }
    });
    return await follow(context, job, trans.__('Resetting the Luma sample'), () =>
      trans.__('The Luma sample is in its first state again.')
    );
  } catch (error) {
    tellFailure(trans.__('The sample was not reset'), error);
    return null;
  }
}

async function askSize({ translator }: IRoomContext): Promise<number | null> {
  const trans = translator.load('cookhouse');
  const items = SIZES.map(size => trans.__('%1 web events', count(size)));
  const { button, value } = await InputDialog.getItem({
    title: trans.__('Make the Luma sample'),
    label: trans.__(
      'Datasets of an invented shop, with a propensity and an EDA notebook. How large?'
    ),
    items,
    okLabel: trans.__('Make the Sample')
  });
  return button.accept && value !== null ? (SIZES[items.indexOf(value)] ?? SIZES[0]) : null;
}

function follow(
  context: IRoomContext,
  job: Job,
  running: string,
  done: () => string
): Promise<Job> {
  const { border, commands, translator } = context;
  const trans = translator.load('cookhouse');
  void border.queries.invalidateQueries({ queryKey: ['jobs'] });
  return followJob(border, job, {
    trans,
    running,
    done,
    open: [
      {
        label: trans.__('Open the Propensity Notebook'),
        run: () => void commands.execute('docmanager:open', { path: PROPENSITY })
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
