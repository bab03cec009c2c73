import { Injectable } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Reads, type Work } from '@tributary/database';
import { selfLink } from '../content/links.js';
import { isoDate } from '../content/version-presenter.js';
import type { Queries } from '../permissions/access.js';

export interface PropertyRow {
  id: string;
  contentId: string | null;
  key: string;
  value: unknown;
  version: number;
  changedAt: Date;
}

/** Whose property it is: the column that names the owner, the owner's id, and the path of its REST resource. */
export interface Owner {
  readonly column: 'content_id' | 'space_id';
  readonly id: string;
  readonly path: string;
}

const columns = `id, content_id as "contentId", key, value, version, changed_at as "changedAt"`;

export function presentProperty(row: PropertyRow, path: string) {
  return {
    id: row.id,
    key: row.key,
    value: row.value,
    version: { number: row.version, when: isoDate(row.changedAt), message: '', minorEdit: true, hidden: false },
    _links: { self: selfLink(`${path}/property/${encodeURIComponent(row.key)}`) },
    _expandable: { [row.contentId === null ? 'space' : 'content']: path },
  };
}

/** The JSON text of a value; one that is too large is `badRequest`. */
export function encodeValue(value: unknown): string {
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > pages.propertyBytesMax) {
    throw badRequest(`A property's value has at most ${pages.propertyBytesMax} bytes as JSON`);
  }
  return text;
}

/** JSON values kept with contents and spaces under a key. */
@Injectable()
export class PropertyStore {
  constructor(private readonly reads: Reads) {}

  list(owner: Owner, start: number, limit: number): Promise<PropertyRow[]> {
    return this.reads.query<PropertyRow>(
      `select ${columns} from property where ${owner.column} = $1 order by key limit $2 offset $3`,
      [owner.id, limit, start],
    );
  }

  async find(queries: Queries, owner: Owner, key: string, lock = false): Promise<PropertyRow | undefined> {
    const [row] = await queries.query<PropertyRow>(
      `select ${columns} from property where ${owner.column} = $1 and key = $2 ${lock ? 'for update' : ''}`,
      [owner.id, key],
    );
    return row;
  }

  /** For `expand=metadata.properties.KEY`: the named ones of each content. */
  async ofContents(ids: readonly string[], keys: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
    const rows = await this.reads.query<PropertyRow>(
      `select ${columns} from property where content_id = any($1::bigint[]) and key = any($2::text[])`,
      [ids, keys],
    );
    const found = new Map<string, Record<string, unknown>>(ids.map((id) => [id, {}]));
    for (const row of rows) {
      const path = `/rest/api/content/${row.contentId}`;
      const properties = row.contentId ? found.get(row.contentId) : undefined;
      if (properties) properties[row.key] = presentProperty(row, path);
    }
    return found;
  }

  async insert(work: Work, owner: Owner, key: string, value: string, userKey: string | null): Promise<void> {
    await work.query(`insert into property (${owner.column}, key, value, changed_by) values ($1, $2, $3::json, $4)`, [
      owner.id,
      key,
      value,
      userKey,
    ]);
  }

  async replace(work: Work, id: string, value: string, version: number, userKey: string | null): Promise<void> {
    await work.query(
      `update property set value = $2::json, version = $3, changed_by = $4, changed_at = now() where id = $1`,
      [id, value, version, userKey],
    );
  }

  async remove(work: Work, id: string): Promise<void> {
    await work.query(`delete from property where id = $1`, [id]);
  }

  /** Sets values inside another write, whatever their versions are. */
  async putAll(
    work: Work,
    owner: Owner,
    values: Record<string, { value: unknown }>,
    userKey: string | null,
  ): Promise<void> {
    for (const [key, { value }] of Object.entries(values)) {
      const text = encodeValue(value);
      const present = await this.find(work, owner, key, true);
      if (present) await this.replace(work, present.id, text, present.version + 1, userKey);
      else await this.insert(work, owner, key, text, userKey);
    }
  }
}

export const contentOwner = (id: string): Owner => ({ column: 'content_id', id, path: `/rest/api/content/${id}` });
