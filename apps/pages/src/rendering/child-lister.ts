import { tags, type Actor } from '@tributary/contracts';
import type { Reads } from '@tributary/database';
import type { ChildPage, ListChildrenOptions, ListedChildren } from '@tributary/storage-format';
import { childOrder } from '../content/content-rows.js';
import { webLink } from '../content/links.js';
import { actorParameters, mayViewSql } from '../permissions/access.js';

/** Pages that a children or page tree macro shows at most; a larger tree is cut there, level by level. */
const listedPagesMax = 2_000;

const orders: Record<ListChildrenOptions['sort'], string> = {
  position: childOrder,
  title: 'c.title_key, c.id',
  creation: 'c.created_at, c.id',
  modified: '(select v.changed_at from content_version v where v.content_id = c.id and v.number = c.version), c.id',
};

interface ChildRow {
  id: string;
  type: string;
  title: string;
  parentId: string | null;
  spaceKey: string;
}

const ordered = (rows: ChildRow[], options: ListChildrenOptions): ChildRow[] =>
  options.reverse ? rows.toReversed() : rows;

type Listing = ListedChildren & { restricted: boolean; spaceKey: string };

/** Lists pages below a page or at the top of a space, as one reader may see them. */
export class ChildLister {
  constructor(
    private readonly reads: Reads,
    private readonly actor: Actor,
  ) {}

  belowPage(id: string, spaceKey: string, options: ListChildrenOptions): Promise<Listing> {
    return this.list([id], spaceKey, options);
  }

  belowSpace(spaceKey: string, options: ListChildrenOptions): Promise<Listing> {
    return this.list(null, spaceKey, options);
  }

  /** Goes down level by level, one query each, so depth and size stay bounded. */
  private async list(parents: string[] | null, spaceKey: string, options: ListChildrenOptions): Promise<Listing> {
    const dependsOn = new Set([tags.space(spaceKey), tags.permissions(spaceKey)]);
    const rowsByParent = new Map<string | null, ChildRow[]>();
    let level = parents;
    let count = 0;
    for (let depth = 0; depth < options.depth && count < listedPagesMax; depth += 1) {
      // The top of a space has no content whose children it is; its own tag stands for it.
      dependsOn.add(tags.children(spaceKey));
      for (const id of level ?? []) dependsOn.add(tags.children(id));
      const rows = await this.level(level, spaceKey, options, listedPagesMax - count);
      if (rows.length === 0) break;
      for (const row of rows) rowsByParent.set(row.parentId, [...(rowsByParent.get(row.parentId) ?? []), row]);
      count += rows.length;
      level = rows.map((row) => row.id);
    }
    const build = (parent: string | null): ChildPage[] =>
      ordered(rowsByParent.get(parent) ?? [], options)
        .slice(0, options.first)
        .map((row) => ({ id: row.id, title: row.title, url: webLink(row), children: build(row.id) }));
    const restricted = await this.spaceIsRestricted(spaceKey);
    return { found: true, pages: build(parents?.[0] ?? null), dependsOn: [...dependsOn], restricted, spaceKey };
  }

  private level(
    parents: string[] | null,
    spaceKey: string,
    options: ListChildrenOptions,
    limit: number,
  ): Promise<ChildRow[]> {
    const below = parents === null ? `c.parent_id is null and upper(s.key) = $1` : `c.parent_id = any($1::bigint[])`;
    return this.reads.query<ChildRow>(
      `select c.id, c.type, c.title, c.parent_id as "parentId", s.key as "spaceKey"
       from content c join space s on s.id = c.space_id
       where ${below} and c.type = 'page' and c.status = 'current' and ${mayViewSql('c.id', 2)}
       order by ${orders[options.sort]} limit ${limit}`,
      [parents ?? spaceKey.toUpperCase(), ...actorParameters(this.actor)],
    );
  }

  /** Whether readers of this space may see different lists at all. */
  private async spaceIsRestricted(spaceKey: string): Promise<boolean> {
    const rows = await this.reads.query(
      `select 1 from restriction r join content c on c.id = r.content_id join space s on s.id = c.space_id
       where upper(s.key) = $1 and r.operation = 'read' limit 1`,
      [spaceKey.toUpperCase()],
    );
    return rows.length > 0;
  }
}
