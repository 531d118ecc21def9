import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ActiveJobs } from './active';
import { jobIcon } from './icon';

/** How many jobs run, in the status bar; a click opens the panel at them. */
export class StatusItem extends ReactWidget {
  constructor(
    private readonly active: ActiveJobs,
    private readonly trans: TranslationBundle,
    private readonly onOpen: () => void
  ) {
    super();
    this.addClass('ck-StatusItem');
    active.changed.connect(this.update, this);
  }

  render(): JSX.Element {
    const { length } = this.active.jobs;
    const words = this.trans._n('%1 job runs', '%1 jobs run', length);
    return (
      <button
        type="button"
        className="ck-StatusItem-button"
        title={this.trans.__('Show the jobs of Cookhouse')}
        onClick={this.onOpen}
      >
        <jobIcon.react tag="span" aria-hidden="true" />
        <span>{words}</span>
      </button>
    );
  }
}
