import React from 'react';

import { sentenceOf } from '../border/failure';
import { useTrans } from './room-widget';

/** Stands where something is being read. */
export function Waiting(): JSX.Element {
  const trans = useTrans();
  return (
    <p className="ck-Empty" role="status">
      {trans.__('Loading…')}
    </p>
  );
}

/** Stands where something could not be read, with the sentence of the failure. */
export function Failed(props: { error: unknown }): JSX.Element {
  return (
    <p className="ck-Problem" role="alert">
      {sentenceOf(props.error)}
    </p>
  );
}
