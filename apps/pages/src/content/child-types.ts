import { tags, type Actor } from '@tributary/contracts';
import type { Reads } from '@tributary/database';
import { actorParameters, mayViewSql } from '../permissions/access.js';
import type { Dependencies } from './dependencies.js';
import type { Expansion } from './expansion.js';
import { selfLink } from './links.js';
import type { ContentRow } from './content-rows.js';

type Fields = Record<string, unknown>;

const types = ['page', 'comment'] as const;
type ChildType = (typeof types)[number];

/** `childTypes` of many contents: whether each has children of the types that are expanded, without reading them as `children` does. */
export async function presentChildTypes(
  reads: Reads,
  actor: Actor,
  rows: readonly ContentRow[],
  expansion: Expansion,
  dependsOn: Dependencies,
): Promise<Map<string, Fields>> {
  const shown = types.filter((type) => expansion.has(type));
  const found = shown.length === 0 ? [] : await findChildTypes(reads, actor, rows);
  if (shown.length > 0) {
    // Whether the reader may see one of them has no tag of its own.
    dependsOn.perActor = true;
    dependsOn.unnamed();
    dependsOn.add(...rows.map((row) => tags.children(row.id)));
  }
  const has = new Map(found.map((each) => [each.id, each]));
  return new Map(
    rows.map(({ id }) => {
      const link = (type: ChildType): string => `/rest/api/content/${id}/child/${type}`;
      const value = (type: ChildType): Fields => ({
        value: has.get(id)?.[type] ?? false,
        _links: { self: selfLink(link(type)) },
      });
      const unexpanded = types.filter((type) => !shown.includes(type)).map((type) => [type, link(type)]);
      return [
        id,
        {
          ...Object.fromEntries(shown.map((type) => [type, value(type)])),
          _expandable: Object.fromEntries(unexpanded) as Fields,
        },
      ];
    }),
  );
}

/** One look each: a page of ten thousand children costs what a page of one does, as long as the reader may see one of the first. */
function findChildTypes(
  reads: Reads,
  actor: Actor,
  rows: readonly ContentRow[],
): Promise<{ id: string; page: boolean; comment: boolean }[]> {
  return reads.query(
    `select p.id,
       exists (select 1 from content c where c.parent_id = p.id and c.type = 'page' and c.status = 'current' and ${mayViewSql('c.id', 2)}) as page,
       exists (select 1 from content c where c.container_id = p.id and c.type = 'comment' and c.status = 'current' and ${mayViewSql('c.id', 2)}) as comment
     from unnest($1::bigint[]) as p(id)`,
    [rows.map((row) => row.id), ...actorParameters(actor)],
  );
}
