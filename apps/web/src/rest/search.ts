import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, nextStart, type List } from './client';
import type { Version } from './pages';

/** A content that was found; `title` and `excerpt` hold marks around what was sought, and are text, never HTML. */
export interface SearchResult {
  readonly title: string;
  readonly excerpt: string;
  readonly url: string;
  readonly lastModified: string;
  readonly content: {
    readonly id: string;
    readonly type: 'page' | 'blogpost' | 'comment';
    readonly title: string;
    readonly version?: Version;
  };
  readonly resultGlobalContainer: { readonly title: string; readonly displayUrl: string };
}

export interface SearchResults extends List<SearchResult> {
  readonly totalSize: number;
}

const resultsAtOnce = 20;

const addressOf = (parameters: Record<string, string>): string =>
  `/rest/api/search?${new URLSearchParams(parameters).toString()}`;

/** The first few contents of a query. */
export const firstFoundQuery = (cql: string, limit: number) =>
  queryOptions({
    queryKey: ['search', 'first', cql, limit],
    queryFn: ({ signal }) => get<SearchResults>(addressOf({ cql, limit: String(limit) }), signal),
    placeholderData: keepPreviousData,
  });

/** All contents of a query, some at a time. */
export const foundQuery = (cql: string) =>
  infiniteQueryOptions({
    queryKey: ['search', 'all', cql],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      get<SearchResults>(addressOf({ cql, limit: String(resultsAtOnce), start: String(pageParam) }), signal),
    getNextPageParam: nextStart,
  });

const updatedMax = 8;

/** The pages that were changed last, anywhere, with who changed them. */
export const updatedQuery = queryOptions({
  queryKey: ['search', 'updated'],
  queryFn: ({ signal }) => {
    const cql = 'type in (page, blogpost) order by lastmodified desc';
    const limit = String(updatedMax);
    return get<SearchResults>(addressOf({ cql, limit, excerpt: 'none', expand: 'content.version' }), signal);
  },
});
