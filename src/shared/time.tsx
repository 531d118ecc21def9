import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';

import { useTrans } from './room-widget';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
  [365 * DAY, 'year'],
  [30 * DAY, 'month'],
  [7 * DAY, 'week'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute']
];
const LONG = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const SHORT = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'narrow' });

/** How long ago (or ahead) an instant is, in words; `short` ones for narrow places. */
export function relative(at: Date, now: Date, trans: TranslationBundle, short = false): string {
  const away = (at.getTime() - now.getTime()) / 1000;
  for (const [size, unit] of STEPS) {
    if (Math.abs(away) >= size) {
      return (short ? SHORT : LONG).format(Math.trunc(away / size), unit);
    }
  }
  return trans.__('just now');
}

/** A time in relative words, the exact one on hover; kept current while it is looked at. */
export function When(props: { at: string | null | undefined; short?: boolean }): JSX.Element {
  const trans = useTrans();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!props.at) {
    return <span className="ck-When">–</span>;
  }
  const at = new Date(props.at);
  return (
    <time className="ck-When" dateTime={props.at} title={at.toLocaleString()}>
      {relative(at, now, trans, props.short)}
    </time>
  );
}
