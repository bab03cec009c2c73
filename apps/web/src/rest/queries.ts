import { QueryCache } from '@tanstack/react-query';
import { ApiError, isTemporary } from './client';
import { FreshQueryClient } from './fresh-query-client';
import { nobody, sessionQuery, type User } from './session';
import { siteQuery } from './site';

/** What was read is shown again at once for this long, so that a page prefetched on hover isn't asked for twice. */
const freshMillis = 5_000;
const attemptsMax = 4;
const firstPauseMillis = 300;

/** What this application knows of the server. Reads are repeated when a gateway goes; writes never are. */
export const queryClient = new FreshQueryClient({
  queryCache: new QueryCache({
    onError(error) {
      // The session ended elsewhere, or its time is over.
      if (error instanceof ApiError && error.status === 401) queryClient.setQueryData(sessionQuery.queryKey, nobody);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: freshMillis,
      // A wiki on an intranet is there though the browser believes that it is offline.
      networkMode: 'always',
      retry: (failures, error) => isTemporary(error) && failures < attemptsMax - 1,
      retryDelay: (failures) => firstPauseMillis * 2 ** failures,
    },
    mutations: { networkMode: 'always' },
  },
});

/** What is the same whoever reads. */
const ofEverybody: readonly unknown[] = [sessionQuery.queryKey[0], siteQuery.queryKey[0]];

/** Somebody else is at this browser now: what was read before was read as who they were. */
export function changeUser(user: User): void {
  queryClient.setQueryData(sessionQuery.queryKey, user);
  queryClient.removeQueries({ predicate: (query) => !ofEverybody.includes(query.queryKey[0]) });
}
