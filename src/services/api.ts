import type { Message, Request } from '../border/request';

export type Service = Message<'Service'>;
export type ServiceKey = Message<'ServiceKey'>;

/** Keys of the room's queries. */
export const keys = {
  list: ['services', 'list'] as const,
  service: (name: string) => ['services', 'one', name] as const,
  keys: (name: string) => ['services', 'keys', name] as const
};

/** List services. */
export const listServices = (request: Request, signal?: AbortSignal) =>
  request('get', '/services', { query: { limit: 200 }, signal });

/** Show one service. */
export const showService = (request: Request, name: string, signal?: AbortSignal) =>
  request('get', '/services/{name}', { path: { name }, signal });

/** Publish a run. The request's key makes a second press the same service. */
export const publish = (request: Request, body: Message<'Publish'>, key: string) =>
  request('post', '/services', { body, headers: { 'Idempotency-Key': key } });

/** Start or stop a service. */
export const changeState = (request: Request, name: string, state: 'running' | 'stopped') =>
  request('put', '/services/{name}/state', { path: { name }, body: { state } });

/** Delete a service with its keys. */
export const deleteService = (request: Request, name: string) =>
  request('delete', '/services/{name}', { path: { name } });

/** List the keys of a service. */
export const listKeys = (request: Request, name: string, signal?: AbortSignal) =>
  request('get', '/services/{name}/keys', { path: { name }, signal });

/** Make a key; the answer shows it once. */
export const createKey = (request: Request, name: string, label: string) =>
  request('post', '/services/{name}/keys', { path: { name }, body: { label } });

/** Take a key's right away. */
export const deleteKey = (request: Request, name: string, id: string) =>
  request('delete', '/services/{name}/keys/{id}', { path: { name, id } });

/** Score rows with a service. */
export const invoke = (request: Request, name: string, rows: Record<string, unknown>[]) =>
  request('post', '/services/{name}/invocations', {
    path: { name },
    // One of the four forms; the others stay out of the body.
    body: { dataframe_records: rows } as Message<'Invocation'>
  });

/** Say whether a service is on its way to another state. */
export function isMoving(state: string | undefined): boolean {
  return state === 'starting';
}
