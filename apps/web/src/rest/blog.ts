import { infiniteQueryOptions } from '@tanstack/react-query';
import { quoted } from '../search/cql';
import { get, nextStart, type List } from './client';
import type { PageReference, Version } from './pages';

export interface BlogPost extends PageReference {
  readonly version: Version;
  readonly history: { readonly createdDate: string; readonly createdBy: { readonly displayName: string } };
}

const postsAtOnce = 20;

/** A space's blog posts, the newest first. */
export const blogQuery = (spaceKey: string) =>
  infiniteQueryOptions({
    // Read anew with the tree: what tells of the one tells of the other.
    queryKey: ['children', { blogOf: spaceKey }],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) => {
      const cql = `type = blogpost and space = ${quoted(spaceKey)} order by created desc`;
      const query = new URLSearchParams({
        cql,
        expand: 'history',
        limit: String(postsAtOnce),
        start: String(pageParam),
      });
      return get<List<BlogPost>>(`/rest/api/content/search?${query.toString()}`, signal);
    },
    getNextPageParam: nextStart,
  });
