import { pages, tags } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { siblingsTag } from '../hierarchy/place.js';
import { passThreadsOn } from '../inline-comments/inline-comment-store.js';
import { idsBelow, lockTree } from '../hierarchy/tree.js';
import type { ContentAccess } from '../permissions/access.js';
import { emitChanged } from './change-events.js';

/** Puts a page or blog post into the trash with its place remembered; its children go up to its parent. */
export async function moveToTrash(work: Work, content: ContentAccess): Promise<void> {
  await lockTree(work, content.spaceId);
  const children = await work.query<{ id: string }>(
    `update content set parent_id = (select parent_id from content where id = $1) where parent_id = $1 and status <> 'trashed' returning id`,
    [content.id],
  );
  await work.query(`update content set status = 'trashed', trashed_at = now() where id = $1`, [content.id]);
  const ids = children.map((child) => child.id);
  namePlaces(work, content);
  work.changes(...ids.map(tags.content));
  emitChanged(work, [content.id, ...ids, ...(await idsBelow(work, ids)), ...(await commentsOn(work, [content.id]))]);
}

/** Makes a trashed content current again, under its old parent where that is still there. */
export async function restoreFromTrash(work: Work, content: ContentAccess): Promise<void> {
  await lockTree(work, content.spaceId);
  await work.query(
    `update content c set status = 'current', trashed_at = null, parent_id = (
       select p.id from content p where p.id = c.parent_id and p.status = 'current' and p.space_id = c.space_id)
     where c.id = $1`,
    [content.id],
  );
  namePlaces(work, content);
  emitChanged(work, await commentsOn(work, [content.id]));
}

/** Comments are seen and found with their page only. */
async function commentsOn(work: Work, ids: readonly string[]): Promise<string[]> {
  const rows = await work.query<{ id: string }>(`select id from content where container_id = any($1::bigint[])`, [ids]);
  return rows.map((row) => row.id);
}

/** What of a content tells which answers change when it goes. */
export type Purged = Pick<ContentAccess, 'id' | 'title' | 'spaceKey' | 'parentId' | 'containerId'>;

/** Removes contents for good. Attachments are told and remove theirs. */
export async function purge(work: Work, contents: readonly Purged[]): Promise<void> {
  const ids = contents.map((content) => content.id);
  const comments = await commentsOn(work, ids);
  await passThreadsOn(work, ids);
  // Answers to a comment that goes answer what it answered.
  await work.query(
    `update content c set parent_id = case when c.type = 'comment' then (select p.parent_id from content p where p.id = c.parent_id) end
     where c.parent_id = any($1::bigint[])`,
    [ids],
  );
  await work.query(`update space set homepage_id = null where homepage_id = any($1::bigint[])`, [ids]);
  await work.query(`delete from content where id = any($1::bigint[])`, [ids]);
  for (const content of contents) namePlaces(work, content);
  const all = [...ids, ...comments];
  emitChanged(work, all);
  emitChanged(work, all, pages.contentPurged);
}

/** Everything whose answers change when a content comes or goes. */
function namePlaces(work: Work, content: Purged): void {
  work.changes(
    tags.content(content.id),
    tags.children(content.id),
    tags.title(content.spaceKey, content.title),
    tags.permissions(content.spaceKey),
    siblingsTag(content.parentId, content.spaceKey),
  );
  if (content.containerId) work.changes(tags.children(content.containerId));
}
