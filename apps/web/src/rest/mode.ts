import { queryOptions } from '@tanstack/react-query';
import { get } from './client';

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
