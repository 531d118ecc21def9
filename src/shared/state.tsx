import type { TranslationBundle } from '@jupyterlab/translation';
import {
  checkIcon,
  circleEmptyIcon,
  circleIcon,
  closeIcon,
  errorIcon,
  infoIcon,
  type LabIcon,
  stopIcon
} from '@jupyterlab/ui-components';
import React from 'react';

import { busyIcon } from './icons';
import { useTrans } from './room-widget';

/** How good a state is; gives its colour. */
type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'calm';

/** The states of all rooms, so that one word looks the same everywhere. */
const LOOKS = {
  pending: ['busy', circleEmptyIcon],
  running: ['busy', busyIcon],
  succeeded: ['good', checkIcon],
  failed: ['bad', errorIcon],
  cancelled: ['calm', stopIcon],
  lost: ['bad', errorIcon],
  loading: ['busy', busyIcon],
  active: ['good', checkIcon],
  deleted: ['calm', closeIcon],
  ready: ['good', checkIcon],
  missing: ['warn', circleEmptyIcon],
  building: ['busy', busyIcon],
  starting: ['busy', busyIcon],
  serving: ['good', circleIcon],
  stopped: ['calm', stopIcon],
  empty: ['calm', circleEmptyIcon],
  exact: ['good', checkIcon],
  pinned: ['good', checkIcon],
  close: ['warn', infoIcon],
  differs: ['bad', errorIcon],
  unverified: ['calm', circleEmptyIcon],
  safe: ['good', checkIcon],
  refused: ['bad', errorIcon],
  convertible: ['good', checkIcon]
} satisfies Record<string, [Tone, LabIcon]>;

/** Every state that has a look of its own. */
export type AnyState = keyof typeof LOOKS;

function wordOf(value: AnyState, trans: TranslationBundle): string {
  const words: Record<AnyState, string> = {
    pending: trans.__('Waiting'),
    running: trans.__('Running'),
    succeeded: trans.__('Succeeded'),
    failed: trans.__('Failed'),
    cancelled: trans.__('Cancelled'),
    lost: trans.__('Lost'),
    loading: trans.__('Loading'),
    active: trans.__('Active'),
    deleted: trans.__('Deleted'),
    ready: trans.__('Ready'),
    missing: trans.__('Missing'),
    building: trans.__('Being built'),
    starting: trans.__('Starting'),
    serving: trans.__('Serving'),
    stopped: trans.__('Stopped'),
    empty: trans.__('Empty'),
    exact: trans.__('Exact'),
    pinned: trans.__('Exact, randomness pinned'),
    close: trans.__('Close'),
    differs: trans.__('Differs'),
    unverified: trans.__('Not verified'),
    safe: trans.__('Safe to score'),
    refused: trans.__('Refused'),
    convertible: trans.__('Ready')
  };
  return words[value];
}

/**
 * A state as icon and word; `short` leaves the word to the reader of the screen and the hover.
 *
 * `label` replaces the word; `title` is what the hover adds, a reason say.
 */
export function State(props: {
  value: AnyState;
  label?: string;
  title?: string;
  short?: boolean;
}): JSX.Element {
  const trans = useTrans();
  const [tone, icon] = LOOKS[props.value];
  const word = props.label ?? wordOf(props.value, trans);
  return (
    <span className={`ck-State ck-mod-${tone}`} title={props.title ?? (props.short ? word : '')}>
      <icon.react tag="span" className="ck-State-icon" aria-hidden="true" />
      <span className={props.short ? 'ck-Hidden' : 'ck-State-word'}>{word}</span>
    </span>
  );
}
