import { Controller } from '@nestjs/common';
import { badRequest, forbidden, pages, tags, type RequestOf } from '@tributary/contracts';
import { Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { requireSpace, requireView } from '../permissions/access.js';

@Controller()
export class InlineCommentsController {
  constructor(private readonly writes: Writes) {}

  @Handle(pages.resolveInlineComment)
  async resolve({ actor, id, resolved }: RequestOf<typeof pages.resolveInlineComment>) {
    await this.writes.run(async (work) => {
      const comment = await requireView(work, actor, id);
      const space = await requireSpace(work, actor, comment.spaceKey);
      if (!space.mayComment) throw forbidden('The user may not comment in this space');
      const rows = await work.query<{ id: string; isThread: boolean }>(
        `select content_id as id, content_id = thread_id as "isThread" from inline_comment
         where thread_id = (select thread_id from inline_comment where content_id = $1) for update`,
        [id],
      );
      if (rows.length === 0) throw badRequest('Only comments inside of a text are resolved');
      await work.query(
        `update inline_comment set status = $2, changed_by = $3, changed_at = now()
         where content_id = thread_id and content_id = any($1::bigint[]) and (status = 'resolved') <> $4`,
        [rows.map((row) => row.id), resolved ? 'resolved' : 'reopened', actor.userKey, resolved],
      );
      // An answer shows its thread's state.
      work.changes(...rows.map((row) => tags.content(row.id)));
      if (comment.containerId) work.changes(tags.children(comment.containerId));
      work.emit(pages.contentChanged, { ids: rows.filter((row) => row.isThread).map((row) => row.id) });
    });
    return {};
  }
}
