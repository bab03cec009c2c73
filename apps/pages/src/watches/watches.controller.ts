import { Controller } from '@nestjs/common';
import { attachments, forbidden, isAdministrator, pages, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { Handle, MessagingClient } from '@tributary/messaging';
import { ContentPresenter } from '../content/content-presenter.js';
import { findRows } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { Expansion } from '../content/expansion.js';
import { People } from '../people/people.service.js';
import {
  requireEdit,
  requireSpace,
  requireSpaceAdministrator,
  requireView,
  type Queries,
} from '../permissions/access.js';

type Target = RequestOf<typeof pages.getWatch>['target'];

interface WatchKey {
  column: 'content_id' | 'space_id' | 'attachment_id';
  id: string;
  contentType: string;
}

/** Who is told of changes. Watching changes no cached answer, so nothing is pinned. */
@Controller()
export class WatchesController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly people: People,
    private readonly messaging: MessagingClient,
    private readonly presenter: ContentPresenter,
  ) {}

  @Handle(pages.getWatch)
  async get({ actor, target, userKey, username }: RequestOf<typeof pages.getWatch>) {
    const key = await this.findTarget(this.reads, actor, target);
    const watcher = await this.watcher(actor, { userKey, username });
    const rows = await this.reads.query(
      `select 1 from watch where ${key.column} = $1 and user_key = $2 and ($3 = '' or content_type in ('', $3))`,
      [key.id, watcher, key.contentType],
    );
    return { watching: rows.length > 0 };
  }

  @Handle(pages.setWatch)
  async set({ actor, target, userKey, username, watching }: RequestOf<typeof pages.setWatch>) {
    const watcher = await this.watcher(actor, { userKey, username });
    // Another service's answer isn't waited for inside a transaction.
    const attachment = target.kind === 'attachment' ? await this.findTarget(this.reads, actor, target) : undefined;
    await this.writes.run(async (work) => {
      const key = attachment ?? (await this.findTarget(work, actor, target));
      const sql = watching
        ? `insert into watch (${key.column}, user_key, content_type) values ($1, $2, $3) on conflict do nothing`
        : `delete from watch where ${key.column} = $1 and user_key = $2 and content_type = $3`;
      await work.query(sql, [key.id, watcher, key.contentType]);
    });
    return {};
  }

  @Handle(pages.listWatchers)
  async list({ actor, target, start, limit }: RequestOf<typeof pages.listWatchers>) {
    if (target.kind === 'content') await requireEdit(this.reads, actor, target.id);
    else if (target.kind === 'attachment')
      await requireEdit(this.reads, actor, await this.containerOf(actor, target.id));
    else await requireSpaceAdministrator(this.reads, actor, target.key);
    const key = await this.findTarget(this.reads, actor, target);
    const rows = await this.reads.query<{ userKey: string }>(
      `select user_key as "userKey" from watch where ${key.column} = $1 order by id limit $2 offset $3`,
      [key.id, limit + 1, start],
    );
    const users = await Promise.all(rows.slice(0, limit).map((row) => this.people.byKey(row.userKey)));
    const results = users.flatMap((watcher) => (watcher ? [{ watcher, type: target.kind.toUpperCase() }] : []));
    return { results, hasMore: rows.length > limit };
  }

  @Handle(pages.listWatchedContent)
  async watched({ actor, expand, locale, start, limit }: RequestOf<typeof pages.listWatchedContent>) {
    const expansion = Expansion.of(expand);
    const rows = await findRows(this.reads, actor, {
      where: `c.id in (select w.content_id from watch w where w.user_key = $1 and w.content_id is not null)
        and c.status = 'current' and c.type in ('page', 'blogpost')`,
      parameters: [actor.userKey],
      orderBy: 'v.changed_at desc, c.id desc',
      start,
      limit: limit + 1,
      withBody: expansion.has('body'),
    });
    const how = { actor, expansion, locale, dependsOn: new Dependencies() };
    return { results: await this.presenter.present(rows.slice(0, limit), how), hasMore: rows.length > limit };
  }

  private async findTarget(queries: Queries, actor: Actor, target: Target): Promise<WatchKey> {
    if (target.kind === 'content') {
      return { column: 'content_id', id: (await requireView(queries, actor, target.id)).id, contentType: '' };
    }
    if (target.kind === 'attachment') {
      await this.containerOf(actor, target.id);
      return { column: 'attachment_id', id: target.id, contentType: '' };
    }
    const space = await requireSpace(queries, actor, target.key);
    return { column: 'space_id', id: space.id, contentType: target.contentType ?? '' };
  }

  /** The content that an attachment hangs on; who may not view it is told that there is no attachment. */
  private async containerOf(actor: Actor, attachmentId: string): Promise<string> {
    const attachment = await this.messaging.request(attachments.get, { actor, attachmentId, expand: ['container'] });
    return (attachment['container'] as { id: string }).id;
  }

  /** One's own watches are everybody's to change; another user's are the administrators'. */
  private async watcher(
    actor: Actor,
    named: { userKey: string | undefined; username: string | undefined },
  ): Promise<string> {
    if (!actor.userKey) throw forbidden('Only signed-in users watch content');
    const watcher = await this.people.resolveKey(named, actor);
    if (watcher !== actor.userKey && !isAdministrator(actor))
      throw forbidden("Another user's watches are for administrators");
    return watcher;
  }
}
