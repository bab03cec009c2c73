import { titleKeyOf } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import type { Queries } from '../permissions/access.js';

/**
 * Titles that pages had: who follows a link by one gets to the page that had it last, as long as no page of the space has it now. So links
 * outlive a change of title and a move, without a new version of each page that holds one (docs/decisions/015).
 */

/** Pages that are about to get another title, or have gone out of this space: those that were read by it are still found by it. */
export async function noteFormerTitles(work: Work, spaceId: string, ids: readonly string[]): Promise<void> {
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
}

/** The pages that had these titles in these spaces, in the trash or not; whether somebody else has the title now is the caller's to know. */
export function pagesOnceCalled(
  queries: Queries,
  wanted: readonly { readonly spaceKey: string; readonly title: string }[],
): Promise<OnceCalled[]> {
  return queries.query<OnceCalled>(
    `select w.ordinal::int as ordinal, f.content_id as id
     from unnest($1::text[], $2::text[]) with ordinality as w(space_key, title_key, ordinal)
     join space s on upper(s.key) = w.space_key
     join former_title f on f.space_id = s.id and f.title_key = w.title_key`,
    [wanted.map(({ spaceKey }) => spaceKey.toUpperCase()), wanted.map(({ title }) => titleKeyOf(title))],
  );
}
