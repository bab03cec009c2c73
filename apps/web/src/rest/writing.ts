import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, send } from './client';
import type { Page, PageReference, Version } from './pages';
import { bodyOf, json } from './requests';
import type { Space } from './spaces';

/** A page as it is edited. */
export interface EditedPage extends PageReference {
  readonly type: Page['type'];
  readonly status: Page['status'];
  readonly space: Space;
  readonly version: Version;
  readonly body: { readonly storage: { readonly value: string } };
}

const expand = 'body.storage,version,space';

export const editedPageQuery = (id: string) =>
  queryOptions({
    queryKey: ['edited page', id],
    queryFn: ({ signal }) =>
      get<EditedPage>(`/rest/api/content/${encodeURIComponent(id)}?expand=${expand}&status=any`, signal),
    // Always what is there now: an old text must not be edited.
    staleTime: 0,
    gcTime: 0,
  });

/** A version as it was written. */
export const writtenVersionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['edited page', id, number],
    queryFn: ({ signal }) =>
      get<EditedPage>(
        `/rest/api/content/${encodeURIComponent(id)}?expand=${expand}&status=historical&version=${number}`,
        signal,
      ),
  });

export interface Writing {
  readonly title: string;
  readonly body: string;
  readonly message: string;
  readonly isMinor: boolean;
}

/**
 * Writes a page's next version, or publishes a draft that was saved last at `followsDraft`. Throws ApiError 409 when somebody else has written it,
 * or has saved the draft since.
 */
export async function savePage(
  { id, type }: Pick<EditedPage, 'id' | 'type'>,
  number: number,
  writing: Writing,
  followsDraft: string | undefined,
): Promise<EditedPage> {
  const { title, body, message, isMinor } = writing;
  const version = { number, message, minorEdit: isMinor };
  const content = { type, title, status: 'current', version, body: bodyOf(body) };
  const follows = followsDraft === undefined ? '' : `&${new URLSearchParams({ followsDraft }).toString()}`;
  const path = `/rest/api/content/${encodeURIComponent(id)}?expand=${expand}${follows}`;
  const response = await send(path, json('PUT', content));
  return response.json() as Promise<EditedPage>;
}

/** Where a page is to be made; a blog post has no parent. */
export interface NewPlace {
  readonly type: Page['type'];
  readonly spaceKey: string;
  readonly parentId: string | undefined;
}

export async function createPage({ type, spaceKey, parentId }: NewPlace, writing: Writing): Promise<EditedPage> {
  const response = await send(
    `/rest/api/content?expand=${expand}`,
    json('POST', {
      type,
      title: writing.title,
      space: { key: spaceKey },
      ...(parentId === undefined ? {} : { ancestors: [{ id: parentId }] }),
      body: bodyOf(writing.body),
    }),
  );
  return response.json() as Promise<EditedPage>;
}

/** Moves a page to the trash. */
export async function trashPage(id: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** A page or a blog post that can be linked to. */
export interface Linkable {
  readonly id: string;
  readonly type: Page['type'];
  readonly title: string;
  readonly space?: { readonly key: string; readonly name: string };
  readonly _links: { readonly webui: string };
}

const titledLike = (types: string, words: string) =>
  queryOptions({
    queryKey: ['to link', types, words],
    queryFn: async ({ signal }) => {
      const cql = `type in (${types}) and title ~ "${words.replaceAll(/["\\]/g, ' ')}*"`;
      const found = await get<{ results: readonly Linkable[] }>(
        `/rest/api/content/search?cql=${encodeURIComponent(cql)}&limit=8&expand=space`,
        signal,
      );
      return found.results;
    },
    enabled: words.trim().length > 1,
  });

/** Pages whose titles match some words, to link to. */
export const pagesToLinkQuery = (words: string) => titledLike('page', words);

/** Pages and blog posts whose titles match some words, to link to; those of the words before until they are there. */
export const contentsToLinkQuery = (words: string) => ({
  ...titledLike('page, blogpost', words),
  placeholderData: keepPreviousData,
});
