import { Controller } from '@nestjs/common';
import { pages, type RequestOf, type search } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { macrosOf, parseStorage, textOf } from '@tributary/storage-format';
import { LabelStore } from '../labels/label-store.js';
import { findAncestors } from './content-rows.js';
import { webLink } from './links.js';
import { isoDate } from './version-presenter.js';

/** Text of one content that the index gets at most, in characters. */
const indexedTextMax = 500_000;

interface IndexRow {
  id: string;
  type: 'page' | 'blogpost' | 'comment';
  title: string;
  spaceKey: string;
  spaceName: string;
  spaceType: 'global' | 'personal';
  spaceStatus: string;
  parentId: string | null;
  containerId: string | null;
  postingDay: string | null;
  createdBy: string | null;
  createdAt: Date;
  changedAt: Date;
  version: number;
  body: string;
  contributors: (string | null)[];
  properties: { key: string; value: never }[];
}

/** What an index holds: current contents, and comments where their page is current. Over `content c` and a container `k`. */
const isIndexed = `c.status = 'current' and coalesce(k.status, 'current') = 'current'`;

const indexSql = `
  select c.id, c.type, v.title, s.key as "spaceKey", s.name as "spaceName", s.type as "spaceType", s.status as "spaceStatus",
    c.parent_id as "parentId", c.container_id as "containerId", to_char(c.posting_day, 'YYYY-MM-DD') as "postingDay",
    c.created_by as "createdBy", c.created_at as "createdAt", v.changed_at as "changedAt", c.version, v.body,
    array(select distinct changed_by from content_version where content_id = c.id) as contributors,
    coalesce((select json_agg(json_build_object('key', p.key, 'value', p.value)) from property p where p.content_id = c.id), '[]') as properties
  from content c join space s on s.id = c.space_id join content_version v on v.content_id = c.id and v.number = c.version
  left join content k on k.id = c.container_id
  where c.id = any($1::bigint[]) and ${isIndexed}`;

/** What the search service keeps; it asks for nobody in particular, and never shows it unasked (see `allowed`). */
@Controller()
export class IndexController {
  constructor(
    private readonly reads: Reads,
    private readonly labels: LabelStore,
  ) {}

  @Handle(pages.indexDocuments)
  async indexDocuments({ ids }: RequestOf<typeof pages.indexDocuments>) {
    const [rows, ancestors, { labels }] = await Promise.all([
      this.reads.query<IndexRow>(indexSql, [ids]),
      findAncestors(this.reads, ids),
      this.labels.ofContents(ids, null),
    ]);
    return {
      documents: rows.map((row) => toDocument(row, ancestors.get(row.id) ?? [], labels.get(row.id) ?? [])),
    };
  }

  @Handle(pages.listContentIds)
  async listIds({ after, limit }: RequestOf<typeof pages.listContentIds>) {
    const rows = await this.reads.query<{ id: string; version: number }>(
      `select c.id, c.version from content c left join content k on k.id = c.container_id
       where ${isIndexed} and c.id > $1 order by c.id limit $2`,
      [after ?? '0', limit],
    );
    return { ids: rows.map((row) => row.id), versions: rows.map((row) => row.version) };
  }
}

function toDocument(
  row: IndexRow,
  ancestors: readonly { id: string }[],
  labels: readonly { prefix: string; name: string }[],
): search.IndexDocument {
  const { id, type, title, spaceKey, spaceName, spaceType, parentId, containerId, version, properties } = row;
  const document = parseStorage(row.body);
  return {
    id,
    type,
    title,
    spaceKey,
    spaceName,
    spaceType,
    parentId,
    containerId,
    version,
    properties,
    status: row.spaceStatus === 'archived' ? 'archived' : 'current',
    ancestorIds: ancestors.map((page) => page.id),
    labels: labels.map((label) => (label.prefix === 'global' ? label.name : `${label.prefix}:${label.name}`)),
    macros: [...macrosOf(document).keys()],
    creatorKey: row.createdBy,
    contributorKeys: row.contributors.filter((key) => key !== null),
    createdAt: isoDate(row.createdAt),
    lastModified: isoDate(row.changedAt),
    text: textOf(document).slice(0, indexedTextMax),
    webui: webLink(row),
  };
}
