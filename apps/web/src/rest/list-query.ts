import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';
import { get, type List } from './client';

/**
 * A list that is read some at a time, as one array of what has been read of it; `MoreButton` is the way to more. `start` names the
 * parameter that says from where.
 */
export const listQuery = <T>(queryKey: QueryKey, path: string, limit: number, start: 'start' | 'cursor' = 'start') =>
  infiniteQueryOptions({
    queryKey,
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      const window = new URLSearchParams({ limit: String(limit), [start]: String(pageParam) });
      return get<List<T>>(`${path}${path.includes('?') ? '&' : '?'}${window.toString()}`, signal);
    },
    getNextPageParam: (last, _all, from) => (last._links.next === undefined ? undefined : from + last.size),
    select: ({ pages }): readonly T[] => pages.flatMap(({ results }) => results),
  });
