import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, type List } from './client';

/** Somebody who can be mentioned. */
export interface Person {
  readonly userKey: string;
  readonly username: string;
  readonly displayName: string;
}

const shownMax = 8;

/** People with these characters in their name. */
export const peopleQuery = (words: string) =>
  queryOptions({
    queryKey: ['people', words],
    queryFn: async ({ signal }) => {
      const parameters = new URLSearchParams({ q: words, limit: String(shownMax) });
      return (await get<List<Person>>(`/rest/tributary/1/users/search?${parameters.toString()}`, signal)).results;
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** Somebody by their key or their username, for their name. */
export const personQuery = (named: { readonly key: string } | { readonly username: string }) =>
  queryOptions({
    queryKey: ['person', named],
    queryFn: ({ signal }) => get<Person>(`/rest/api/user?${new URLSearchParams(named).toString()}`, signal),
    staleTime: Infinity,
  });
