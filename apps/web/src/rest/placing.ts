import { queryOptions } from '@tanstack/react-query';
import { quoted } from '../search/cql';
import { get, send, type List } from './client';
import type { PageReference } from './pages';
import { json } from './requests';

const foundMax = 8;

/** A page that another can be put at. */
export type Place = PageReference;

/** Pages of a space whose titles have some words; without words its home page. */
export const placesQuery = (spaceKey: string, words: string) =>
  queryOptions({
    queryKey: ['places', spaceKey, words],
    queryFn: async ({ signal }): Promise<readonly Place[]> => {
      if (words === '') {
        const path = `/rest/api/space/${encodeURIComponent(spaceKey)}?expand=homepage`;
        const { homepage } = await get<{ homepage?: Place }>(path, signal);
        return homepage ? [homepage] : [];
      }
      const cql = `type = page and space = ${quoted(spaceKey)} and title ~ ${quoted(words)}`;
      const parameters = new URLSearchParams({ cql, limit: String(foundMax) });
      return (await get<List<Place>>(`/rest/api/content/search?${parameters.toString()}`, signal)).results;
    },
    enabled: spaceKey !== '',
  });

/** Comments stay with the original. */
const along = { copyAttachments: true, copyLabels: true, copyPermissions: true, copyProperties: true };

/** Copies a page with those below it to below another one, each title with words before it; answers the long task that does it. */
export async function copyHierarchy(id: string, prefix: string, parentId: string): Promise<string> {
  const body = { destinationPageId: parentId, copyDescendants: true, titleOptions: { prefix }, ...along };
  const answer = await send(`/rest/api/content/${encodeURIComponent(id)}/pagehierarchy/copy`, json('POST', body));
  return ((await answer.json()) as { readonly id: string }).id;
}

/** Copies a page below another one; answers the copy. */
export async function copyPage(id: string, title: string, parentId: string): Promise<Place> {
  const body = { pageTitle: title, destination: { type: 'parent_page', value: parentId }, ...along };
  const answer = await send(`/rest/api/content/${encodeURIComponent(id)}/copy`, json('POST', body));
  return answer.json() as Promise<Place>;
}
