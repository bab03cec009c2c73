import { Injectable } from '@nestjs/common';
import type { search } from '@tributary/contracts';
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

/** The index in PostgreSQL: its own full text, with bigrams for Chinese and Japanese. */
@Injectable()
export class PostgresIndex implements SearchIndex {
  constructor(private readonly reads: Reads) {}

  async write(documents: readonly search.IndexDocument[]): Promise<void> {
    for (const document of documents) {
      await this.reads.query(
        `insert into document (id, type, status, title, title_key, space_key, space_name, space_type, parent_id, ancestor_ids, container_id,
           labels, macros, creator_key, contributor_keys, created_at, last_modified, version, properties, webui, text, title_vector, text_vector)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
           to_tsvector('simple', $22), setweight(to_tsvector('simple', $22), 'A') || to_tsvector('simple', $23))
         on conflict (id) do update set (type, status, title, title_key, space_key, space_name, space_type, parent_id, ancestor_ids, container_id,
           labels, macros, creator_key, contributor_keys, created_at, last_modified, version, properties, webui, text, title_vector, text_vector)
         = (excluded.type, excluded.status, excluded.title, excluded.title_key, excluded.space_key, excluded.space_name, excluded.space_type,
           excluded.parent_id, excluded.ancestor_ids, excluded.container_id, excluded.labels, excluded.macros, excluded.creator_key,
           excluded.contributor_keys, excluded.created_at, excluded.last_modified, excluded.version, excluded.properties, excluded.webui,
           excluded.text, excluded.title_vector, excluded.text_vector)`,
        valuesOf(document),
      );
    }
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.reads.query(`delete from document where id = any($1::bigint[])`, [ids]);
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

function valuesOf(document: search.IndexDocument): unknown[] {
  const { id, type, status, title, spaceKey, spaceName, spaceType, parentId, ancestorIds, containerId } = document;
  const properties = Object.fromEntries(document.properties.map(({ key, value }) => [key, value]));
  const text = document.text.slice(0, vectorTextMax);
  const who = [document.labels, document.macros, document.creatorKey, document.contributorKeys];
  const when = [document.createdAt, document.lastModified, document.version];
  const place = [spaceKey, spaceName, spaceType, parentId, ancestorIds, containerId];
  const found = [JSON.stringify(properties), document.webui, text, withBigrams(title), withBigrams(text)];
  const name = [id, type, status, title, title.trim().toLowerCase()];
  return [name, place, who, when, found].flatMap((part): unknown[] => part);
}
