import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import React, { useLayoutEffect, useRef, useState } from 'react';

import { sentenceOf } from '../border/failure';
import { useRoom, useTrans } from './room-widget';
import { themeValue, useTheme } from './theme';

const MIME = 'application/vnd.vegalite.v5+json';

/** A Vega-Lite v5 chart in the theme's colours, drawn by the Lab; it loads nothing by address. */
export function Chart(props: { spec: ReadonlyPartialJSONObject; label: string }): JSX.Element {
  const { rendermime } = useRoom();
  const trans = useTrans();
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const [problem, setProblem] = useState('');
  const text = JSON.stringify(props.spec);
  // Lumino lets go of a widget only while it is in the document, so not after React removed it.
  useLayoutEffect(() => {
    const host = place.current;
    if (!host || !rendermime) {
      setProblem(trans.__('Charts are not available here.'));
      return;
    }
    const spec = JSON.parse(text) as ReadonlyPartialJSONObject;
    if (loadsByAddress(spec)) {
      setProblem(trans.__('This chart wants to load data from an address and is not drawn.'));
      return;
    }
    setProblem('');
    const renderer = rendermime.createRenderer(MIME);
    const data = { [MIME]: { ...spec, config: themed(spec.config) } };
    Widget.attach(renderer, host);
    renderer
      .renderModel(rendermime.createModel({ trusted: true, data }))
      .catch((error: unknown) => setProblem(sentenceOf(error)));
    return () => renderer.dispose();
  }, [rendermime, text, theme, trans]);
  return (
    <figure className="ck-Chart" role="figure" aria-label={props.label}>
      <div ref={place} className="ck-Chart-place" hidden={problem !== ''} />
      {problem && <p className="ck-Empty">{problem}</p>}
    </figure>
  );
}

/** True where any part of a specification names an address to load from. */
export function loadsByAddress(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some(loadsByAddress);
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Object.entries(value).some(
    // Rows of data may have a column of such a name; they are plain values and load nothing.
    ([key, part]) => key !== 'values' && (key === 'url' || key === 'href' || loadsByAddress(part))
  );
}

const RANGE = ['--jp-brand-color1', '--jp-warn-color1', '--jp-success-color1', '--jp-error-color1'];

function themed(own: unknown): ReadonlyPartialJSONObject {
  const text = themeValue('--jp-ui-font-color1');
  const line = themeValue('--jp-border-color2');
  const font = themeValue('--jp-ui-font-family');
  return {
    background: 'transparent',
    font,
    axis: {
      labelColor: text,
      titleColor: text,
      gridColor: themeValue('--jp-border-color3'),
      domainColor: line,
      tickColor: line
    },
    legend: { labelColor: text, titleColor: text },
    title: { color: text },
    view: { stroke: 'transparent' },
    text: { color: text },
    range: { category: RANGE.map(name => themeValue(name)) },
    mark: { color: themeValue('--jp-brand-color1') },
    ...(typeof own === 'object' ? own : {})
  };
}
