import React from 'react';

import { DatasetPage } from './page';
import { DatasetList } from './panel';

/** The body of the section, telling how many datasets there are. */
export function sectionBody(onCount: (count: number | null) => void): () => JSX.Element {
  return () => <DatasetList onCount={onCount} />;
}

/** The body of a dataset's page. */
export function pageBody(name: string): JSX.Element {
  return <DatasetPage name={name} />;
}
