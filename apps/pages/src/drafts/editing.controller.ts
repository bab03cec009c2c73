import { Controller } from '@nestjs/common';
import { pages, type RequestOf } from '@tributary/contracts';
import { Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { People } from '../people/people.service.js';
import { requireEdit } from '../permissions/access.js';
import { authorOf } from './author.js';

/** Who has a content open in an editor. A lease each, which an editor renews while it is open; nothing that must be right rests on it. */
@Controller()
export class EditingController {
  constructor(
    private readonly writes: Writes,
    private readonly people: People,
  ) {}

  @Handle(pages.markEditing)
  async mark({ actor, contentId, session, leaving }: RequestOf<typeof pages.markEditing>) {
    const author = authorOf(actor);
    const { others, changedBy, version } = await this.writes.run(async (work) => {
      const access = await requireEdit(work, actor, contentId);
      await (leaving ? leave(work, contentId, author, session) : renew(work, contentId, author, session));
      const rows = await work.query<{ userKey: string }>(
        `select distinct user_key as "userKey" from editing
         where content_id = $1 and seen_at > now() - make_interval(secs => $4) and (user_key, session) <> ($2, $3)`,
        [contentId, author, session, pages.editingLeaseMillis / 1_000],
      );
      const [newest] = await work.query<{ changedBy: string | null }>(
        `select changed_by as "changedBy" from content_version where content_id = $1 and number = $2`,
        [contentId, access.version],
      );
      return { others: rows, changedBy: newest?.changedBy ?? null, version: access.version };
    });
    const users = await Promise.all(others.map(({ userKey }) => this.people.byKey(userKey)));
    const writer = changedBy === null ? null : await this.people.byKey(changedBy);
    return {
      editors: users.flatMap((user) =>
        user ? [{ userKey: user.userKey, username: user.username, displayName: user.displayName }] : [],
      ),
      version,
      versionBy: writer?.displayName ?? '',
    };
  }
}

/** What has run out of the same content goes at the same time. */
async function renew(work: Work, contentId: string, author: string, session: string): Promise<void> {
  await work.query(
    `insert into editing (content_id, user_key, session) values ($1, $2, $3)
     on conflict (content_id, user_key, session) do update set seen_at = now()`,
    [contentId, author, session],
  );
  await work.query(`delete from editing where content_id = $1 and seen_at < now() - make_interval(secs => $2)`, [
    contentId,
    (2 * pages.editingLeaseMillis) / 1_000,
  ]);
}

const leave = (work: Work, contentId: string, author: string, session: string) =>
  work.query(`delete from editing where content_id = $1 and user_key = $2 and session = $3`, [
    contentId,
    author,
    session,
  ]);
