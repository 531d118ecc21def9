import type { Message, Request } from '../border/request';

/** Ask which cells of a notebook explore, and what they need. */
export function planCells(
  request: Request,
  body: Message<'AnalysisRequest'>
): Promise<Message<'EdaPlan'>> {
  return request('post', '/eda/cells', { body });
}
