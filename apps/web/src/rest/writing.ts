import { queryOptions } from '@tanstack/react-query';
import { ApiError, get, send } from './client';
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

/** An older version, to put together with what was made of it. */
export const versionToMergeQuery = (id: string, number: number) =>
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

/** Longer than a big file takes on a slow line. */
const uploadMillisMax = 600_000;

/** Attaches a file to a page, a new version of it if it has one of that name. `progress` is told shares from 0 to 1. */
export function uploadFile(pageId: string, file: File, progress: (share: number) => void): Promise<void> {
  // fetch doesn't tell how far an upload is.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open('PUT', `/rest/api/content/${encodeURIComponent(pageId)}/child/attachment`);
    request.timeout = uploadMillisMax;
    request.setRequestHeader('X-Atlassian-Token', 'no-check');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new ApiError(request.status, request.responseText.slice(0, 200)));
    request.onerror = () => reject(new ApiError(0, file.name));
    request.ontimeout = () => reject(new ApiError(0, file.name));
    const form = new FormData();
    form.append('file', file, file.name);
    request.send(form);
  });
}

/** Titles of pages that match some words, to link to. */
export const pagesToLinkQuery = (words: string) =>
  queryOptions({
    queryKey: ['pages to link', words],
    queryFn: async ({ signal }) => {
      const cql = `type = page and title ~ "${words.replaceAll(/["\\]/g, ' ')}*"`;
      const found = await get<{ results: readonly { id: string; title: string; space?: { key: string } }[] }>(
        `/rest/api/content/search?cql=${encodeURIComponent(cql)}&limit=8&expand=space`,
        signal,
      );
      return found.results;
    },
    enabled: words.trim().length > 1,
  });
