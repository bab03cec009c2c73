import { Controller } from '@nestjs/common';
import { badRequest, forbidden, pages, refused, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { findAncestors } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { People } from '../people/people.service.js';
import { findAccess, requireEdit, requireView } from '../permissions/access.js';
import { RestrictionStore } from './restriction-store.js';

type Operations = RequestOf<typeof pages.setRestrictions>['operations'];

interface Change {
  readonly operation: string;
  readonly kind: string;
  readonly subjects: readonly string[];
}

/** View and edit restrictions of single contents; view restrictions act on everything below as well. */
@Controller()
export class RestrictionsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly restrictions: RestrictionStore,
    private readonly people: People,
  ) {}

  @Handle(pages.getRestrictions)
  async get({ actor, id }: RequestOf<typeof pages.getRestrictions>) {
    await requireView(this.reads, actor, id);
    return this.present(id);
  }

  @Handle(pages.setRestrictions)
  async set({ actor, id, operations }: RequestOf<typeof pages.setRestrictions>) {
    const resolved = await this.resolve(operations);
    await this.writes.run(async (work) => {
      const access = await requireEdit(work, actor, id);
      if (access.type === 'comment') throw badRequest('Comments are restricted with their page');
      if (!access.mayRestrict) throw forbidden('The user may not set restrictions in this space');
      await this.replace(work, id, resolved);
      await this.refuseLockOut(work, actor, id);
      work.changes(tags.permissions(access.spaceKey), tags.content(id));
      work.emit(pages.contentChanged, { ids: [id] });
    });
    return this.present(id);
  }

  @Handle(pages.relevantViewRestrictions)
  async relevant({ actor, id, start, limit }: RequestOf<typeof pages.relevantViewRestrictions>) {
    await requireView(this.reads, actor, id);
    const above = (await findAncestors(this.reads, [id])).get(id) ?? [];
    const chain = [id, ...above.map((page) => page.id).reverse()];
    const found = await this.restrictions.present(chain, new Dependencies());
    const acting = chain.flatMap((each) => {
      const read = found.get(each)?.read;
      return read && holdsSomebody(read) ? [read] : [];
    });
    return { results: acting.slice(start, start + limit), hasMore: acting.length > start + limit };
  }

  private async present(id: string) {
    const found = (await this.restrictions.present([id], new Dependencies())).get(id);
    return found ?? { read: {}, update: {} };
  }

  /** Users by their keys, groups by their names: one change for each kind that is given. */
  private async resolve(operations: Operations): Promise<Change[]> {
    const changes = operations.map(async ({ operation, users, groups }): Promise<Change[]> => [
      ...(users
        ? [{ operation, kind: 'user', subjects: await Promise.all(users.map((user) => this.people.resolveKey(user))) }]
        : []),
      ...(groups ? [{ operation, kind: 'group', subjects: await this.people.resolveGroups(groups) }] : []),
    ]);
    return (await Promise.all(changes)).flat();
  }

  private async replace(work: Work, id: string, changes: readonly Change[]): Promise<void> {
    // The row of the content orders this against moves and other restrictions of it.
    await work.query(`select 1 from content where id = $1 for update`, [id]);
    for (const { operation, kind, subjects } of changes) {
      await work.query(`delete from restriction where content_id = $1 and operation = $2 and subject_kind = $3`, [
        id,
        operation,
        kind,
      ]);
      await work.query(
        `insert into restriction (content_id, operation, subject_kind, subject)
         select distinct $1::bigint, $2, $3, subject from unnest($4::text[]) as s(subject)`,
        [id, operation, kind, subjects],
      );
    }
  }

  /** As in Confluence, nobody may take their own right to see or edit the content. */
  private async refuseLockOut(work: Work, actor: Actor, id: string): Promise<void> {
    const [after] = await findAccess(work, actor, [id]);
    if (!after?.mayView || !after.mayEdit)
      throw refused('lockedOut', 'You cannot restrict yourself from viewing or editing this content');
  }
}

function holdsSomebody(read: Record<string, unknown>): boolean {
  const { user, group } = read['restrictions'] as { user: { size: number }; group: { size: number } };
  return user.size + group.size > 0;
}
