import { Injectable } from '@nestjs/common';
import { Reads } from '@tributary/database';
import { selfLink } from '../content/links.js';
import { People } from '../people/people.service.js';
import type { Dependencies } from '../content/dependencies.js';

export type Operation = 'read' | 'update';

interface RestrictionRow {
  contentId: string;
  operation: Operation;
  kind: 'user' | 'group';
  subject: string;
}

export const presentGroup = (name: string) => ({
  type: 'group',
  name,
  _links: { self: selfLink(`/rest/api/group/${encodeURIComponent(name)}`) },
});

const listOf = (results: object[]) => ({ results, start: 0, limit: 200, size: results.length });

/** The restrictions that stand on contents themselves. */
@Injectable()
export class RestrictionStore {
  constructor(
    private readonly reads: Reads,
    private readonly people: People,
  ) {}

  /** `{read, update}` of each content in Confluence's shape. */
  async present(
    ids: readonly string[],
    dependsOn: Dependencies,
  ): Promise<Map<string, { read: Record<string, unknown>; update: Record<string, unknown> }>> {
    const rows = await this.reads.query<RestrictionRow>(
      `select content_id as "contentId", operation, subject_kind as kind, subject from restriction
       where content_id = any($1::bigint[]) order by subject_kind, subject`,
      [ids],
    );
    const user = await this.people.byKeys(
      rows.filter((row) => row.kind === 'user').map((row) => row.subject),
      dependsOn,
    );
    const one = (id: string, operation: Operation) => {
      const own = rows.filter((row) => row.contentId === id && row.operation === operation);
      const path = `/rest/api/content/${id}/restriction/byOperation/${operation}`;
      return {
        operation,
        restrictions: {
          user: listOf(own.filter((row) => row.kind === 'user').map((row) => user(row.subject))),
          group: listOf(own.filter((row) => row.kind === 'group').map((row) => presentGroup(row.subject))),
          _expandable: {},
        },
        _links: { self: selfLink(path) },
        _expandable: { content: `/rest/api/content/${id}` },
      };
    };
    return new Map(ids.map((id) => [id, { read: one(id, 'read'), update: one(id, 'update') }]));
  }
}
