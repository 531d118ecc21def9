import { QueryClient } from '@tanstack/react-query';

import { Failure } from './failure';

/** Give up at once where asking again cannot help; wait for a server that restarts. */
export function shouldRetry(count: number, error: unknown): boolean {
  const passing = error instanceof Failure && (error.status === 0 || error.status === 503);
  return passing && count < 5;
}

/**
 * The one cache of what the server said. Keys begin with the room's name, so that an event about
 * a room makes all of its queries stale.
 */
export function makeQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        retryDelay: count => Math.min(1000 * 2 ** count, 8000),
        staleTime: 15_000,
        refetchOnWindowFocus: false
      }
    }
  });
}
