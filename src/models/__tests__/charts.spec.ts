import type { Evaluation } from '../api';
import { confusionChart, historyChart, predictedChart, residualChart, rocChart } from '../charts';

const empty: Evaluation = {
  task: 'classification',
  rows: 4,
  metrics: {},
  metric: null,
  classes: [],
  roc: [],
  precision_recall: [],
  confusion: null,
  points: [],
  sampled: null
};

/** All data values of a spec, wherever they stand. */
function valuesOf(spec: unknown): Record<string, unknown>[] {
  if (Array.isArray(spec)) {
    return spec.flatMap(valuesOf);
  }
  if (typeof spec !== 'object' || spec === null) {
    return [];
  }
  const { values } = ((spec as { data?: { values?: unknown } }).data ?? {}) as { values?: never[] };
  return [...(values ?? []), ...Object.values(spec).flatMap(valuesOf)];
}

describe('charts of an evaluation', () => {
  it('are absent where there is nothing to draw', () => {
    expect(rocChart(empty, 'x', 'y')).toBeNull();
    expect(confusionChart(empty, 'x', 'y')).toBeNull();
    expect(predictedChart(empty, 'x', 'y')).toBeNull();
    expect(residualChart(empty, 'x', 'y')).toBeNull();
  });

  it('draw every point of a ROC curve in its order, and the line of chance', () => {
    const roc = [{ name: '1', x: [0, 0.5, 1], y: [0, 0.9, 1] }];
    const values = valuesOf(rocChart({ ...empty, roc }, 'fpr', 'tpr'));
    expect(values).toContainEqual({ x: 0.5, y: 0.9, class: '1', order: 1 });
    expect(values).toHaveLength(5);
  });

  it('write each count of the confusion matrix with its share of the actual class', () => {
    const confusion = {
      labels: ['no', 'yes'],
      counts: [
        [3, 1],
        [0, 4]
      ]
    };
    const values = valuesOf(confusionChart({ ...empty, confusion }, 'p', 'a'));
    expect(values).toContainEqual({ actual: 'no', predicted: 'yes', count: 1, share: 0.25 });
    expect(values).toHaveLength(4);
  });

  it('draw residuals as actual less predicted', () => {
    const values = valuesOf(residualChart({ ...empty, points: [[3, 2]] }, 'p', 'r'));
    expect(values).toEqual([{ x: 2, y: 1 }]);
  });

  it('draw a history only of metrics that were reported more than once', () => {
    const points = [
      { name: 'loss', value: 2, step: 1 },
      { name: 'loss', value: 1, step: 2 },
      { name: 'accuracy', value: 0.9, step: 1 }
    ];
    expect(valuesOf(historyChart(points, 'step'))).toHaveLength(2);
    expect(historyChart(points.slice(2), 'step')).toBeNull();
  });
});
