import { useQuery } from '@tanstack/react-query';
import React from 'react';

import type { Message, Request } from '../border/request';
import { Chart } from '../shared/chart';
import { metric } from '../shared/format';
import { useRequest, useTrans } from '../shared/room-widget';
import { historyChart } from './charts';

type Point = Message<'MetricPoint'>;

/** Read all points that a job reported so far. */
export async function readPoints(
  request: Request,
  job: string,
  signal?: AbortSignal
): Promise<Point[]> {
  const points: Point[] = [];
  let after = 0;
  for (;;) {
    const part = await request('get', '/jobs/{id}/metrics', {
      path: { id: job },
      query: { after },
      signal
    });
    points.push(...part.points);
    if (part.points.length === 0 || part.next === after) {
      return points;
    }
    after = part.next;
  }
}

/** The metrics of a run as they arrive: the last value of each, and a line where there are more. */
export function LiveMetrics(props: { job: string; active: boolean }): JSX.Element | null {
  const trans = useTrans();
  const request = useRequest();
  const { data: points = [] } = useQuery({
    queryKey: ['jobs', 'metrics', props.job],
    queryFn: ({ signal }) => readPoints(request, props.job, signal),
    refetchInterval: props.active ? 1000 : false
  });
  const last = new Map(points.map(point => [point.name, point.value]));
  const history = historyChart(points, trans.__('step'));
  if (last.size === 0) {
    return null;
  }
  return (
    <section aria-label={trans.__('Metrics')} aria-live="polite">
      <ul className="ck-Metrics">
        {[...last].map(([name, value]) => (
          <li key={name}>
            <span className="ck-Metrics-value">{metric(value)}</span>
            <span className="ck-Metrics-name">{name}</span>
          </li>
        ))}
      </ul>
      {history && <Chart spec={history} label={trans.__('Metrics by step')} />}
    </section>
  );
}
