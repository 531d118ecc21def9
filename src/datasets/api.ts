import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { Message, Request } from '../border/request';
import { useRequest } from '../shared/room-widget';

export type Dataset = Message<'Dataset'>;
export type Batch = Message<'Batch'>;
export type Rows = Message<'Rows'>;
export type Schema = Message<'Schema'>;
export type SchemaField = Message<'SchemaField'>;
export type FieldNote = Partial<Message<'FieldNote'>> & { path: string };
export type Job = Message<'Job'>;

/** What a dataset's rows are asked by. */
export interface IView {
  sort: string;
  filter: string;
}

/** The datasets whose name holds the filter, newest change first. */
export function useDatasets(filter: string, limit: number) {
  const request = useRequest();
  return useQuery({
    queryKey: ['datasets', 'list', filter, limit],
    queryFn: ({ signal }) =>
      request('get', '/datasets', { query: { filter, limit, sort: '-updated' }, signal }),
    placeholderData: keepPreviousData
  });
}

/** One dataset. */
export function useDataset(name: string) {
  const request = useRequest();
  return useQuery({
    queryKey: ['datasets', 'one', name],
    queryFn: ({ signal }) => request('get', '/datasets/{name}', { path: { name }, signal })
  });
}

/** The batches of a dataset, newest first. */
export function useBatches(name: string, limit: number) {
  const request = useRequest();
  return useQuery({
    queryKey: ['datasets', 'batches', name, limit],
    queryFn: ({ signal }) =>
      request('get', '/datasets/{name}/batches', { path: { name }, query: { limit }, signal }),
    placeholderData: keepPreviousData
  });
}

/** The schema of a dataset. */
export function useSchema(name: string) {
  const request = useRequest();
  return useQuery({
    queryKey: ['datasets', 'schema', name],
    queryFn: ({ signal }) => request('get', '/datasets/{name}/schema', { path: { name }, signal })
  });
}

/** The first rows of a view: its columns, and how many rows it has. */
export function useFirstRows(name: string, version: number | null | undefined, view: IView) {
  const request = useRequest();
  return useQuery({
    queryKey: ['datasets', 'rows', name, version, view],
    queryFn: ({ signal }) => readRows(request, name, view, 0, 100, signal),
    placeholderData: keepPreviousData
  });
}

/** A page of a view's rows. */
export function readRows(
  request: Request,
  name: string,
  view: IView,
  offset: number,
  limit: number,
  signal?: AbortSignal
): Promise<Rows> {
  const query = { offset, limit, sort: view.sort || null, filter: view.filter || null };
  return request('get', '/datasets/{name}/rows', { path: { name }, query, signal });
}

/** Store what a person says of fields; refused where somebody else changed the schema since. */
export function annotate(
  request: Request,
  name: string,
  etag: string,
  note: FieldNote
): Promise<Schema> {
  const { path, description = null, identity = null, mark = null } = note;
  return request('patch', '/datasets/{name}/schema', {
    path: { name },
    body: { notes: [{ path, description, identity, mark }] },
    headers: { 'If-Match': `"${etag}"` }
  });
}

/** Where data comes from: finished uploads, or files below the server's root. */
export interface ISource {
  uploads: string[];
  paths: string[];
}

/** Add files to a dataset as one batch; the same key again answers with the same job. */
export function ingest(request: Request, name: string, source: ISource, key: string): Promise<Job> {
  return request('post', '/datasets/{name}/batches', {
    path: { name },
    body: { ...source, format: null, create: true, description: '' },
    headers: { 'Idempotency-Key': key }
  });
}
