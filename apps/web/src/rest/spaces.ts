import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, type List } from './client';

export interface Space {
  readonly key: string;
  readonly name: string;
  readonly type: 'global' | 'personal';
  readonly description?: { readonly plain?: { readonly value: string } };
  readonly _links: { readonly webui: string };
}

const spacesAtOnce = 50;

/** The spaces that the reader may see, some at a time. */
export const spacesQuery = infiniteQueryOptions({
  queryKey: ['spaces'],
  initialPageParam: 0,
  queryFn: ({ pageParam, signal }) =>
    get<List<Space>>(`/rest/api/space?expand=description.plain&limit=${spacesAtOnce}&start=${pageParam}`, signal),
  getNextPageParam: (last) => (last._links.next === undefined ? undefined : last.start + last.size),
});

const spaceNamesMax = 200;

/** Names of spaces to choose from. */
export const spaceNamesQuery = queryOptions({
  queryKey: ['space names'],
  queryFn: ({ signal }) => get<List<Space>>(`/rest/api/space?limit=${spaceNamesMax}`, signal),
});

/** The id of a space's home page; null where it has none that the reader may see. What else shows the space doesn't tell it. */
export const homePageIdQuery = (spaceKey: string) =>
  queryOptions({
    queryKey: ['home page id', spaceKey],
    queryFn: async ({ signal }) => {
      const space = await get<{ readonly homepage?: { readonly id: string } }>(
        `/rest/api/space/${encodeURIComponent(spaceKey)}?expand=homepage`,
        signal,
      );
      return space.homepage?.id ?? null;
    },
  });
