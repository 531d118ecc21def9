import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { Message, Request } from '../border/request';
import { useRequest } from '../shared/room-widget';

export type Job = Message<'Job'>;
export type MetricPoint = Message<'MetricPoint'>;

/** The query of the jobs that have not ended, which several parts look at. */
export const ACTIVE = ['jobs', 'active'];

/** Read the jobs that have not ended, newest first. */
export function readActive(request: Request) {
  return request('get', '/jobs', { query: { state: 'active', limit: 100 } });
}

/** The jobs whose title holds the filter, newest first. */
export function useJobs(filter: string, limit: number) {
  const request = useRequest();
  return useQuery({
    queryKey: ['jobs', 'list', filter, limit],
    queryFn: ({ signal }) => request('get', '/jobs', { query: { filter, limit }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: query => {
      const items = query.state.data?.items ?? [];
      return items.some(job => job.state === 'pending' || job.state === 'running') ? 1500 : false;
    }
  });
}

/** Ask the server to cancel a job. */
export function cancelJob(request: Request, id: string): Promise<Job> {
  return request('post', '/jobs/{id}/cancellation', { path: { id } });
}
