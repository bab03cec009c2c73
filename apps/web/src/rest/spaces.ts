import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, type List } from './client';
import { queryClient } from './queries';

export interface Space {
  readonly key: string;
  readonly name: string;
  readonly type: 'global' | 'personal';
  readonly status: 'current' | 'archived';
  readonly description?: { readonly plain?: { readonly value: string } };
  readonly _links: { readonly webui: string };
}

const spacesAtOnce = 50;

const spacesOf = (status: Space['status']) =>
  infiniteQueryOptions({
    queryKey: ['spaces', status],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      get<List<Space>>(
        `/rest/api/space?status=${status}&expand=description.plain&limit=${spacesAtOnce}&start=${pageParam}`,
        signal,
      ),
    getNextPageParam: (last) => (last._links.next === undefined ? undefined : last.start + last.size),
  });

/** The spaces in use that the reader may see, some at a time. */
export const spacesQuery = spacesOf('current');

/** Those that were put away. */
export const archivedSpacesQuery = spacesOf('archived');

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

/** Reads anew what is shown of spaces: one was made, changed or deleted. */
export async function spacesChanged(): Promise<void> {
  for (const name of ['space settings', 'spaces', 'space names']) {
    await queryClient.invalidateQueries({ queryKey: [name] });
  }
}
