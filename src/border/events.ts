import type { Event } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { QueryClient } from '@tanstack/react-query';

/** The schema of "something changed in a room". */
export const CHANGES = 'https://schema.cookhouse.dev/changes/v1';

/** What a change event says: the room's name and a counter, nothing else. */
interface IChange {
  schema_id?: string;
  room?: unknown;
  counter?: unknown;
}

/**
 * Make a room's queries stale when the server says that something changed there.
 *
 * Events have no replay: when the stream was broken everything may be stale, and TanStack Query
 * re-reads on the next look because `staleTime` is short.
 */
export function followChanges(stream: Event.Stream, queries: QueryClient): IDisposable {
  const onEvent = (_: unknown, event: IChange): void => {
    if (event.schema_id === CHANGES && typeof event.room === 'string') {
      // A read that is under way goes on: a room that changes often would never be read otherwise.
      void queries.invalidateQueries({ queryKey: [event.room] }, { cancelRefetch: false });
    }
  };
  stream.connect(onEvent);
  return new DisposableDelegate(() => {
    stream.disconnect(onEvent);
  });
}
