import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { Evaluation } from './api';

/** A Vega-Lite v5 spec; data stand in it, nothing is loaded from an address. */
export type Spec = ReadonlyPartialJSONObject;

const SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';
const SIZE = { width: 300, height: 260 };

/** Curves over [0, 1] × [0, 1] with an optional diagonal of chance. */
function curves(lines: Evaluation['roc'], x: string, y: string, chance: boolean): Spec | null {
  if (!lines?.length) {
    return null;
  }
  const values = lines.flatMap(line =>
    line.x.map((at, index) => ({ x: at, y: line.y[index], class: line.name, order: index }))
  );
  const scale = { domain: [0, 1], nice: false };
  const layers: Spec[] = [
    {
      data: { values },
      mark: { type: 'line', interpolate: 'linear', clip: true },
      encoding: {
        x: { field: 'x', type: 'quantitative', title: x, scale },
        y: { field: 'y', type: 'quantitative', title: y, scale },
        order: { field: 'order' },
        ...(lines.length > 1 ? { color: { field: 'class', title: null } } : {}),
        tooltip: [
          { field: 'x', title: x, format: '.3f' },
          { field: 'y', title: y, format: '.3f' }
        ]
      }
    }
  ];
  if (chance) {
    layers.unshift({
      data: { values: [0, 1].map(value => ({ x: value, y: value })) },
      mark: { type: 'line', strokeDash: [4, 4], color: 'gray' },
      encoding: {
        x: { field: 'x', type: 'quantitative' },
        y: { field: 'y', type: 'quantitative' }
      }
    });
  }
  return { $schema: SCHEMA, ...SIZE, layer: layers };
}

/** True positive rate over false positive rate. */
export function rocChart(evaluation: Evaluation, x: string, y: string): Spec | null {
  return curves(evaluation.roc, x, y, true);
}

/** Precision over recall. */
export function precisionRecallChart(evaluation: Evaluation, x: string, y: string): Spec | null {
  return curves(evaluation.precision_recall, x, y, false);
}

/** Counts of actual against predicted labels, with the number in each square. */
export function confusionChart(evaluation: Evaluation, x: string, y: string): Spec | null {
  const confusion = evaluation.confusion;
  if (!confusion) {
    return null;
  }
  const values = confusion.counts.flatMap((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0) || 1;
    return row.map((count, predicted) => ({
      actual: confusion.labels[actual],
      predicted: confusion.labels[predicted],
      count,
      share: count / total
    }));
  });
  const axes = {
    x: {
      field: 'predicted',
      type: 'nominal',
      title: x,
      sort: confusion.labels,
      axis: { labelAngle: 0 }
    },
    y: { field: 'actual', type: 'nominal', title: y, sort: confusion.labels }
  };
  return {
    $schema: SCHEMA,
    ...SIZE,
    data: { values },
    encoding: axes,
    layer: [
      {
        mark: 'rect',
        encoding: {
          color: {
            field: 'share',
            type: 'quantitative',
            legend: null,
            scale: { scheme: 'blues', domain: [0, 1] }
          }
        }
      },
      {
        mark: { type: 'text', fontSize: 14 },
        encoding: {
          text: { field: 'count', type: 'quantitative', format: ',d' },
          color: {
            condition: { test: 'datum.share > 0.5', value: 'white' },
            value: 'black'
          }
        }
      }
    ]
  };
}

/** Predicted over actual values with the line where both are equal. */
export function predictedChart(evaluation: Evaluation, x: string, y: string): Spec | null {
  if (!evaluation.points?.length) {
    return null;
  }
  const all = evaluation.points.flat();
  const ends = [Math.min(...all), Math.max(...all)];
  const scale = { zero: false };
  return {
    $schema: SCHEMA,
    ...SIZE,
    layer: [
      {
        data: { values: ends.map(value => ({ x: value, y: value })) },
        mark: { type: 'line', strokeDash: [4, 4], color: 'gray' },
        encoding: {
          x: { field: 'x', type: 'quantitative', scale },
          y: { field: 'y', type: 'quantitative', scale }
        }
      },
      {
        data: {
          values: evaluation.points.map(([actual, predicted]) => ({ x: actual, y: predicted }))
        },
        mark: { type: 'point', filled: true, opacity: 0.6, size: 24 },
        encoding: {
          x: { field: 'x', type: 'quantitative', title: x, scale },
          y: { field: 'y', type: 'quantitative', title: y, scale },
          tooltip: [
            { field: 'x', title: x, format: '.4~g' },
            { field: 'y', title: y, format: '.4~g' }
          ]
        }
      }
    ]
  };
}

/** Residuals (actual less predicted) over predicted values. */
export function residualChart(evaluation: Evaluation, x: string, y: string): Spec | null {
  if (!evaluation.points?.length) {
    return null;
  }
  return {
    $schema: SCHEMA,
    ...SIZE,
    layer: [
      { mark: { type: 'rule', strokeDash: [4, 4], color: 'gray' }, encoding: { y: { datum: 0 } } },
      {
        data: {
          values: evaluation.points.map(([actual, predicted]) => ({
            x: predicted,
            y: actual - predicted
          }))
        },
        mark: { type: 'point', filled: true, opacity: 0.6, size: 24 },
        encoding: {
          x: { field: 'x', type: 'quantitative', title: x, scale: { zero: false } },
          y: { field: 'y', type: 'quantitative', title: y }
        }
      }
    ]
  };
}

/** One line a metric over its steps, as they were reported. */
export function historyChart(
  points: readonly { name: string; value: number; step: number }[],
  x: string
): Spec | null {
  const names = new Map<string, number>();
  points.forEach(point => names.set(point.name, (names.get(point.name) ?? 0) + 1));
  const values = points.filter(point => (names.get(point.name) ?? 0) > 1);
  if (!values.length) {
    return null;
  }
  return {
    $schema: SCHEMA,
    ...SIZE,
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'step', type: 'quantitative', title: x },
      y: { field: 'value', type: 'quantitative', title: null, scale: { zero: false } },
      color: { field: 'name', type: 'nominal', title: null }
    }
  };
}
