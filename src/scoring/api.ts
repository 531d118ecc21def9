import type { Message, Request } from '../border/request';

export type Scoring = Message<'Scoring'>;

/** Keys of the room's queries. */
export const keys = {
  scoring: (id: string) => ['scoring', 'one', id] as const
};

/** Show one scoring. */
export const showScoring = (request: Request, id: string, signal?: AbortSignal) =>
  request('get', '/scoring/{id}', { path: { id }, signal });

/** Score a dataset. The key makes a second press the same scoring. */
export const createScoring = (request: Request, body: Message<'CreateScoring'>, key: string) =>
  request('post', '/scoring', { body, headers: { 'Idempotency-Key': key } });

/** The first rows of a batch as they stand in the dataset: the last `limit` rows of all. */
export async function previewOf(
  request: Request,
  dataset: string,
  rows: number,
  limit: number,
  signal?: AbortSignal
): Promise<Message<'Rows'>> {
  const { rows: total = 0 } = await request('get', '/datasets/{name}', {
    path: { name: dataset },
    signal
  });
  return request('get', '/datasets/{name}/rows', {
    path: { name: dataset },
    query: { offset: Math.max(0, total - rows), limit: Math.min(limit, rows) },
    signal
  });
}
