import { badRequest, forbidden, refused, tags, type Actor } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { childOrder } from '../content/content-rows.js';
import { emitChanged } from '../content/change-events.js';
import { noteFormerTitles } from '../links/former-titles.js';
import { keepLinks } from '../links/keep-links.js';
import { requireSpace, type ContentAccess } from '../permissions/access.js';
import { lockParent, siblingsTag } from './place.js';

/** Changes of one space's tree happen one after the other: two moves that are fine alone can make a cycle together. */
export const lockTree = (work: Work, spaceId: string): Promise<unknown> =>
  work.query(`select pg_advisory_xact_lock(hashtext('tributary-tree'), $1::bigint::int)`, [spaceId]);

/** Puts a page under another parent, or at the top of its space for null, as the last child. */
export async function placeUnder(
  work: Work,
  actor: Actor,
  page: ContentAccess,
  parentId: string | null,
): Promise<void> {
  if (parentId === page.parentId) return;
  await lockTree(work, page.spaceId);
  const parent = parentId === null ? null : await lockParent(work, actor, parentId);
  if (parent && parent.spaceId !== page.spaceId) throw badRequest('The parent is in another space');
  if (parent) await refuseCycle(work, page.id, parent.id);
  await work.query(
    `update content set parent_id = $2, position = (select max(position) + 1 from content where parent_id = $2 and status = 'current') where id = $1`,
    [page.id, parentId],
  );
  await nameMove(work, page, parentId, page.spaceKey);
}

/** Puts a page before or after a sibling-to-be, in the sibling's place of the tree. */
export async function placeBeside(
  work: Work,
  actor: Actor,
  page: ContentAccess,
  target: ContentAccess,
  side: 'above' | 'below',
): Promise<void> {
  if (target.id === page.id) throw refused('belowItself', "A page can't be moved beside itself");
  await moveToSpace(work, actor, page, target);
  if (target.parentId) await refuseCycle(work, page.id, target.parentId);
  const siblings = await work.query<{ id: string }>(
    `select c.id from content c where c.parent_id is not distinct from $1 and c.space_id = $2 and c.type = 'page' and c.status = 'current'
     and c.id <> $3 order by ${childOrder}`,
    [target.parentId, target.spaceId, page.id],
  );
  const order = siblings.map((sibling) => sibling.id);
  order.splice(order.indexOf(target.id) + (side === 'below' ? 1 : 0), 0, page.id);
  const shifted = await work.query<{ id: string }>(
    `update content c set position = o.position, parent_id = $2
     from unnest($1::bigint[]) with ordinality as o(id, position)
     where c.id = o.id and (c.position is distinct from o.position or c.id = $3) returning c.id`,
    [order, target.parentId, page.id],
  );
  work.changes(...shifted.map((each) => tags.content(each.id)));
  await nameMove(work, page, target.parentId, target.spaceKey);
}

/** Appends a page to another one's children, which may be in another space. */
export async function appendTo(work: Work, actor: Actor, page: ContentAccess, target: ContentAccess): Promise<void> {
  if (target.id === page.id) throw refused('belowItself', "A page can't be its own parent");
  await moveToSpace(work, actor, page, target);
  await refuseCycle(work, page.id, target.id);
  await work.query(
    `update content set parent_id = $2, position = (select max(position) + 1 from content where parent_id = $2 and status = 'current') where id = $1`,
    [page.id, target.id],
  );
  await nameMove(work, page, target.id, target.spaceKey);
}

async function refuseCycle(work: Work, id: string, parentId: string): Promise<void> {
  const rows = await work.query(
    `with recursive above(id, parent_id) as (
       select id, parent_id from content where id = $1 union
       select p.id, p.parent_id from content p join above a on p.id = a.parent_id)
     select 1 from above where id = $2`,
    [parentId, id],
  );
  if (rows.length > 0) throw refused('belowItself', "A page can't be moved below itself or a page that is below it");
}

/** Locks the trees of both spaces, in one order, and takes the page with all below it over where they differ. */
async function moveToSpace(work: Work, actor: Actor, page: ContentAccess, target: ContentAccess): Promise<void> {
  const spaces = [...new Set([page.spaceId, target.spaceId])].sort((a, b) => Number(a) - Number(b));
  for (const space of spaces) await lockTree(work, space);
  if (page.spaceId === target.spaceId) return;
  const space = await requireSpace(work, actor, target.spaceKey);
  if (!space.mayCreatePage) throw forbidden(`The user may not create pages in the space with key ${space.key}`);
  const moved = [page.id, ...(await idsBelow(work, [page.id]))];
  await work.query(
    `update content set space_id = $2 where id = any($1::bigint[]) or container_id = any($1::bigint[])`,
    [moved, target.spaceId],
  );
  const titles = await work.query<{ title: string }>(`select title from content where id = any($1::bigint[])`, [moved]);
  await noteFormerTitles(work, page.spaceId, moved);
  await keepLinks(work, moved, page.spaceKey, target.spaceKey);
  work.changes(
    ...titles.flatMap(({ title }) => [tags.title(page.spaceKey, title), tags.title(target.spaceKey, title)]),
  );
  work.changes(...moved.map(tags.content), tags.permissions(page.spaceKey), siblingsTag(page.parentId, page.spaceKey));
}

async function nameMove(work: Work, page: ContentAccess, parentId: string | null, spaceKey: string): Promise<void> {
  work.changes(
    tags.content(page.id),
    siblingsTag(page.parentId, page.spaceKey),
    siblingsTag(parentId, spaceKey),
    tags.permissions(spaceKey),
  );
  emitChanged(work, [page.id, ...(await idsBelow(work, [page.id]))]);
}

/** Ids of all pages below these, whose places in the tree change with them. */
export async function idsBelow(work: Work, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await work.query<{ id: string }>(
    `with recursive below(id) as (
       select id from content where parent_id = any($1::bigint[]) union
       select d.id from content d join below b on d.parent_id = b.id)
     select id from below`,
    [ids],
  );
  return rows.map((row) => row.id);
}
