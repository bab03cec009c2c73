import { queryOptions } from '@tanstack/react-query';
import { get, getBeside, send } from './client';
import { listQuery } from './list-query';
import type { Operation, PageReference, Version } from './pages';
import type { Space } from './spaces';

/** What hangs on a page beside its text. */

/** What the reader may do with a page; asked for apart from its text, which is the same for all who may read it. */
export const operationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['operations', id],
    queryFn: async ({ signal }) => {
      const { operations } = await getBeside<{ readonly operations: readonly Operation[] }>(
        `/rest/api/content/${encodeURIComponent(id)}?expand=operations`,
        signal,
      );
      return operations.map(({ operation }) => operation);
    },
  });

/** Makes an old version's text the newest version. */
export async function restoreVersion(id: string, versionNumber: number, message: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(id)}/version`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ operationKey: 'restore', params: { versionNumber, message, restoreTitle: false } }),
  });
}

export async function addLabel(id: string, name: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(id)}/label`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify([{ prefix: 'global', name }]),
  });
}

export async function removeLabel(id: string, name: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(id)}/label?${new URLSearchParams({ name }).toString()}`, {
    method: 'DELETE',
  });
}

/** Who wrote a page, and when. */
export interface History {
  readonly createdDate: string;
  readonly createdBy: { readonly displayName: string };
  readonly contributors: {
    readonly publishers: { readonly users: readonly { readonly userKey?: string; readonly displayName: string }[] };
  };
}

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['history', id],
    queryFn: ({ signal }) =>
      get<History>(`/rest/api/content/${encodeURIComponent(id)}/history?expand=contributors`, signal),
  });

const linksAtOnce = 25;

/** The pages that link to a page, those changed last first. */
export const incomingLinksQuery = (id: string) =>
  listQuery<PageReference & { readonly space: Space }>(
    ['incoming links', id],
    `/rest/tributary/1/content/${id}/incoming-links?expand=space`,
    linksAtOnce,
  );

/** Whether the reader is told of changes to a page. */
export const watchQuery = (id: string) =>
  queryOptions({
    queryKey: ['watch', id],
    queryFn: async ({ signal }) =>
      (
        await getBeside<{ readonly watching: boolean }>(
          `/rest/api/user/watch/content/${encodeURIComponent(id)}`,
          signal,
        )
      ).watching,
  });

const watchedAtOnce = 8;

/** What somebody watches, to be found again. */
export interface WatchedPage extends PageReference {
  readonly version: Version;
  readonly space: Space;
}

/** The pages that the reader watches, those changed last first. */
export const watchedQuery = listQuery<WatchedPage>(
  ['watched', 'content'],
  '/rest/tributary/1/watched/content?expand=version,space',
  watchedAtOnce,
);

/** The spaces that the reader watches. */
export const watchedSpacesQuery = listQuery<Space>(
  ['watched', 'spaces'],
  '/rest/tributary/1/watched/space',
  watchedAtOnce,
);

export async function setWatching(id: string, watching: boolean): Promise<void> {
  await send(`/rest/api/user/watch/content/${encodeURIComponent(id)}`, { method: watching ? 'POST' : 'DELETE' });
}

/** A file of a page. */
export interface Attachment {
  readonly id: string;
  readonly title: string;
  readonly version: Version;
  readonly history: { readonly createdBy: { readonly userKey?: string } };
  readonly extensions: { readonly fileSize: number; readonly comment: string; readonly mediaType: string };
  readonly _links: { readonly download: string };
}

const attachmentsAtOnce = 50;

export const attachmentsQuery = (id: string) =>
  listQuery<Attachment>(
    ['attachments', id],
    `/rest/api/content/${id}/child/attachment?expand=version,history`,
    attachmentsAtOnce,
  );

/** Moves a file to the trash. */
export async function trashAttachment(pageId: string, id: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(pageId)}/child/attachment/${encodeURIComponent(id)}`, {
    method: 'DELETE',
  });
}
