import { queryOptions } from '@tanstack/react-query';
import { get, isReadOnly } from './client';
import { queryClient } from './queries';

export interface SiteMode {
  readonly readOnly: boolean;
  readonly banner: string | null;
}

const freshMillis = 60_000;

/** Whether the wiki may be changed, for everybody who may use it. */
export const modeQuery = queryOptions({
  queryKey: ['mode'],
  queryFn: ({ signal }) => get<SiteMode>('/rest/tributary/1/mode', signal),
  staleTime: freshMillis,
  refetchInterval: freshMillis,
});

/** Who is refused because of the mode sees the notice of it at once, and not when it is asked for the next time. */
export function learnMode(error: unknown): void {
  if (isReadOnly(error)) void queryClient.invalidateQueries({ queryKey: modeQuery.queryKey });
}
