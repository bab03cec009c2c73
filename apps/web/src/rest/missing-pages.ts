import { queryOptions } from '@tanstack/react-query';
import { titledParameters, type PageAddress } from '../pages/addresses';
import { quoted } from '../search/cql';
import { ApiError, get, type List } from './client';
import type { SearchResult, SearchResults } from './search';
import type { TrashedContent } from './administration';

const alikeMax = 5;

/** What may be meant by the address of a page that isn't there. */
export interface Meant {
  /** For those who may edit it: others don't learn of it. */
  readonly trashed: TrashedContent | undefined;
  /** Pages with such a title, in any space: one may have been moved or renamed. */
  readonly alike: readonly SearchResult[];
}

export const meantQuery = (address: PageAddress) =>
  queryOptions({
    queryKey: ['meant', address],
    queryFn: async ({ signal }): Promise<Meant> => {
      const [trashed, alike] = await Promise.all([trashedAt(address, signal), alikeTo(address, signal)]);
      return { trashed, alike };
    },
    staleTime: 0,
    retry: false,
  });

async function trashedAt(address: PageAddress, signal: AbortSignal): Promise<TrashedContent | undefined> {
  const asked = { status: 'trashed', expand: 'version' };
  if ('id' in address) {
    const path = `/rest/api/content/${encodeURIComponent(address.id)}?${new URLSearchParams(asked).toString()}`;
    return await get<TrashedContent>(path, signal).catch(nothingWhereMissing);
  }
  const query = new URLSearchParams({ ...asked, ...titledParameters(address), limit: '1' });
  const found = await get<List<TrashedContent>>(`/rest/api/content?${query.toString()}`, signal).catch(
    nothingWhereMissing,
  );
  return found?.results[0];
}

async function alikeTo(address: PageAddress, signal: AbortSignal): Promise<readonly SearchResult[]> {
  if ('id' in address || address.title === '') return [];
  const cql = `type in (page, blogpost) and title ~ ${quoted(address.title)}`;
  const query = new URLSearchParams({ cql, limit: String(alikeMax), excerpt: 'none' });
  const found = await get<SearchResults>(`/rest/api/search?${query.toString()}`, signal).catch(nothingWhereMissing);
  return found?.results ?? [];
}

function nothingWhereMissing(error: unknown): undefined {
  if (error instanceof ApiError && error.status >= 400 && error.status < 500) return undefined;
  throw error;
}
