import React, { useEffect, useState } from 'react';

import { Failure, sentenceOf } from '../border/failure';
import type { Request } from '../border/request';
import { Chart } from '../shared/chart';
import { metric } from '../shared/format';
import { useRequest, useTrans } from '../shared/room-widget';
import { Table } from '../shared/table';
import type { MetricPoint } from './api';
import { curves, curvesSpec, lastValues } from './metrics';

const PAUSE = 1000;

/** The metrics that a job reported, live: last values, and curves where there is more than one. */
export function Metrics(props: { id: string }): JSX.Element {
  const trans = useTrans();
  const { points, problem } = useMetrics(props.id);
  const drawn = curves(points);
  return (
    <>
      {problem && (
        <p className="ck-Problem" role="alert">
          {problem}
        </p>
      )}
      <Table
        label={trans.__('Metrics')}
        rows={lastValues(points)}
        rowKey={point => point.name}
        empty={trans.__('This job has reported no metric.')}
        columns={[
          { id: 'name', title: trans.__('Metric'), render: point => point.name },
          {
            id: 'value',
            title: trans.__('Last value'),
            align: 'end',
            render: point => metric(point.value)
          },
          { id: 'step', title: trans.__('Step'), align: 'end', render: point => point.step }
        ]}
      />
      {drawn.length > 0 && <Chart spec={curvesSpec(drawn)} label={trans.__('Metrics by step')} />}
    </>
  );
}

function useMetrics(id: string): { points: MetricPoint[]; problem: string } {
  const request = useRequest();
  const [points, setPoints] = useState<MetricPoint[]>([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    setPoints([]);
    const add = (more: MetricPoint[]): void => {
      setProblem('');
      if (more.length) {
        setPoints(old => [...old, ...more]);
      }
    };
    void follow(request, id, stop.signal, add, error => setProblem(sentenceOf(error)));
    return () => stop.abort();
  }, [request, id]);
  return { points, problem };
}

async function follow(
  request: Request,
  id: string,
  signal: AbortSignal,
  add: (points: MetricPoint[]) => void,
  fail: (error: unknown) => void
): Promise<void> {
  let after = 0;
  while (!signal.aborted) {
    try {
      const part = await request('get', '/jobs/{id}/metrics', {
        path: { id },
        query: { after },
        signal
      });
      after = part.next;
      add(part.points);
      if (part.complete) {
        return;
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      fail(error);
      if (error instanceof Failure && error.status >= 400 && error.status < 500) {
        return;
      }
    }
    await new Promise(resolve => setTimeout(resolve, PAUSE));
  }
}
