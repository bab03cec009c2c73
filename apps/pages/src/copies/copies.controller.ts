import { Controller } from '@nestjs/common';
import { startTask } from '@tributary/cluster';
import { attachments, badRequest, pages, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { Handle, MessagingClient } from '@tributary/messaging';
import { findRow, type ContentRow } from '../content/content-rows.js';
import { ContentWriter, refuseCreation } from '../content/content-writer.js';
import { WrittenContent } from '../content/written-content.js';
import { lockParent } from '../hierarchy/place.js';
import { findViewable, noContent, requireSpace, requireView } from '../permissions/access.js';
import { bringAlong, copiedPage } from './copied-page.js';
import { refuseTitles } from './copied-titles.js';
import { copyHierarchy, type HierarchyCopy } from './copy-hierarchy.task.js';

type Copy = RequestOf<typeof pages.copyPage>;

@Controller()
export class CopiesController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly writer: ContentWriter,
    private readonly written: WrittenContent,
    private readonly messaging: MessagingClient,
  ) {}

  @Handle(pages.copyPage)
  async copy(request: Copy) {
    const { actor, id, destination, title, expand, locale } = request;
    const original = await this.pageOf(actor, id);
    const where = destination.kind === 'page' ? { parentId: destination.id } : { spaceKey: destination.key };
    const page: RequestOf<typeof pages.createContent> = {
      ...copiedPage(actor, original, request, await this.spaceOf(actor, destination)),
      title: title ?? original.title,
      expand,
      locale,
      ...where,
    };
    const made = await this.writer.create(page, (work, copyId) => bringAlong(work, actor, id, copyId, request));
    if (request.attachments) await this.messaging.request(attachments.copyAll, { actor, fromId: id, toId: made.id });
    return this.written.answer(page, made);
  }

  @Handle(pages.copyHierarchy)
  async copyHierarchy(request: RequestOf<typeof pages.copyHierarchy>) {
    const { actor, ...copy } = request;
    const { id, parentId } = copy;
    const original = await this.pageOf(actor, id);
    const taskId = await this.writes.run(async (work) => {
      // Asked for by its id like the original: where it can't be seen it isn't there.
      await requireView(work, actor, parentId);
      const parent = await lockParent(work, actor, parentId);
      const space = await requireSpace(work, actor, parent.spaceKey);
      refuseCreation(space, 'page');
      await refuseTitles(work, actor, original, parent, request);
      const title = { key: 'pages.copy-hierarchy.title', args: [original.title] };
      return startTask(work, copyHierarchy, {
        input: { ...copy, userKey: actor.userKey } satisfies HierarchyCopy,
        title,
        startedBy: actor.userKey,
      });
    });
    return { taskId };
  }

  /** The space that the copy goes to; undefined where its parent isn't there for the actor, which creating it tells. */
  private async spaceOf(actor: Actor, destination: Copy['destination']): Promise<string | undefined> {
    if (destination.kind === 'space') return destination.key;
    return (await findViewable(this.reads, actor, destination.id))?.spaceKey;
  }

  private async pageOf(actor: Actor, id: string): Promise<ContentRow> {
    const row = await findRow(this.reads, actor, id, { withBody: true });
    if (!row?.mayView || !row.mayViewStatus) throw noContent(id);
    if (row.type !== 'page' || row.contentStatus !== 'current') throw badRequest('Only current pages can be copied');
    return row;
  }
}
