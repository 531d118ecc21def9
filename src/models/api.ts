import type { Message, Request } from '../border/request';

export type Model = Message<'Model'>;
export type Run = Message<'Run'>;
export type RunSummary = Message<'RunSummary'>;
export type Evaluation = Message<'Evaluation'>;

/** The calls of the room; query keys stand beside them. */
export const keys = {
  list: ['models', 'list'] as const,
  model: (name: string) => ['models', 'model', name] as const,
  runs: (name: string) => ['models', 'runs', name] as const,
  run: (name: string, id: string) => ['models', 'run', name, id] as const,
  evaluation: (name: string, id: string) => ['models', 'evaluation', name, id] as const
};

/** List models, newest first. */
export const listModels = (request: Request, recipe?: string, signal?: AbortSignal) =>
  request('get', '/models', { query: { recipe, limit: 200, sort: '-created' }, signal });

/** Show one model. */
export const showModel = (request: Request, name: string, signal?: AbortSignal) =>
  request('get', '/models/{name}', { path: { name }, signal });

/** List a model's runs, newest first. */
export const listRuns = (request: Request, name: string, cursor?: string, signal?: AbortSignal) =>
  request('get', '/models/{name}/runs', {
    path: { name },
    query: { limit: 100, cursor },
    signal
  });

/** Show one run. */
export const showRun = (request: Request, name: string, id: string, signal?: AbortSignal) =>
  request('get', '/models/{name}/runs/{id}', { path: { name, id }, signal });

/** Show what a run's stored predictions look like. */
export const showEvaluation = (request: Request, name: string, id: string, signal?: AbortSignal) =>
  request('get', '/models/{name}/runs/{id}/evaluation', { path: { name, id }, signal });

/** Make a model and start its first run. The key makes a second press the same run. */
export const createModel = (request: Request, body: Message<'CreateModel'>, key: string) =>
  request('post', '/models', { body, headers: { 'Idempotency-Key': key } });

/** Train a model again. */
export const createRun = (
  request: Request,
  name: string,
  body: Message<'CreateRun'>,
  key: string
) =>
  request('post', '/models/{name}/runs', {
    path: { name },
    body,
    headers: { 'Idempotency-Key': key }
  });

/** Delete a model with its runs. */
export const deleteModel = (request: Request, name: string) =>
  request('delete', '/models/{name}', { path: { name } });

/** Delete one run. */
export const deleteRun = (request: Request, name: string, id: string) =>
  request('delete', '/models/{name}/runs/{id}', { path: { name, id } });

/** Say whether a run may still change. */
export function isActive(state: string | undefined): boolean {
  return state === 'pending' || state === 'running';
}
