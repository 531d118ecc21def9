import React, { useEffect } from 'react';

import { useFirstFocus } from '../shared/focus';
import { type Job, JobLog, JobProgress, useJob } from '../shared/job';
import { useRequest, useTrans } from '../shared/room-widget';
import { type Recipe, showRecipe } from './api';

/** The proof while it runs: the whole notebook beside the recipe, step by step. */
export function Proving(props: {
  job: Job;
  made: (recipe: Recipe) => void;
  failed: (reason: string) => void;
  close: () => void;
}): JSX.Element {
  const trans = useTrans();
  const place = useFirstFocus<HTMLDivElement>();
  useEnd(props);
  return (
    <div ref={place} className="ck-CreateRecipe-page">
      <p>
        {trans.__(
          'The whole notebook and the recipe run side by side, in fresh processes of the notebook’s own kernel, and what goes into fit and predict is compared.'
        )}
      </p>
      <JobProgress id={props.job.id} />
      <details className="ck-CreateRecipe-log">
        <summary>{trans.__('Log')}</summary>
        <JobLog id={props.job.id} />
      </details>
      <div className="ck-CreateRecipe-buttons">
        <button
          type="button"
          className="jp-Dialog-button jp-mod-styled jp-mod-reject"
          title={trans.__('The proof goes on; a notification tells its end')}
          onClick={props.close}
        >
          {trans.__('Go On in the Background')}
        </button>
      </div>
    </div>
  );
}

/** Tell once how the job ended. */
function useEnd(props: {
  job: Job;
  made: (recipe: Recipe) => void;
  failed: (reason: string) => void;
}): void {
  const request = useRequest();
  const { job } = useJob(props.job.id);
  const state = job?.state;
  const { made, failed } = props;
  const told = React.useRef(false);
  useEffect(() => {
    if (!job || told.current || state === 'pending' || state === 'running') {
      return;
    }
    told.current = true;
    if (state !== 'succeeded') {
      failed(job.reason ?? '');
      return;
    }
    const name = String(job.result?.recipe ?? job.subject?.name ?? '');
    const version = typeof job.result?.version === 'number' ? job.result.version : null;
    showRecipe(request, name, version).then(made, (error: Error) => failed(error.message));
  }, [job, state, made, failed, request]);
}
