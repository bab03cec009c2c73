import type { Work } from '@tributary/database';

/** Adds the current files of a content to another one, where it has none of their names; answers the ids of those that were added. */
export async function copyFiles(
  work: Work,
  fromId: string,
  toId: string,
  userKey: string | null,
): Promise<readonly string[]> {
  // Locked, so that no removal finds their bytes without a name before the copies name them.
  const originals = await work.query<{ id: string }>(
    `select id from attachment where container_id = $1 and status = 'current' order by id for share`,
    [fromId],
  );
  const added = await work.query<{ id: string }>(
    `with made as (
       insert into attachment (container_id, file_name, created_by)
       select $2, file_name, $3 from attachment where id = any($1::bigint[])
       on conflict (container_id, file_name) where status = 'current' do nothing returning id, file_name)
     insert into attachment_version (attachment_id, number, object_key, size_bytes, sha256, media_type, comment, minor_edit, changed_by)
     select m.id, 1, v.object_key, v.size_bytes, v.sha256, v.media_type, v.comment, v.minor_edit, $3
     from made m join attachment a on a.file_name = m.file_name and a.id = any($1::bigint[])
       join attachment_version v on v.attachment_id = a.id and v.number = a.version
     returning attachment_id as id`,
    [originals.map(({ id }) => id), toId, userKey],
  );
  return added.map(({ id }) => id);
}
