import { queryOptions } from '@tanstack/react-query';
import { currentLanguage } from '../messages/language';
import { ApiError, get, getBeside, send, type List } from './client';
import { listQuery } from './list-query';
import { titledParameters, type TitledAddress } from '../pages/addresses';
import { queryClient } from './queries';
import type { Space } from './spaces';

export interface Version {
  readonly number: number;
  readonly when: string;
  readonly message: string;
  readonly by: { readonly displayName: string };
}

/** What the reader may do with a content. */
export interface Operation {
  readonly operation: 'read' | 'update' | 'delete' | 'restrict';
}

/** A place in the tree. */
export interface PageReference {
  readonly id: string;
  readonly title: string;
  readonly _links: { readonly webui: string; readonly tinyui?: string };
}

/** A page with all that reading it needs. */
export interface Page extends PageReference {
  readonly type: 'page' | 'blogpost';
  readonly status: 'current' | 'historical' | 'draft' | 'trashed';
  readonly space: Space;
  readonly version: Version;
  readonly body: { readonly view: { readonly value: string } };
  readonly ancestors: readonly PageReference[];
  readonly metadata: { readonly labels: { readonly results: readonly { readonly name: string }[] } };
}

export interface ChildPage extends PageReference {
  readonly childTypes: { readonly page: { readonly value: boolean } };
}

const parts = ['body.view', 'version', 'space', 'ancestors', 'metadata.labels'];
const expand = parts.join(',');
/** As many as a list shows at once. */
const childrenAtOnce = 200;
const versionsAtOnce = 50;

/** A page's text is rendered in the reader's language. */
const pageKey = (...names: readonly (string | number)[]) => ['page', currentLanguage(), ...names];

/** A page, in its current version or an older one. */
export const pageQuery = (id: string, version?: number) =>
  queryOptions({
    queryKey: pageKey('id', id, version ?? 'current'),
    queryFn: ({ signal }) => {
      const old = version === undefined ? '' : `&status=historical&version=${version}`;
      return get<Page>(`/rest/api/content/${encodeURIComponent(id)}?expand=${expand}${old}`, signal);
    },
  });

/** The page that has a title in a space, or the blog post of a day. */
export const titledPageQuery = (address: TitledAddress) =>
  queryOptions({
    queryKey: pageKey('title', ...Object.values(titledParameters(address))),
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ ...titledParameters(address), expand, limit: '1' });
      const [found] = (await get<List<Page>>(`/rest/api/content?${query.toString()}`, signal)).results;
      if (!found) throw new ApiError(404, address.title);
      return found;
    },
  });

/** Where the page is now that had a title in a space before it was renamed or moved; null where there is none for the reader. */
export const onceCalledQuery = (spaceKey: string, title: string) =>
  queryOptions({
    queryKey: ['once called', spaceKey, title],
    queryFn: async ({ signal }): Promise<string | null> => {
      const query = new URLSearchParams({ spaceKey, title });
      const path = `/rest/tributary/1/renamed-page?${query.toString()}`;
      return (await get<{ readonly page: PageReference | null }>(path, signal)).page?._links.webui ?? null;
    },
    staleTime: 0,
  });

/** A space with its home page, if it has one. */
export const spaceHomeQuery = (spaceKey: string) =>
  queryOptions({
    queryKey: pageKey('home', spaceKey),
    queryFn: ({ signal }) => {
      const home = ['homepage', ...parts.map((part) => `homepage.${part}`)].join(',');
      return get<Space & { readonly homepage?: Page }>(
        `/rest/api/space/${encodeURIComponent(spaceKey)}?expand=${home}`,
        signal,
      );
    },
  });

/** One list's worth of the pages below a page, or at the top of a space; `index` counts from 0. */
export const childrenQuery = (parent: { readonly pageId: string } | { readonly spaceKey: string }, index: number) =>
  queryOptions({
    queryKey: ['children', parent, index],
    queryFn: ({ signal }) => {
      const path =
        'pageId' in parent
          ? `content/${parent.pageId}/child/page?`
          : `space/${encodeURIComponent(parent.spaceKey)}/content/page?depth=root&`;
      return get<List<ChildPage>>(
        `/rest/api/${path}expand=childTypes.page&limit=${childrenAtOnce}&start=${index * childrenAtOnce}`,
        signal,
      );
    },
  });

/** What this browser itself made of a page: nobody needs to be told that it changed, while it is read anew. */
export function notePageVersion(id: string, number: number): void {
  const noted = (page: Page): Page => (page.id === id ? { ...page, version: { ...page.version, number } } : page);
  queryClient.setQueriesData<Page | { readonly homepage?: Page }>({ queryKey: ['page'] }, (known) => {
    if (!known) return known;
    if ('body' in known) return noted(known);
    return known.homepage ? { ...known, homepage: noted(known.homepage) } : known;
  });
}

/** Moves a page with all below it; `position` says where it goes from the target. */
export async function movePage(id: string, position: 'append' | 'above' | 'below', targetId: string): Promise<void> {
  await send(`/rest/api/content/${encodeURIComponent(id)}/move/${position}/${encodeURIComponent(targetId)}`, {
    method: 'PUT',
  });
}

/** Who wrote a page's current version, and whether the page is in the trash by now. */
export const currentVersionQuery = (id: string) =>
  queryOptions({
    queryKey: ['current version', id],
    queryFn: ({ signal }) =>
      getBeside<Pick<Page, 'status' | 'version'>>(
        `/rest/api/content/${encodeURIComponent(id)}?expand=version&status=any`,
        signal,
      ),
    staleTime: 0,
  });

/** A page's versions, the newest first, some at a time. */
export const versionsQuery = (id: string) =>
  listQuery<Version>(['versions', id], `/rest/api/content/${encodeURIComponent(id)}/version`, versionsAtOnce);
