import type { Actor } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { actorParameters, mayViewSql, type ContentAccess, type Queries } from '../permissions/access.js';

/**
 * Titles that pages had: who follows a link by one gets to the page that had it last, as long as no page of the space has it now. So links
 * outlive a change of title and a move, without a new version of each page that holds one (docs/decisions/015).
 */

/** A page gets another title than the one that it has. */
export async function noteFormerTitle(work: Work, page: ContentAccess, title: string): Promise<void> {
  if (page.type !== 'page' || page.status !== 'current' || keyOf(title) === keyOf(page.title)) return;
  await work.query(
    `insert into former_title (space_id, title_key, content_id) values ($1, $2, $3)
     on conflict (space_id, title_key) do update set content_id = excluded.content_id`,
    [page.spaceId, keyOf(page.title), page.id],
  );
}

/** Pages go out of a space. */
export async function noteFormerPlaces(work: Work, spaceId: string, ids: readonly string[]): Promise<void> {
  await work.query(
    `insert into former_title (space_id, title_key, content_id)
     select $1, title_key, id from content where id = any($2::bigint[]) and type = 'page' and status = 'current'
     on conflict (space_id, title_key) do update set content_id = excluded.content_id`,
    [spaceId, ids],
  );
}

/** A page that had a title; `ordinal` says which was asked for, from 1. */
export interface OnceCalled {
  readonly ordinal: number;
  readonly id: string;
  /** Not in the trash, from where it may come back. */
  readonly isCurrent: boolean;
  readonly mayView: boolean;
}

/** The pages that had these titles in these spaces; whether somebody else has the title now is the caller's to know. */
export function pagesOnceCalled(
  queries: Queries,
  actor: Actor,
  wanted: readonly { readonly spaceKey: string; readonly title: string }[],
): Promise<OnceCalled[]> {
  return queries.query<OnceCalled>(
    `select w.ordinal::int as ordinal, c.id, c.status = 'current' as "isCurrent", ${mayViewSql('c.id', 3)} as "mayView"
     from unnest($1::text[], $2::text[]) with ordinality as w(space_key, title_key, ordinal)
     join space s on upper(s.key) = w.space_key
     join former_title f on f.space_id = s.id and f.title_key = w.title_key
     join content c on c.id = f.content_id`,
    [
      wanted.map(({ spaceKey }) => spaceKey.toUpperCase()),
      wanted.map(({ title }) => keyOf(title)),
      ...actorParameters(actor),
    ],
  );
}

const keyOf = (title: string): string => title.trim().toLowerCase();
