import { Controller } from '@nestjs/common';
import { badRequest, notFound, pages, type RequestOf } from '@tributary/contracts';
import { Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { tasksOf, withTaskStatus } from '@tributary/storage-format';
import { lockForEdit, rewriteBody } from '../content/next-version.js';

/** What the history says of a version by which a task was ticked, in its reader's language who did it. */
const messages = {
  en: { complete: 'Completed a task', incomplete: 'Reopened a task' },
  ja: { complete: 'タスクを完了', incomplete: 'タスクを未完了に戻した' },
} as const;

/** Tasks are elements of a content's body; ticking one is writing a version. */
@Controller()
export class TasksController {
  constructor(private readonly writes: Writes) {}

  @Handle(pages.setTaskStatus)
  async setStatus({ actor, contentId, taskId, status, locale }: RequestOf<typeof pages.setTaskStatus>) {
    const version = await this.writes.run(async (work) => {
      const content = await lockForEdit(work, actor, contentId);
      if (content.status === 'trashed') throw badRequest('The content is in the trash');
      const by = { userKey: actor.userKey, message: messages[locale][status] };
      return rewriteBody(work, content, by, (document) => {
        const { length } = tasksOf(document, taskId);
        if (length === 0) throw notFound(`No task found with id ${taskId} in the content with id ${contentId}`);
        if (length > 1) throw badRequest(`The content has ${length} tasks with id ${taskId}`);
        return withTaskStatus(document, taskId, status);
      });
    });
    return { version };
  }
}
