import { queryOptions } from '@tanstack/react-query';
import { get, send, type List } from './client';
import type { PageReference } from './pages';
import { json } from './requests';

/** Somebody, or a group, that a restriction lets through. */
export interface Subject {
  readonly kind: 'user' | 'group';
  /** The user's key, or the group's name. */
  readonly key: string;
  readonly name: string;
}

interface Restriction {
  readonly restrictions: {
    readonly user: { readonly results: readonly { userKey: string; displayName: string }[] };
    readonly group: { readonly results: readonly { name: string }[] };
  };
  readonly _expandable: { readonly content: string };
}

/** Who may view and who may edit a page; nobody is said where all may whom the space lets. */
export interface OwnRestrictions {
  readonly read: readonly Subject[];
  readonly update: readonly Subject[];
}

export interface Restrictions extends OwnRestrictions {
  /** Pages above whose restrictions on viewing act on this page as well. */
  readonly above: readonly string[];
}

const subjectsOf = ({ restrictions: { user, group } }: Restriction): Subject[] => [
  ...user.results.map(({ userKey, displayName }) => ({ kind: 'user' as const, key: userKey, name: displayName })),
  ...group.results.map(({ name }) => ({ kind: 'group' as const, key: name, name })),
];

const pathOf = (id: string): string => `/rest/api/content/${encodeURIComponent(id)}/restriction`;

export const restrictionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['restrictions', id],
    queryFn: async ({ signal }): Promise<Restrictions> => {
      const [own, relevant] = await Promise.all([
        get<{ read: Restriction; update: Restriction }>(`${pathOf(id)}/byOperation`, signal),
        get<List<Restriction>>(`${pathOf(id)}/relevantViewRestrictions`, signal),
      ]);
      const acting = relevant.results.map(({ _expandable }) => _expandable.content.split('/').at(-1) ?? '');
      return {
        read: subjectsOf(own.read),
        update: subjectsOf(own.update),
        above: acting.filter((each) => each !== id),
      };
    },
  });

/** Restricts a page from now on. Throws ApiError 400 for who would lock themselves out, or name nobody. */
export async function restrict(id: string, { read, update }: OwnRestrictions): Promise<void> {
  const operation = (name: string, subjects: readonly Subject[]) => ({
    operation: name,
    restrictions: {
      user: subjects.flatMap(({ kind, key }) => (kind === 'user' ? [{ type: 'known', userKey: key }] : [])),
      group: subjects.flatMap(({ kind, key }) => (kind === 'group' ? [{ type: 'group', name: key }] : [])),
    },
  });
  await send(pathOf(id), json('PUT', [operation('read', read), operation('update', update)]));
}

/** The pages above a page, the topmost first. */
export const ancestorsQuery = (id: string) =>
  queryOptions({
    queryKey: ['ancestors', id],
    queryFn: async ({ signal }) =>
      (
        await get<{ ancestors: readonly PageReference[] }>(
          `/rest/api/content/${encodeURIComponent(id)}?expand=ancestors&status=any`,
          signal,
        )
      ).ancestors,
  });
