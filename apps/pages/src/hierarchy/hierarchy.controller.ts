import { Controller } from '@nestjs/common';
import { badRequest, forbidden, pages, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { ContentPresenter } from '../content/content-presenter.js';
import { childOrder, findRows } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { Expansion } from '../content/expansion.js';
import { requireEdit, requireView } from '../permissions/access.js';
import { appendTo, placeBeside } from './tree.js';

type Below = RequestOf<typeof pages.listDescendants>;

const conditions = {
  childPages: `c.parent_id = $1 and c.type = 'page' and c.status = 'current'`,
  comments: `c.container_id = $1 and c.type = 'comment' and c.status = 'current'`,
  pagesBelow: `c.type = 'page' and c.status = 'current' and c.id in (
    with recursive below(id) as (
      select id from content where parent_id = $1 and status = 'current' union all
      select d.id from content d join below b on d.parent_id = b.id where d.status = 'current')
    select id from below)`,
};

@Controller()
export class HierarchyController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly presenter: ContentPresenter,
  ) {}

  @Handle(pages.listChildren)
  async children(request: RequestOf<typeof pages.listChildren>) {
    return this.list(request, request.type === 'page' ? conditions.childPages : conditions.comments);
  }

  @Handle(pages.listDescendants)
  async descendants(request: Below) {
    return this.list(request, request.type === 'page' ? conditions.pagesBelow : conditions.comments);
  }

  @Handle(pages.movePage)
  async move({ actor, id, position, targetId }: RequestOf<typeof pages.movePage>) {
    try {
      await this.writes.run(async (work) => {
        await work.query(`select 1 from content where id = any($1::bigint[]) order by id for update`, [[id, targetId]]);
        const page = await requireEdit(work, actor, id);
        const target = await requireView(work, actor, targetId);
        for (const each of [page, target]) {
          if (each.type !== 'page' || each.status !== 'current') throw badRequest('Only current pages can be moved');
        }
        if (page.spaceId !== target.spaceId && !page.mayDelete)
          throw forbidden('The user may not take the page out of its space');
        if (position === 'append') await appendTo(work, actor, page, target);
        else await placeBeside(work, actor, page, target, position);
      });
    } catch (error) {
      if (isUniqueViolation(error, 'content_page_title'))
        throw badRequest('A page with this title already exists in the space');
      throw error;
    }
    return {};
  }

  private async list(request: Below, where: string) {
    const { actor, id, start, limit, locale } = request;
    await requireView(this.reads, actor, id);
    const expansion = Expansion.of(request.expand);
    const rows = await findRows(this.reads, actor, {
      where,
      parameters: [id],
      orderBy: childOrder,
      start,
      limit: limit + 1,
      withBody: expansion.has('body'),
    });
    const results = await this.presenter.present(rows.slice(0, limit), {
      actor,
      expansion,
      locale,
      dependsOn: new Dependencies(),
    });
    return { results, hasMore: rows.length > limit };
  }
}
