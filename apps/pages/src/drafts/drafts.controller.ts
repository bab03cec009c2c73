import { Controller } from '@nestjs/common';
import { badRequest, bodyLengthMax, conflict, pages, type RequestOf } from '@tributary/contracts';
import { Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { parseBody } from '../content/bodies.js';
import { authorOf } from './author.js';
import { actorParameters, mayViewSql, mayViewStatusSql, requireEdit, requireView } from '../permissions/access.js';

interface DraftRow extends Omit<pages.Draft, 'contentId' | 'savedAt'> {
  savedAt: Date;
}

/**
 * Drafts of contents, for their authors alone. They hang on a content, so who may no longer view that sees no draft of it either.
 * No cached answer shows one: nothing is pinned.
 */
@Controller()
export class DraftsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(pages.getDraft)
  async get({ actor, contentId }: RequestOf<typeof pages.getDraft>) {
    const author = authorOf(actor);
    await requireView(this.reads, actor, contentId);
    const [row] = await this.reads.query<DraftRow>(
      `select title, body, version, revision, saved_at as "savedAt" from draft where user_key = $1 and content_id = $2`,
      [author, contentId],
    );
    return { draft: row ? { ...row, contentId, savedAt: row.savedAt.toISOString() } : null };
  }

  @Handle(pages.saveDraft)
  async save(request: RequestOf<typeof pages.saveDraft>) {
    const { actor, contentId, body } = request;
    const author = authorOf(actor);
    parseBody(body);
    return this.writes.run(async (work) => {
      await requireEdit(work, actor, contentId);
      return keep(work, author, request);
    });
  }

  @Handle(pages.changeDraft)
  async change(request: RequestOf<typeof pages.changeDraft>) {
    const { actor, contentId, session, revision, start, end } = request;
    const author = authorOf(actor);
    return this.writes.run(async (work) => {
      await requireEdit(work, actor, contentId);
      const [saved] = await work.query<{ body: string }>(
        `select body from draft where user_key = $1 and content_id = $2 and revision = $3 and session = $4 for update`,
        [author, contentId, revision, session],
      );
      if (!saved || start + end > saved.body.length) throw otherEditor();
      const body = saved.body.slice(0, start) + request.body + saved.body.slice(saved.body.length - end);
      if (body.length > bodyLengthMax) throw badRequest(`A body has ${bodyLengthMax} characters at most`);
      parseBody(body);
      return keep(work, author, { ...request, body });
    });
  }

  @Handle(pages.discardDraft)
  async discard({ actor, contentId }: RequestOf<typeof pages.discardDraft>) {
    const author = authorOf(actor);
    await this.writes.run(async (work) => {
      await requireView(work, actor, contentId);
      await work.query(`delete from draft where user_key = $1 and content_id = $2`, [author, contentId]);
    });
    return {};
  }

  @Handle(pages.listDrafts)
  async list({ actor, start, limit }: RequestOf<typeof pages.listDrafts>) {
    const author = authorOf(actor);
    // A draft that says what the content says is what its author has published.
    const rows = await this.reads.query<Omit<pages.ListedDraft, 'savedAt'> & { savedAt: Date }>(
      `select c.id as "contentId", coalesce(d.title, c.title) as title, c.status, s.key as "spaceKey", s.name as "spaceName",
         coalesce(d.saved_at, v.changed_at) as "savedAt"
       from content c join space s on s.id = c.space_id left join content k on k.id = c.container_id
         join content_version v on v.content_id = c.id and v.number = c.version
         left join draft d on d.content_id = c.id and d.user_key = $1
       where c.id in (select content_id from draft where user_key = $1
           union all select id from content where status = 'draft' and type <> 'comment' and created_by = $1)
         and (c.status = 'draft' or d.body <> v.body or d.title <> v.title)
         and ${mayViewSql('c.id', 2)} and ${mayViewStatusSql(2)}
       order by "savedAt" desc, c.id limit $5 offset $6`,
      [author, ...actorParameters(actor), limit + 1, start],
    );
    const results = rows.slice(0, limit).map((row) => ({ ...row, savedAt: row.savedAt.toISOString() }));
    return { results, hasMore: rows.length > limit };
  }
}

const otherEditor = () => conflict('The draft was changed in another editor');

/** Keeps a draft of the author's whose editor knows what was saved last. */
async function keep(work: Work, author: string, draft: Omit<RequestOf<typeof pages.saveDraft>, 'actor'>) {
  const { contentId, title, body, version, session, revision } = draft;
  // A session whose answer was lost says the same again: it isn't another editor.
  const [saved] = await work.query<{ revision: number; savedAt: Date }>(
    `insert into draft as d (content_id, user_key, title, body, version, session, revision) values ($1, $2, $3, $4, $5, $6, $7 + 1)
     on conflict (user_key, content_id) do update set title = excluded.title, body = excluded.body, version = excluded.version,
       session = excluded.session, revision = d.revision + 1, saved_at = now()
     where d.revision = $7 or d.session = excluded.session
     returning revision, saved_at as "savedAt"`,
    [contentId, author, title, body, version, session, revision],
  );
  if (!saved) throw otherEditor();
  return { revision: saved.revision, savedAt: saved.savedAt.toISOString() };
}
