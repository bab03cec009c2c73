import type { Reads, Work } from '@tributary/database';

export type Queries = Pick<Reads | Work, 'query'>;

/** An attachment with the version that is shown. */
export interface AttachmentRow {
  id: string;
  containerId: string;
  fileName: string;
  status: 'current' | 'trashed';
  createdBy: string | null;
  createdAt: Date;
  version: number;
  latestVersion: number;
  objectKey: string;
  sizeBytes: string;
  sha256: string;
  mediaType: string;
  comment: string;
  minorEdit: boolean;
  changedBy: string | null;
  changedAt: Date;
}

const columns = `a.id, a.container_id as "containerId", a.file_name as "fileName", a.status, a.created_by as "createdBy",
  a.created_at as "createdAt", v.number as version, a.version as "latestVersion", v.object_key as "objectKey", v.size_bytes as "sizeBytes",
  v.sha256, v.media_type as "mediaType", v.comment, v.minor_edit as "minorEdit", v.changed_by as "changedBy", v.changed_at as "changedAt"`;

const current = `attachment a join attachment_version v on v.attachment_id = a.id and v.number = a.version`;

export async function findById(queries: Queries, id: string, lock = false): Promise<AttachmentRow | undefined> {
  const [row] = await queries.query<AttachmentRow>(
    `select ${columns} from ${current} where a.id = $1 ${lock ? 'for update of a' : ''}`,
    [id],
  );
  return row;
}

/** By name; with a version that one, also an old one. */
export async function findByName(
  queries: Queries,
  containerId: string,
  fileName: string,
  version?: number,
): Promise<AttachmentRow | undefined> {
  const [row] = await queries.query<AttachmentRow>(
    `select ${columns} from attachment a join attachment_version v on v.attachment_id = a.id and v.number = coalesce($3::int, a.version)
     where a.container_id = $1 and a.file_name = $2 and a.status = 'current'`,
    [containerId, fileName, version ?? null],
  );
  return row;
}

export const listOfContainer = (
  queries: Queries,
  filter: {
    containerId: string;
    fileName: string | undefined;
    mediaType: string | undefined;
    start: number;
    limit: number;
  },
): Promise<AttachmentRow[]> =>
  queries.query<AttachmentRow>(
    `select ${columns} from ${current} where a.container_id = $1 and a.status = 'current'
       and ($2::text is null or a.file_name = $2) and ($3::text is null or v.media_type = $3)
     order by a.file_name, a.id limit $4 offset $5`,
    [filter.containerId, filter.fileName ?? null, filter.mediaType ?? null, filter.limit, filter.start],
  );

/** Many names of many containers at once. */
export const findNames = (
  queries: Queries,
  names: readonly { containerId: string; fileName: string }[],
): Promise<AttachmentRow[]> =>
  queries.query<AttachmentRow>(
    `select ${columns} from ${current}
     join unnest($1::bigint[], $2::text[]) as n(container_id, file_name) on n.container_id = a.container_id and n.file_name = a.file_name
     where a.status = 'current'`,
    [names.map((name) => name.containerId), names.map((name) => name.fileName)],
  );

/** Objects among these that no version names any more. */
export async function unnamedObjects(queries: Queries, keys: readonly string[]): Promise<string[]> {
  const rows = await queries.query<{ key: string }>(
    `select key from unnest($1::text[]) as k(key) where not exists (select 1 from attachment_version v where v.object_key = k.key)`,
    [keys],
  );
  return rows.map((row) => row.key);
}
