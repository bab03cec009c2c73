import type { Queries } from '../permissions/access.js';
import type { ContentRow } from './content-rows.js';
import type { Expansion } from './expansion.js';
import { selfLink } from './links.js';

type PresentUser = (key: string | null) => object;

/** A date as Confluence writes it: ISO 8601 with milliseconds and an offset. */
export const isoDate = (date: Date): string => date.toISOString();

export interface VersionFields {
  id: string;
  version: number;
  changedBy: string | null;
  changedAt: Date;
  message: string;
  minorEdit: boolean;
}

export const presentVersion = (row: VersionFields, user: PresentUser) => ({
  by: user(row.changedBy),
  when: isoDate(row.changedAt),
  message: row.message,
  number: row.version,
  minorEdit: row.minorEdit,
  hidden: false,
  _links: { self: selfLink(`/rest/experimental/content/${row.id}/version/${row.version}`) },
  _expandable: { content: `/rest/api/content/${row.id}?status=historical&version=${row.version}` },
});

/** The history of a content: who made it, and by `expand` its last update, its neighbours, its contributors. */
export async function presentHistory(
  row: ContentRow,
  expansion: Expansion,
  user: PresentUser,
  queries: Queries,
): Promise<object> {
  const unexpanded = ['lastUpdated', 'previousVersion', 'contributors', 'nextVersion'].filter(
    (name) => !expansion.has(name),
  );
  const fields: Record<string, unknown> = {};
  if (expansion.has('lastUpdated')) fields['lastUpdated'] = presentVersion(row, user);
  for (const [name, number] of [
    ['previousVersion', row.version - 1],
    ['nextVersion', row.version + 1],
  ] as const) {
    if (!expansion.has(name)) continue;
    const neighbour = await findVersion(queries, row.id, number);
    if (neighbour) fields[name] = presentVersion(neighbour, user);
  }
  if (expansion.has('contributors')) fields['contributors'] = await presentContributors(row.id, user, queries);
  return {
    latest: row.version === row.latestVersion,
    createdBy: user(row.createdBy),
    createdDate: isoDate(row.createdAt),
    ...fields,
    _links: { self: selfLink(`/rest/api/content/${row.id}/history`) },
    _expandable: Object.fromEntries(unexpanded.map((name) => [name, ''])),
  };
}

const versionColumns = `content_id as id, number as version, changed_by as "changedBy", changed_at as "changedAt", message,
  minor_edit as "minorEdit"`;

export async function findVersion(queries: Queries, id: string, number: number): Promise<VersionFields | undefined> {
  const [row] = await queries.query<VersionFields>(
    `select ${versionColumns} from content_version where content_id = $1 and number = $2`,
    [id, number],
  );
  return row;
}

/** Versions of a content, the newest first. */
export const listVersions = (queries: Queries, id: string, start: number, limit: number): Promise<VersionFields[]> =>
  queries.query<VersionFields>(
    `select ${versionColumns} from content_version where content_id = $1 order by number desc limit $2 offset $3`,
    [id, limit, start],
  );

async function presentContributors(id: string, user: PresentUser, queries: Queries): Promise<object> {
  const rows = await queries.query<{ key: string | null }>(
    `select changed_by as key from content_version where content_id = $1 group by changed_by order by max(number) desc limit 100`,
    [id],
  );
  return {
    publishers: {
      type: 'publishers',
      users: rows.map((row) => user(row.key)),
      userKeys: rows.map((row) => row.key),
      _expandable: {},
    },
    _expandable: {},
  };
}
