import { Controller } from '@nestjs/common';
import { notFound, pages, tags, type RequestOf } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { requireEdit, requireView } from '../permissions/access.js';
import { LabelStore, normaliseLabel } from './label-store.js';

@Controller()
export class LabelsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly labels: LabelStore,
  ) {}

  @Handle(pages.listLabels)
  async list({ actor, id, prefix, start, limit }: RequestOf<typeof pages.listLabels>) {
    await requireView(this.reads, actor, id);
    const rows = await this.labels.list(id, actor.userKey, prefix, start, limit + 1);
    return { results: rows.slice(0, limit), hasMore: rows.length > limit };
  }

  @Handle(pages.addLabels)
  async add({ actor, id, labels }: RequestOf<typeof pages.addLabels>) {
    const wanted = labels.map(normaliseLabel);
    await this.writes.run(async (work) => {
      await requireEdit(work, actor, id);
      await this.labels.add(work, id, actor.userKey, wanted);
      work.changes(tags.content(id));
      work.emit(pages.contentChanged, { ids: [id] });
    });
    const results = await this.labels.list(id, actor.userKey, undefined, 0, 200);
    return { results, hasMore: false };
  }

  @Handle(pages.removeLabel)
  async remove({ actor, id, name }: RequestOf<typeof pages.removeLabel>) {
    const label = normaliseLabel({ name });
    await this.writes.run(async (work) => {
      await requireEdit(work, actor, id);
      if (!(await this.labels.remove(work, id, actor.userKey, label)))
        throw notFound(`The content has no label ${label.name}`);
      work.changes(tags.content(id));
      work.emit(pages.contentChanged, { ids: [id] });
    });
    return {};
  }
}
