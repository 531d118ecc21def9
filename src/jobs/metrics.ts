import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { MetricPoint } from './api';

/** Metrics in the order of their first point, each with its last value. */
export function lastValues(points: readonly MetricPoint[]): MetricPoint[] {
  const last = new Map<string, MetricPoint>();
  points.forEach(point => last.set(point.name, point));
  return [...last.values()];
}

/** The metrics that were reported more than once, which make a curve. */
export function curves(points: readonly MetricPoint[]): MetricPoint[] {
  const times = new Map<string, number>();
  points.forEach(point => times.set(point.name, (times.get(point.name) ?? 0) + 1));
  return points.filter(point => (times.get(point.name) ?? 0) > 1);
}

/** A line over the steps for each metric, one chart a metric since their scales differ. */
export function curvesSpec(points: readonly MetricPoint[]): ReadonlyPartialJSONObject {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    data: { values: points.map(({ name, step, value }) => ({ name, step, value })) },
    facet: { field: 'name', type: 'nominal', title: null, columns: 2, sort: null },
    columns: 2,
    spec: {
      width: 320,
      height: 180,
      mark: { type: 'line', point: points.length < 60, tooltip: true },
      encoding: {
        x: { field: 'step', type: 'quantitative', title: 'step', axis: { tickMinStep: 1 } },
        y: { field: 'value', type: 'quantitative', title: null, scale: { zero: false } }
      }
    },
    resolve: { scale: { y: 'independent' } }
  };
}
