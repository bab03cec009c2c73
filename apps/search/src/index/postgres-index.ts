import { Injectable } from '@nestjs/common';
import { titleKeyOf, type search } from '@tributary/contracts';
import type { CheckedQuery, OrderField } from '@tributary/cql';
import { Reads } from '@tributary/database';
import { conditionOf, Parameters, soughtText } from './postgres-condition.js';
import type { Hit, HitQuery, SearchIndex, Snippet } from './search-index.js';
import { withBigrams } from './words.js';

/** Text of one document that is searched: PostgreSQL's tsvector holds a megabyte. */
const vectorTextMax = 200_000;
/** Text that an excerpt is cut from, in characters. */
const snippetTextMax = 20_000;

const orderColumns: Record<OrderField, string> = {
  title: 'd.title_key',
  created: 'd.created_at',
  lastmodified: 'd.last_modified',
  id: 'd.id',
  type: 'd.type',
  space: 'd.space_key',
  score: 'score',
};

const storedColumns =
  'id, type, status, title, title_key, space_key, space_name, space_type, parent_id, ancestor_ids, container_id, labels, macros, ' +
  'creator_key, contributor_keys, created_at, last_modified, version, properties, webui, text';

/** One statement for a whole batch: a commit waits for the disk, and many would wait many times. */
const writeSql = `
  insert into document (${storedColumns}, title_vector, text_vector)
  select ${storedColumns}, to_tsvector('simple', title_words),
    setweight(to_tsvector('simple', title_words), 'A') || to_tsvector('simple', text_words)
  from json_to_recordset($1::json) as written(
    id bigint, type text, status text, title text, title_key text, space_key text, space_name text, space_type text, parent_id bigint,
    ancestor_ids bigint[], container_id bigint, labels text[], macros text[], creator_key text, contributor_keys text[],
    created_at timestamptz, last_modified timestamptz, version integer, properties jsonb, webui text, text text,
    title_words text, text_words text)
  on conflict (id) do update set (${storedColumns}, title_vector, text_vector)
    = (${`${storedColumns}, title_vector, text_vector`
      .split(', ')
      .map((column) => `excluded.${column}`)
      .join(', ')})`;

/** The index in PostgreSQL: its own full text, with bigrams for Chinese and Japanese. */
@Injectable()
export class PostgresIndex implements SearchIndex {
  constructor(private readonly reads: Reads) {}

  async write(documents: readonly search.IndexDocument[]): Promise<void> {
    if (documents.length > 0) await this.reads.query(writeSql, [JSON.stringify(documents.map(recordOf))]);
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.reads.query(`delete from document where id = any($1::bigint[])`, [ids]);
  }

  async find({ query, includeArchivedSpaces, start, limit }: HitQuery): Promise<Hit[]> {
    const parameters = new Parameters();
    const condition = query.where ? conditionOf(query.where, parameters) : 'true';
    const sought = soughtText(query, parameters);
    const score = sought ? `ts_rank(d.text_vector, ${sought})` : '0::real';
    return this.reads.query<Hit>(
      `select d.id, d.container_id as "containerId", ${score} as score from document d
       where ${condition} ${includeArchivedSpaces ? '' : `and d.status <> 'archived'`}
       order by ${orderOf(query, sought !== undefined)} limit ${parameters.add(limit)} offset ${parameters.add(start)}`,
      parameters.values,
    );
  }

  async versions(after: string | undefined, until: string | undefined): Promise<Map<string, number>> {
    const rows = await this.reads.query<{ id: string; version: number }>(
      `select id, version from document where type <> 'attachment' and id > $1 and ($2::bigint is null or id <= $2)`,
      [after ?? '0', until ?? null],
    );
    return new Map(rows.map((row) => [row.id, row.version]));
  }

  async snippets(ids: readonly string[]): Promise<Map<string, Snippet>> {
    const rows = await this.reads.query<Omit<Snippet, 'lastModified'> & { lastModified: Date }>(
      `select d.id, d.type, d.title, left(d.text, ${snippetTextMax}) as text, d.space_key as "spaceKey", d.space_name as "spaceName",
         d.webui, d.last_modified as "lastModified" from document d where d.id = any($1::bigint[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, { ...row, lastModified: row.lastModified.toISOString() }]));
  }
}

function orderOf(query: CheckedQuery, hasText: boolean): string {
  const asked = query.orderBy.map(({ field, direction }) => `${orderColumns[field]} ${direction}`);
  const byDefault = hasText ? ['score desc'] : ['d.last_modified desc'];
  return [...(asked.length > 0 ? asked : byDefault), 'd.id'].join(', ');
}

/** A document as the columns of `written` in `writeSql` take it. */
function recordOf({ labels, macros, version, webui, ...document }: search.IndexDocument): Record<string, unknown> {
  const text = document.text.slice(0, vectorTextMax);
  return {
    id: document.id,
    type: document.type,
    status: document.status,
    title: document.title,
    title_key: titleKeyOf(document.title),
    space_key: document.spaceKey,
    space_name: document.spaceName,
    space_type: document.spaceType,
    parent_id: document.parentId,
    ancestor_ids: document.ancestorIds,
    container_id: document.containerId,
    creator_key: document.creatorKey,
    contributor_keys: document.contributorKeys,
    created_at: document.createdAt,
    last_modified: document.lastModified,
    properties: Object.fromEntries(document.properties.map(({ key, value }) => [key, value])),
    text,
    title_words: withBigrams(document.title),
    text_words: withBigrams(text),
    labels,
    macros,
    version,
    webui,
  };
}
