import { bodyLengthMax, conflict, pages, refused, tags, titleKeyOf, type Actor } from '@tributary/contracts';
import type { Work } from '@tributary/database';
import { serialiseStorage, type StorageDocument } from '@tributary/storage-format';
import { noteFormerTitles } from '../links/former-titles.js';
import { linkNames } from '../links/link-names.js';
import { siblingsTag } from '../hierarchy/place.js';
import { requireEdit, type ContentAccess } from '../permissions/access.js';
import { parseBody } from './bodies.js';

/** What a version is to hold; what isn't given stays as it is. */
export interface NextVersion {
  readonly userKey: string | null;
  readonly title?: string | undefined;
  readonly body?: string | undefined;
  /** Publishes a draft. */
  readonly status?: string | undefined;
  readonly message?: string | undefined;
  readonly minorEdit: boolean;
  /** The text is what its author wrote, so the version is theirs, of that time: something was only noted in it. */
  readonly keepsAuthor?: boolean;
}

/** Locks the row first and decides then, so that the decision is about what the write will change; both travel together. */
export async function lockForEdit(work: Work, actor: Actor, id: string): Promise<ContentAccess> {
  const lock = work.query(`select 1 from content where id = $1 for update`, [id]);
  const [access] = await Promise.all([requireEdit(work, actor, id), lock]);
  return access;
}

/** Writes the version that follows the newest one of a content that the transaction has locked; a draft's one is written over. */
export async function writeVersion(work: Work, before: ContentAccess, next: NextVersion): Promise<number> {
  const title = next.title ?? before.title;
  const publishes = before.status === 'draft' && next.status === 'current';
  const number = before.status === 'draft' ? before.version : before.version + 1;
  if (titleKeyOf(title) !== titleKeyOf(before.title)) await noteFormerTitles(work, before.spaceId, [before.id]);
  await work.query(
    `with written as (
       insert into content_version (content_id, number, title, body, changed_by, changed_at, message, minor_edit)
       select $1, $2, $3, coalesce($4, v.body), case when $11 then v.changed_by else $6 end, case when $11 then v.changed_at else now() end, $7, $8
         from content_version v where v.content_id = $1 and v.number = $5
       on conflict (content_id, number) do update set title = excluded.title, body = excluded.body,
         changed_by = excluded.changed_by, changed_at = excluded.changed_at, message = excluded.message)
     update content set version = $2, title = $3, title_key = $9, status = $10, links = case when $4::text is null then links else $12 end,
       links_version = case when $4::text is null and links_version <> version then links_version else $2 end,
       posting_day = case when $13 and type = 'blogpost' then current_date else posting_day end
     where id = $1`,
    [
      before.id,
      number,
      title,
      next.body ?? null,
      before.version,
      next.userKey,
      next.message ?? '',
      next.minorEdit,
      titleKeyOf(title),
      before.status === 'trashed' || publishes ? 'current' : before.status,
      next.keepsAuthor === true,
      next.body === undefined ? null : linkNames(next.body, before.spaceKey),
      publishes,
    ],
  );
  return number;
}

/** What depends on a content whose version was written. */
export function nameChanges(work: Work, before: ContentAccess, title: string | undefined): void {
  work.changes(tags.content(before.id));
  work.emit(pages.contentChanged, { ids: [before.id] });
  const appears = before.status !== 'current';
  if (!appears && (title === undefined || title === before.title)) return;
  work.changes(tags.title(before.spaceKey, before.title), tags.title(before.spaceKey, title ?? before.title));
  if (before.type === 'page') work.changes(siblingsTag(before.parentId, before.spaceKey));
}

/**
 * Writes a version whose body is the present one, changed: for small changes of a text by somebody who didn't have it in an editor. The
 * row is locked, so nothing that others wrote is lost. A body that `change` leaves as it is makes no version. Answers the version.
 */
export async function rewriteBody(
  work: Work,
  content: ContentAccess,
  by: Pick<NextVersion, 'userKey' | 'message' | 'keepsAuthor'>,
  change: (document: StorageDocument) => StorageDocument,
): Promise<number> {
  const [row] = await work.query<{ body: string }>(
    `select body from content_version where content_id = $1 and number = $2`,
    [content.id, content.version],
  );
  if (!row) throw conflict('The content was changed by somebody else: try again');
  const document = parseBody(row.body);
  const changed = change(document);
  if (changed === document) return content.version;
  const body = serialiseStorage(changed);
  if (body.length > bodyLengthMax) throw refused('tooLong', `A body has at most ${bodyLengthMax} characters`);
  const version = await writeVersion(work, content, { ...by, body, minorEdit: true });
  nameChanges(work, content, undefined);
  return version;
}
