import { tags, type Actor, titleKeyOf } from '@tributary/contracts';
import type { PageReference } from '@tributary/storage-format';
import { pagesOnceCalled } from '../links/former-titles.js';
import { actorParameters, mayViewSql, type Queries } from '../permissions/access.js';

export interface Referenced {
  id: string;
  type: string;
  title: string;
  spaceKey: string;
  postingDay: string | null;
  body: string | null;
  mayView: boolean;
  /** Some view restriction, its own or inherited, hides it from somebody in its space. */
  restricted: boolean;
}

interface Found {
  row: Referenced | undefined;
  dependsOn: string[];
}

/** A reference as the statement takes it: `id` null where it is by title. */
interface Wanted {
  readonly spaceKey: string;
  readonly title: string;
  readonly type: 'page' | 'blogpost';
  readonly day: string | null;
  readonly id: string | null;
}

const wantedOf = (reference: PageReference, ownSpaceKey: string | undefined): Wanted =>
  'title' in reference
    ? {
        spaceKey: (reference.spaceKey || ownSpaceKey) ?? '',
        title: reference.title,
        type: reference.type,
        day: reference.postingDay ?? null,
        id: null,
      }
    : byId(/^\d{1,18}$/.test(reference.contentId) ? reference.contentId : '0');

const byId = (id: string): Wanted => ({ spaceKey: '', title: '', type: 'page', day: null, id });

/**
 * Current pages and blog posts by title or id, in the order of the references, with the tags that finding or not finding them
 * depends on. A title that no page has is that of the page which had it last. One query for all that are there, and two more for those that aren't.
 */
export async function findReferenced(
  queries: Queries,
  actor: Actor,
  references: readonly PageReference[],
  ownSpaceKey: string | undefined,
  withBody: boolean,
): Promise<Found[]> {
  const wanted = references.map((reference) => wantedOf(reference, ownSpaceKey));
  const rows = await select(queries, actor, wanted, withBody);
  const missing = wanted.filter(({ id, type }, index) => !rows.has(index) && id === null && type === 'page');
  const once = missing.length > 0 ? await pagesOnceCalled(queries, missing) : [];
  const onceIds = new Map(once.map(({ ordinal, id }) => [wanted.indexOf(missing[ordinal - 1] as Wanted), id]));
  if (onceIds.size > 0) {
    const found = await select(queries, actor, [...onceIds.values()].map(byId), withBody);
    for (const [place, index] of [...onceIds.keys()].entries()) {
      const row = found.get(place);
      if (row) rows.set(index, row);
    }
  }
  return wanted.map((each, index) => {
    const row = rows.get(index);
    const dependsOn = each.id === null ? [tags.title(each.spaceKey, each.title)] : [tags.content(each.id)];
    // One that is in the trash may come back, with whatever title it has now.
    const onceId = onceIds.get(index);
    if (onceId !== undefined) dependsOn.push(tags.content(onceId));
    if (row) dependsOn.push(tags.content(row.id), tags.permissions(row.spaceKey));
    return { row, dependsOn };
  });
}

/** Those that are there, by their places in `wanted`. */
async function select(
  queries: Queries,
  actor: Actor,
  wanted: readonly Wanted[],
  withBody: boolean,
): Promise<Map<number, Referenced>> {
  const rows = await queries.query<Referenced & { ordinal: string }>(
    `select w.ordinal, c.id, c.type, c.title, s.key as "spaceKey", to_char(c.posting_day, 'YYYY-MM-DD') as "postingDay",
       ${withBody ? 'v.body' : 'null as body'}, ${mayViewSql('c.id', 6)} as "mayView", has_view_restriction(c.id) as restricted
     from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality as w(id, space_key, title_key, type, day, ordinal)
     join content c on c.status = 'current' and case when w.id is not null then c.id = w.id
       else c.title_key = w.title_key and c.type = w.type and (w.day is null or to_char(c.posting_day, 'YYYY/MM/DD') = w.day) end
     join space s on s.id = c.space_id and (w.id is not null or upper(s.key) = w.space_key)
     ${withBody ? 'join content_version v on v.content_id = c.id and v.number = c.version' : ''}
     order by w.ordinal, c.id desc`,
    [
      wanted.map((each) => each.id),
      wanted.map((each) => each.spaceKey.toUpperCase()),
      wanted.map((each) => titleKeyOf(each.title)),
      wanted.map((each) => each.type),
      wanted.map((each) => each.day),
      ...actorParameters(actor),
    ],
  );
  // The first of each is the youngest.
  return new Map(rows.toReversed().map((row) => [Number(row.ordinal) - 1, row]));
}
