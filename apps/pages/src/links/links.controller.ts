import { Controller } from '@nestjs/common';
import { pages, tags, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { ContentPresenter } from '../content/content-presenter.js';
import { findRows, type ContentRow } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { Expansion } from '../content/expansion.js';
import { requireView } from '../permissions/access.js';
import { findReferenced } from '../rendering/references.js';
import { namesSql } from './link-names.js';

/** What links to a page, and where a page went. */
@Controller()
export class LinksController {
  constructor(
    private readonly reads: Reads,
    private readonly presenter: ContentPresenter,
  ) {}

  @Handle(pages.listIncomingLinks)
  async incoming(request: RequestOf<typeof pages.listIncomingLinks>) {
    const { actor, id, start, limit } = request;
    await requireView(this.reads, actor, id);
    const [named] = await this.reads.query<{ names: string[] }>(
      `select ${namesSql} as names from content c join space s on s.id = c.space_id where c.id = $1`,
      [id],
    );
    const rows = await findRows(this.reads, actor, {
      where: `c.links && $1::text[] and c.id <> $2 and c.status = 'current' and c.type in ('page', 'blogpost')`,
      parameters: [named?.names ?? [], id],
      orderBy: 'v.changed_at desc, c.id desc',
      start,
      limit: limit + 1,
      withBody: Expansion.of(request.expand).has('body'),
    });
    return { results: await this.present(request, rows.slice(0, limit)), hasMore: rows.length > limit };
  }

  @Handle(pages.findOnceCalled)
  async onceCalled(request: RequestOf<typeof pages.findOnceCalled>) {
    const { actor, spaceKey, title } = request;
    const [found] = await findReferenced(this.reads, actor, [{ type: 'page', spaceKey, title }], undefined, false);
    const row = found?.row;
    // A page that has the title now was found by it.
    if (!row?.mayView || tags.title(row.spaceKey, row.title) === tags.title(spaceKey, title)) return { page: null };
    const rows = await findRows(this.reads, actor, {
      where: 'c.id = $1',
      parameters: [row.id],
      withBody: Expansion.of(request.expand).has('body'),
    });
    const [page] = await this.present(request, rows);
    return { page: page ?? null };
  }

  private present(
    { actor, expand, locale }: Pick<RequestOf<typeof pages.findOnceCalled>, 'actor' | 'expand' | 'locale'>,
    rows: readonly ContentRow[],
  ) {
    return this.presenter.present(rows, {
      actor,
      expansion: Expansion.of(expand),
      locale,
      dependsOn: new Dependencies(),
    });
  }
}
