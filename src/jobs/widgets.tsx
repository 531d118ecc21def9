import React from 'react';

import { JobPage } from './page';
import { JobList } from './panel';

/** The body of the section. */
export function sectionBody(): JSX.Element {
  return <JobList />;
}

/** The body of a job's page. */
export function pageBody(id: string): JSX.Element {
  return <JobPage id={id} />;
}
