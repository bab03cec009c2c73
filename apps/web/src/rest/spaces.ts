import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, nextStart, send, type List } from './client';
import { listQuery } from './list-query';
import { queryClient } from './queries';
import { json } from './requests';

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
    getNextPageParam: nextStart,
  });

/** The spaces in use that the reader may see, some at a time. */
export const spacesQuery = spacesOf('current');

/** Those that were put away. */
export const archivedSpacesQuery = spacesOf('archived');

const spaceNamesAtOnce = 200;

/** Names of spaces to choose from. */
export const spaceNamesQuery = listQuery<Space>(['space names'], '/rest/api/space', spaceNamesAtOnce);

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

/** A space with what the reader may do in it. */
export interface SpaceOfWriter extends Space {
  readonly permissions: readonly { readonly operation: { readonly targetType: string; readonly operation: string } }[];
  /** The path of the home page's own resource; empty where there is none that the reader may see. */
  readonly _expandable: { readonly homepage: string };
}

/** A space that somebody may want to write in. */
export const spaceToWriteInQuery = (spaceKey: string) =>
  queryOptions({
    queryKey: ['space to write in', spaceKey],
    queryFn: ({ signal }) =>
      get<SpaceOfWriter>(`/rest/api/space/${encodeURIComponent(spaceKey)}?expand=permissions`, signal),
  });

/** The spaces in use with what the reader may do in them, some at a time. */
export const spacesToWriteInQuery = listQuery<SpaceOfWriter>(
  ['spaces', 'to write in'],
  '/rest/api/space?status=current&expand=permissions',
  spacesAtOnce,
);

/** Whether the reader has a right in the space. */
export const mayIn = ({ permissions }: SpaceOfWriter, target: string, right: string): boolean =>
  permissions.some(({ operation }) => operation.targetType === target && operation.operation === right);

/** Whether the reader may make such a content in the space. */
export const mayWriteIn = (space: SpaceOfWriter, type: 'page' | 'blogpost'): boolean =>
  space.status === 'current' && mayIn(space, type, 'create');

/** The id of a space's home page, where the reader may see it. */
export const homeIdOf = ({ _expandable: { homepage } }: SpaceOfWriter): string | undefined =>
  homepage.split('/').at(-1) || undefined;

/** Makes a space with a home page; who makes it has all rights in it. Throws ApiError 400 for a key that is taken. */
export async function createSpace(space: { name: string; key: string; description: string }): Promise<Space> {
  const description = { plain: { value: space.description, representation: 'plain' } };
  return (await send('/rest/api/space', json('POST', { ...space, description }))).json() as Promise<Space>;
}

/** Reads anew what is shown of spaces: one was made, changed or deleted. */
export async function spacesChanged(): Promise<void> {
  for (const name of ['space settings', 'spaces', 'space names', 'space to write in']) {
    await queryClient.invalidateQueries({ queryKey: [name] });
  }
}
