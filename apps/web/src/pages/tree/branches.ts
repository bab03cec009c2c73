import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { childrenQuery, type ChildPage } from '../../rest/pages';
import type { List } from '../../rest/client';
import type { Branch, Leaf } from './tree-rows';

/** The key of the branch that holds what is at the top. */
export const topId = '';

type Parent = Parameters<typeof childrenQuery>[0];

/**
 * The children of every open page. At the top stand the pages below the space's home page, which the space's own name leads to,
 * and then those that aren't below it.
 *
 * @param homeId the space's home page; null where it has none, undefined while that isn't known.
 * @param windows how many lists' worth of children of a page are shown; one where it says nothing.
 */
export function useBranches(
  spaceKey: string,
  homeId: string | null | undefined,
  open: ReadonlySet<string>,
  windows: ReadonlyMap<string, number>,
): ReadonlyMap<string, Branch> {
  const parents = new Map<string, Parent>([[topId, { spaceKey }]]);
  for (const id of homeId ? [homeId, ...open] : open) parents.set(id, { pageId: id });
  const asked = [...parents].flatMap(([id, parent]) =>
    Array.from({ length: windows.get(id) ?? 1 }, (_, index) => ({ id, query: childrenQuery(parent, index) })),
  );
  const answers = useQueries({ queries: asked.map(({ query }) => query) });
  const branches = new Map<string, Branch>();
  for (const id of parents.keys()) {
    const parentId = id === topId ? null : id;
    branches.set(
      id,
      branchOf(
        answers.filter((_, index) => asked[index]?.id === id),
        parentId,
      ),
    );
  }
  if (homeId === undefined) branches.set(topId, { leaves: [], hasMore: false, state: 'loading' });
  if (homeId) branches.set(topId, join(branches.get(homeId), branches.get(topId), homeId));
  return branches;
}

function branchOf(lists: readonly UseQueryResult<List<ChildPage>>[], parentId: string | null): Branch {
  const pages = lists.flatMap((list) => list.data?.results ?? []);
  const isFailed = lists.some((list) => list.isError && !list.data);
  const isLoading = lists.some((list) => !list.data);
  return {
    leaves: pages.map((page) => leafOf(page, parentId)),
    hasMore: lists.at(-1)?.data?._links.next !== undefined,
    state: isFailed ? 'failed' : isLoading ? 'loading' : 'done',
  };
}

const leafOf = ({ id, title, _links, childTypes }: ChildPage, parentId: string | null): Leaf => ({
  id,
  title,
  href: _links.webui,
  hasChildren: childTypes.page.value,
  parentId,
});

function join(belowHome: Branch | undefined, top: Branch | undefined, homeId: string): Branch {
  const both = [belowHome, top].filter((branch) => branch !== undefined);
  return {
    leaves: both.flatMap((branch) => branch.leaves).filter((leaf) => leaf.id !== homeId),
    hasMore: both.some((branch) => branch.hasMore),
    state: both.map((branch) => branch.state).find((state) => state !== 'done') ?? 'done',
  };
}
