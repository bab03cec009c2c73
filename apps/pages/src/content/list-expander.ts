import { Injectable } from '@nestjs/common';
import { attachments, tags } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { MessagingClient } from '@tributary/messaging';
import { below } from '../hierarchy/below.js';
import { mayAccessOperations } from '../permissions/operations.js';
import { childOrder, findRows, type ContentRow } from './content-rows.js';
import type { Presentation } from './content-presenter.js';
import type { Expansion } from './expansion.js';
import { selfLink } from './links.js';

type Fields = Record<string, unknown>;
type PresentRows = (rows: readonly ContentRow[], inside: Expansion) => Promise<Fields[]>;

/** How many children, comments, attachments an `expand` shows; the list's own route shows the rest. */
const expandedListMax = 25;

/** Fills `children`, `descendants` and `operations` of a content: what depends on more than the content's own row. */
@Injectable()
export class ListExpander {
  constructor(
    private readonly reads: Reads,
    private readonly messaging: MessagingClient,
  ) {}

  async expand(row: ContentRow, how: Presentation, fields: Fields, present: PresentRows): Promise<void> {
    for (const group of ['children', 'descendants'] as const) {
      if (how.expansion.has(group)) fields[group] = await this.presentGroup(row, group, how, present);
    }
    if (how.expansion.has('operations')) {
      how.dependsOn.perActor = true;
      how.dependsOn.add(tags.permissions(row.spaceKey));
      fields['operations'] = await mayAccessOperations(this.reads, how.actor, row.id);
    }
  }

  private async presentGroup(
    row: ContentRow,
    group: 'children' | 'descendants',
    how: Presentation,
    present: PresentRows,
  ): Promise<Fields> {
    const types = ['page', 'comment', 'attachment'] as const;
    const path = `/rest/api/content/${row.id}/${group === 'children' ? 'child' : 'descendant'}`;
    const shown: Fields = {};
    const unexpanded: Fields = {};
    for (const type of types) {
      if (!how.expansion.has(`${group}.${type}`)) {
        unexpanded[type] = `${path}/${type}`;
        continue;
      }
      // What may be seen below a page differs between readers, and a subtree has no tag of its own.
      how.dependsOn.perActor = true;
      how.dependsOn.unnamed();
      const inside = how.expansion.inside(`${group}.${type}`);
      const results =
        type === 'attachment'
          ? await this.listAttachments(row, how, inside)
          : await present(await this.below(row, type, group, how), inside);
      shown[type] = {
        results: results.slice(0, expandedListMax),
        start: 0,
        limit: expandedListMax,
        size: Math.min(results.length, expandedListMax),
        _links: { self: selfLink(`${path}/${type}`) },
      };
    }
    return { ...shown, _links: { self: selfLink(path) }, _expandable: unexpanded };
  }

  private below(row: ContentRow, type: 'page' | 'comment', group: string, how: Presentation): Promise<ContentRow[]> {
    return findRows(this.reads, how.actor, {
      where: below[type][group === 'children' ? 'direct' : 'all'],
      parameters: [row.id],
      orderBy: childOrder,
      limit: expandedListMax,
      withBody: how.expansion.has(`${group}.${type}.body`),
    });
  }

  private async listAttachments(row: ContentRow, how: Presentation, inside: Expansion): Promise<Fields[]> {
    const { results } = await this.messaging.request(attachments.list, {
      actor: how.actor,
      containerId: row.id,
      expand: inside.names(),
      limit: expandedListMax,
    });
    return results;
  }
}
