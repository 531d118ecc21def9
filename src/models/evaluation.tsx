import { useQuery } from '@tanstack/react-query';
import React from 'react';

import { Chart } from '../shared/chart';
import { count, metric } from '../shared/format';
import { useRequest, useTrans } from '../shared/room-widget';
import { Table } from '../shared/table';
import { Failed, Waiting } from '../shared/waiting';
import { type Evaluation, keys, showEvaluation } from './api';
import {
  confusionChart,
  precisionRecallChart,
  predictedChart,
  residualChart,
  rocChart,
  type Spec
} from './charts';

/** The charts and the table of metrics of a finished run, from its stored predictions. */
export function EvaluationView(props: { model: string; id: string }): JSX.Element {
  const trans = useTrans();
  const request = useRequest();
  const { data, error } = useQuery({
    queryKey: keys.evaluation(props.model, props.id),
    queryFn: ({ signal }) => showEvaluation(request, props.model, props.id, signal),
    staleTime: Infinity
  });
  const charts = useCharts(data);
  if (error) {
    return <Failed error={error} />;
  }
  if (!data) {
    return <Waiting />;
  }
  return (
    <div className="ck-Evaluation">
      <p className="ck-Sentence">
        {trans._n('From %1 test row.', 'From %2 test rows.', data.rows, count(data.rows))}
        {data.sampled ? ' ' + trans.__('The charts show %1 of them.', count(data.sampled)) : ''}
      </p>
      <div className="ck-Charts">
        {charts.map(([title, spec]) => (
          <figure key={title}>
            <figcaption>{title}</figcaption>
            <Chart spec={spec} label={title} />
          </figure>
        ))}
      </div>
      <Table
        label={trans.__('Metrics')}
        rows={Object.entries(data.metrics)}
        rowKey={([name]) => name}
        empty={trans.__('The notebook computed no metric.')}
        columns={[
          {
            id: 'name',
            title: trans.__('Metric'),
            render: ([name]) =>
              name === data.metric ? trans.__("%1 (the notebook's)", name) : name
          },
          {
            id: 'value',
            title: trans.__('Value'),
            align: 'end',
            render: ([, value]) => metric(value)
          }
        ]}
      />
    </div>
  );
}

function useCharts(data: Evaluation | undefined): [string, Spec][] {
  const trans = useTrans();
  return React.useMemo(() => {
    if (!data) {
      return [];
    }
    const [actual, predicted] = [trans.__('Actual'), trans.__('Predicted')];
    const [recall, precision] = [trans.__('Recall'), trans.__('Precision')];
    const all: [string, Spec | null][] = [
      [
        trans.__('ROC curve'),
        rocChart(data, trans.__('False positive rate'), trans.__('True positive rate'))
      ],
      [trans.__('Precision and recall'), precisionRecallChart(data, recall, precision)],
      [trans.__('Confusion matrix'), confusionChart(data, predicted, actual)],
      [trans.__('Predicted against actual'), predictedChart(data, actual, predicted)],
      [trans.__('Residuals'), residualChart(data, predicted, trans.__('Actual less predicted'))]
    ];
    return all.filter((item): item is [string, Spec] => item[1] !== null);
  }, [data, trans]);
}
