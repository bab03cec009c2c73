import { Controller } from '@nestjs/common';
import { badRequest, forbidden, pages, refused, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { ContentPresenter } from '../content/content-presenter.js';
import { childOrder, findRows } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { Expansion } from '../content/expansion.js';
import { requireEdit, requireView } from '../permissions/access.js';
import { atLocation, below } from './below.js';
import { appendTo, placeBeside, placeUnder } from './tree.js';

type Below = RequestOf<typeof pages.listDescendants>;

@Controller()
export class HierarchyController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly presenter: ContentPresenter,
  ) {}

  @Handle(pages.listChildren)
  async children(request: RequestOf<typeof pages.listChildren>) {
    const { type, depth, location } = request;
    const reach = type === 'comment' && depth === 'all' ? 'all' : 'direct';
    const there =
      type === 'comment' && location ? ` and (${location.map((place) => atLocation[place]).join(' or ')})` : '';
    return this.list(request, `${below[type][reach]}${there}`);
  }

  @Handle(pages.listDescendants)
  async descendants(request: Below) {
    return this.list(request, below[request.type].all);
  }

  @Handle(pages.movePage)
  async move({ actor, id, position, targetId }: RequestOf<typeof pages.movePage>) {
    await this.refuseTakenTitle(async (work) => {
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
    return {};
  }

  @Handle(pages.movePageToTop)
  async moveToTop({ actor, id, spaceKey }: RequestOf<typeof pages.movePageToTop>) {
    await this.refuseTakenTitle(async (work) => {
      await work.query(`select 1 from content where id = $1 for update`, [id]);
      const page = await requireEdit(work, actor, id);
      if (page.type !== 'page' || page.status !== 'current') throw badRequest('Only current pages can be moved');
      if (spaceKey !== undefined && spaceKey.toUpperCase() !== page.spaceKey.toUpperCase())
        throw badRequest('The page is in another space');
      await placeUnder(work, actor, page, null);
    });
    return {};
  }

  private async refuseTakenTitle(move: (work: Work) => Promise<void>): Promise<void> {
    try {
      await this.writes.run(move);
    } catch (error) {
      if (isUniqueViolation(error, 'content_page_title'))
        throw refused('titleTaken', 'A page with this title already exists in the space');
      throw error;
    }
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
