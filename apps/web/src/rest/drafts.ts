import { queryOptions } from '@tanstack/react-query';
import { get, send } from './client';
import { listQuery } from './list-query';
import { json, bodyOf } from './requests';
import type { NewPlace } from './writing';

/** What the writer has changed of a published page and not published. */
export interface Draft {
  readonly title: string;
  readonly body: { readonly storage: { readonly value: string } };
  /** The version that it was made from. */
  readonly version: number;
  readonly revision: number;
  readonly savedAt: string;
}

const pathOf = (id: string): string => `/rest/tributary/1/drafts/${encodeURIComponent(id)}`;

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['draft', id],
    queryFn: async ({ signal }) => (await get<{ readonly draft: Draft | null }>(pathOf(id), signal)).draft,
    staleTime: 0,
    gcTime: 0,
  });

/** A draft on its way to the wiki. `session` is the editor that it comes from, `revision` the one that it follows. */
export interface DraftToSave {
  readonly title: string;
  readonly body: string;
  readonly version: number;
  readonly revision: number;
  readonly session: string;
}

/** Keeps a draft of a published page. Throws ApiError 409 when another editor of the same writer has saved it since `revision`. */
export async function saveDraft(
  id: string,
  { body, ...draft }: DraftToSave,
  keepalive: boolean,
): Promise<{ readonly revision: number; readonly savedAt: string }> {
  const response = await send(pathOf(id), { ...json('PUT', { ...draft, body: bodyOf(body) }), keepalive });
  return response.json() as Promise<{ revision: number; savedAt: string }>;
}

/** How a draft's body has changed since `revision`: `value` stands between its first `start` and its last `end` characters. */
export interface DraftChange extends Omit<DraftToSave, 'body'> {
  readonly change: { readonly start: number; readonly end: number; readonly value: string };
}

/** Keeps a draft whose last save the wiki has. Throws ApiError where it can't be put together with that: the whole is to be saved. */
export async function changeDraft(
  id: string,
  change: DraftChange,
  keepalive: boolean,
): Promise<{ readonly revision: number; readonly savedAt: string }> {
  const response = await send(`${pathOf(id)}/changes`, { ...json('POST', change), keepalive });
  return response.json() as Promise<{ revision: number; savedAt: string }>;
}

export async function discardDraft(id: string): Promise<void> {
  await send(pathOf(id), { method: 'DELETE' });
}

/** One of the writer's drafts, as the dashboard lists it. */
export interface ListedDraft {
  readonly contentId: string;
  readonly title: string;
  readonly status: 'current' | 'draft' | 'trashed';
  readonly space: { readonly key: string; readonly name: string };
  readonly savedAt: string;
  readonly _links: { readonly edit: string };
}

const draftsAtOnce = 8;

export const myDraftsQuery = {
  ...listQuery<ListedDraft>(['drafts'], '/rest/tributary/1/drafts', draftsAtOnce),
  staleTime: 0,
};

/** A draft as content. Until somebody saves over it, when it was made is when it was saved last. */
export interface DraftContent {
  readonly id: string;
  readonly history: { readonly createdDate: string };
}

/** A page that was never published: Confluence's content with the status `draft`. Title and body may be empty. */
export interface NewPage extends NewPlace {
  readonly title: string;
  readonly body: string;
}

/** Creates it once for a key: asked again, it answers what the first time made, however the text was then. */
export async function createDraftPage(
  { type, spaceKey, parentId, title, body }: NewPage,
  idempotencyKey: string,
): Promise<DraftContent> {
  const content = {
    type,
    status: 'draft',
    space: { key: spaceKey },
    ...(title === '' ? {} : { title }),
    ...(parentId === undefined ? {} : { ancestors: [{ id: parentId }] }),
    body: bodyOf(body),
  };
  const request = json('POST', content);
  const headers = { ...request.headers, 'Idempotency-Key': idempotencyKey };
  const response = await send('/rest/api/content?expand=history', { ...request, headers });
  return response.json() as Promise<DraftContent>;
}

/** Saves over a draft that was saved last at `follows`. Throws ApiError 409 when it was saved since, in another editor. */
export async function saveDraftPage(
  id: string,
  { type, title, body }: Pick<NewPage, 'type' | 'title' | 'body'>,
  follows: string,
  keepalive: boolean,
): Promise<{ readonly version: { readonly when: string } }> {
  const content = {
    type,
    status: 'draft',
    version: { number: 1 },
    // A title that was cleared stays what it was until there is another.
    ...(title === '' ? {} : { title }),
    body: bodyOf(body),
  };
  const query = new URLSearchParams({ status: 'draft', expand: 'version', followsDraft: follows });
  const path = `/rest/api/content/${encodeURIComponent(id)}?${query.toString()}`;
  const response = await send(path, { ...json('PUT', content), keepalive });
  return response.json() as Promise<{ version: { when: string } }>;
}

export async function discardDraftPage(id: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(id)}?status=draft`, { method: 'DELETE' });
}
