import { queryOptions } from '@tanstack/react-query';
import { ApiError, get, refusalOf, type List } from './client';

/** A connection over which nothing has moved for so long is dead: the writer can try again, and isn't kept from publishing. */
const stalledMillis = 30_000;
const namesAtOnce = 200;

/** Sends a file to a page's attachments by a request that tells how far it is: fetch doesn't. */
async function sendFile(
  method: 'POST' | 'PUT',
  pageId: string,
  file: File,
  name: string,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const form = new FormData();
  form.append('file', file, name);
  const path = `/rest/api/content/${encodeURIComponent(pageId)}/child/attachment`;
  const request = new XMLHttpRequest();
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const moved = () => {
    clearTimeout(stalled);
    stalled = setTimeout(() => request.abort(), stalledMillis);
  };
  await new Promise<void>((resolve, reject) => {
    request.open(method, path);
    request.setRequestHeader('X-Atlassian-Token', 'no-check');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', document.documentElement.lang);
    request.upload.onprogress = ({ loaded, total }) => {
      moved();
      progress(total === 0 ? 0 : loaded / total);
    };
    request.onload = () => resolve();
    request.onerror = request.onabort = () => reject(new ApiError(0, path));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    moved();
    request.send(form);
  }).finally(() => clearTimeout(stalled));
  if (request.status >= 300) throw refusalOf(request.status, request.responseText, request.statusText);
}

/** Attaches a new file to a page. `progress` is told shares from 0 to 1. Throws ApiError, 400 where the page has a file of that name. */
export const uploadFile = (
  pageId: string,
  file: File,
  name: string,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> => sendFile('POST', pageId, file, name, progress, signal);

/** Attaches a file to a page, a new version of it if the page has one of that name. */
export const uploadVersion = (pageId: string, file: File, progress: (share: number) => void): Promise<void> =>
  sendFile('PUT', pageId, file, file.name, progress);

/** The names of all files of a page. */
export async function fileNames(pageId: string, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  for (;;) {
    const list = await get<List<{ readonly title: string }>>(
      `/rest/api/content/${encodeURIComponent(pageId)}/child/attachment?limit=${namesAtOnce}&start=${names.length}`,
      signal,
    );
    names.push(...list.results.map(({ title }) => title));
    if (list._links.next === undefined || list.size === 0) return names;
  }
}

/** The files that links of a page can go to. */
export const fileNamesQuery = (pageId: string) =>
  queryOptions({
    queryKey: ['file names', pageId],
    queryFn: ({ signal }) => fileNames(pageId, signal),
    staleTime: 0,
  });
