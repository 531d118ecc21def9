import { Dialog } from '@jupyterlab/apputils';
import React, { useState } from 'react';

import type { IOpenNotebook } from '../notebook/tokens';
import type { Job } from '../shared/job';
import { followJob } from '../shared/notify';
import { type IRoomContext, RoomWidget, useRoom, useTrans } from '../shared/room-widget';
import type { Recipe } from './api';
import { Made } from './create-made';
import { Preview } from './create-preview';
import { Proving } from './create-proving';

/** A dialog whose buttons are its content's own: Enter belongs to the fields in it. */
class PageDialog extends Dialog<void> {
  protected _evtKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') {
      super._evtKeydown(event);
    }
  }
}

/**
 * Show what a recipe of a notebook would be, make it and prove it.
 *
 * Resolves to the recipe, or to null when the dialog was left before there was one; a proof that
 * is under way then goes on, and a notification tells its end.
 */
export async function askForRecipe(
  context: IRoomContext,
  notebook: IOpenNotebook
): Promise<Recipe | null> {
  const trans = context.translator.load('cookhouse');
  const outcome: { made: Recipe | null; job: Job | null } = { made: null, job: null };
  const body = new RoomWidget(context, () => (
    <CreateRecipe
      notebook={notebook}
      onJob={job => {
        outcome.job = job;
      }}
      onMade={recipe => {
        outcome.made = recipe;
        outcome.job = null;
        void notebook.remember({ recipe: recipe.name });
      }}
      close={() => dialog.reject()}
    />
  ));
  body.addClass('ck-CreateRecipe');
  const dialog = new PageDialog({
    title: trans.__('Create a recipe of %1', notebook.path),
    body,
    buttons: [],
    hasClose: true
  });
  dialog.addClass('ck-WideDialog');
  await dialog.launch();
  if (outcome.job) {
    void followInBackground(context, notebook, outcome.job);
  }
  return outcome.made;
}

async function followInBackground(
  context: IRoomContext,
  notebook: IOpenNotebook,
  job: Job
): Promise<void> {
  const trans = context.translator.load('cookhouse');
  const ended = await followJob(context.border, job, {
    trans,
    running: job.title,
    done: () => trans.__('The recipe of %1 is made.', notebook.path),
    open: [
      {
        label: trans.__('Open Recipe'),
        run: done => {
          const name = String(done.result?.recipe ?? done.subject?.name ?? '');
          void context.commands.execute('cookhouse:open-recipe', { name });
        }
      }
    ]
  });
  if (ended.state === 'succeeded' && !notebook.panel.isDisposed) {
    await notebook.remember({ recipe: String(ended.result?.recipe ?? ended.subject?.name) });
  }
}

type Phase = { kind: 'preview' } | { kind: 'proving'; job: Job } | { kind: 'made'; recipe: Recipe };

function CreateRecipe(props: {
  notebook: IOpenNotebook;
  onJob: (job: Job | null) => void;
  onMade: (recipe: Recipe) => void;
  close: () => void;
}): JSX.Element {
  const trans = useTrans();
  const { commands } = useRoom();
  const { notebook, onJob, onMade, close } = props;
  const [phase, setPhase] = useState<Phase>({ kind: 'preview' });
  const [failure, setFailure] = useState<string | null>(null);
  const leaveFor = (command: string, args: Record<string, string | number>): void => {
    close();
    void commands.execute(command, args);
  };
  if (phase.kind === 'made') {
    return <Made recipe={phase.recipe} close={close} leaveFor={leaveFor} />;
  }
  return (
    <>
      {/* The preview keeps what was typed in it while the proof runs and may fail. */}
      <div hidden={phase.kind === 'proving'} className="ck-CreateRecipe-phase">
        <Preview
          notebook={notebook}
          failure={failure}
          started={job => {
            setFailure(null);
            onJob(job);
            setPhase({ kind: 'proving', job });
          }}
          close={close}
          open={cell => leaveFor('cookhouse:open-cell', { path: notebook.path, cell })}
        />
      </div>
      {phase.kind === 'proving' && (
        <Proving
          job={phase.job}
          made={recipe => {
            onMade(recipe);
            setPhase({ kind: 'made', recipe });
          }}
          failed={reason => {
            onJob(null);
            setFailure(reason || trans.__('The recipe was not made, and no reason was given.'));
            setPhase({ kind: 'preview' });
          }}
          close={close}
        />
      )}
    </>
  );
}
