import type { Actor } from '@tributary/contracts';
import { actorParameters, mayViewSql, mayViewStatusSql, type Queries } from '../permissions/access.js';

/** One content with the version that is shown, as presenters take it. */
export interface ContentRow {
  id: string;
  type: 'page' | 'blogpost' | 'comment';
  status: 'current' | 'draft' | 'trashed' | 'historical';
  spaceId: string;
  spaceKey: string;
  spaceName: string;
  spaceType: 'global' | 'personal';
  spaceStatus: string;
  title: string;
  parentId: string | null;
  containerId: string | null;
  containerType: 'page' | 'blogpost' | null;
  containerTitle: string | null;
  position: number | null;
  postingDay: string | null;
  createdBy: string | null;
  createdAt: Date;
  /** The version shown; `latestVersion` is the content's newest. */
  version: number;
  latestVersion: number;
  changedBy: string | null;
  changedAt: Date;
  message: string;
  minorEdit: boolean;
  body: string | null;
}

/** Columns of ContentRow from `content c`, `space s`, `content_version v`, and a comment's container `k`. */
const columns = (withBody: boolean): string => `
  c.id, c.type, case when v.number < c.version then 'historical' else c.status end as status,
  c.space_id as "spaceId", s.key as "spaceKey", s.name as "spaceName", s.type as "spaceType", s.status as "spaceStatus",
  v.title, c.parent_id as "parentId", c.container_id as "containerId",
  k.type as "containerType", k.title as "containerTitle", c.position,
  to_char(c.posting_day, 'YYYY-MM-DD') as "postingDay", c.created_by as "createdBy", c.created_at as "createdAt",
  v.number as version, c.version as "latestVersion", v.changed_by as "changedBy", v.changed_at as "changedAt",
  v.message, v.minor_edit as "minorEdit", ${withBody ? 'v.body' : 'null as body'}`;

const tables = `content c
  join space s on s.id = c.space_id
  left join content k on k.id = c.container_id`;

export interface RowQuery {
  /** SQL condition over `c`, `s`, `v`; its parameters begin at $1. */
  readonly where: string;
  readonly parameters: readonly unknown[];
  readonly orderBy?: string;
  readonly start?: number;
  readonly limit?: number;
  readonly withBody: boolean;
}

/** Rows that the actor may view, in the status that they have. The permission is decided in the statement's own snapshot, after the rows it selects. */
export function findRows(queries: Queries, actor: Actor, query: RowQuery): Promise<ContentRow[]> {
  const count = query.parameters.length;
  // Parameters, so that every part of a list is the same prepared statement; a null limit is none.
  const limits = `limit $${count + 4} offset $${count + 5}`;
  return queries.query<ContentRow>(
    `select ${columns(query.withBody)} from ${tables}
     join content_version v on v.content_id = c.id and v.number = c.version
     where (${query.where}) and ${mayViewSql('c.id', count + 1)} and ${mayViewStatusSql(count + 1)}
     ${query.orderBy ? `order by ${query.orderBy}` : ''} ${limits}`,
    [...query.parameters, ...actorParameters(actor), query.limit ?? null, query.start ?? 0],
  );
}

export interface RowWithAccess extends ContentRow {
  /** Of the content itself, where `status` is that of the version shown. */
  contentStatus: 'current' | 'draft' | 'trashed';
  mayView: boolean;
  mayViewStatus: boolean;
}

/** One content in one version (the newest without `version`), with whether the actor may view it, in one snapshot (R10). */
export async function findRow(
  queries: Queries,
  actor: Actor,
  id: string,
  options: { version?: number | undefined; withBody: boolean },
): Promise<RowWithAccess | undefined> {
  const [row] = await queries.query<RowWithAccess>(
    `select ${columns(options.withBody)}, c.status as "contentStatus", ${mayViewSql('c.id', 3)} as "mayView", ${mayViewStatusSql(3)} as "mayViewStatus"
     from ${tables} join content_version v on v.content_id = c.id and v.number = coalesce($2::int, c.version)
     where c.id = $1`,
    [id, options.version ?? null, ...actorParameters(actor)],
  );
  return row;
}

/** Children in the order in which people arranged them; those never arranged come last, by title. */
export const childOrder = 'c.position nulls last, c.title_key, c.id';

/** The pages above each of `ids`, the root first, ids and titles only. Whoever may view a page may view all above it. */
export async function findAncestors(
  queries: Queries,
  ids: readonly string[],
): Promise<Map<string, { id: string; title: string }[]>> {
  const rows = await queries.query<{ target: string; id: string; title: string }>(
    `with recursive above(target, id, parent_id, title, depth) as (
       select c.id, p.id, p.parent_id, p.title, 1 from content c join content p on p.id = c.parent_id where c.id = any($1::bigint[])
       union all
       select a.target, p.id, p.parent_id, p.title, a.depth + 1 from above a join content p on p.id = a.parent_id)
     select target, id, title from above order by target, depth desc`,
    [ids],
  );
  const found = new Map<string, { id: string; title: string }[]>(ids.map((id) => [id, []]));
  for (const { target, id, title } of rows) found.get(target)?.push({ id, title });
  return found;
}
