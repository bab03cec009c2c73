import { Injectable } from '@nestjs/common';
import { pages, type RequestOf, titleKeyOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { requireSpace } from '../permissions/access.js';
import { ContentPresenter } from './content-presenter.js';
import { findRows, type ContentRow } from './content-rows.js';
import { Dependencies } from './dependencies.js';
import { Expansion } from './expansion.js';

type Filter = Pick<
  RequestOf<typeof pages.findContent>,
  'spaceKey' | 'title' | 'type' | 'status' | 'postingDay' | 'ids'
>;

/** Lists contents by what clients know of them. */
@Injectable()
export class ContentFinder {
  constructor(
    private readonly reads: Reads,
    private readonly presenter: ContentPresenter,
  ) {}

  async find(request: RequestOf<typeof pages.findContent>) {
    const { start, limit } = request;
    const rows = await this.select(request, { orderBy: 'c.id', start, limit: limit + 1 });
    return { results: await this.present(request, rows.slice(0, limit)), hasMore: rows.length > limit };
  }

  async scan(request: RequestOf<typeof pages.scanContent>) {
    const { cursor, limit } = request;
    const rows = await this.select(request, { orderBy: 'c.id', start: 0, limit: limit + 1, after: cursor });
    const shown = rows.slice(0, limit);
    return {
      results: await this.present({ ...request, locale: 'en' }, shown),
      nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    };
  }

  private async select(
    request: Filter & Pick<RequestOf<typeof pages.findContent>, 'actor' | 'expand'>,
    part: { orderBy: string; start: number; limit: number; after?: string | undefined },
  ): Promise<ContentRow[]> {
    const { actor, spaceKey, title, type, status, postingDay, ids } = request;
    const conditions: string[] = [];
    const parameters: unknown[] = [];
    const where = (sql: (parameter: string) => string, value: unknown): void => {
      parameters.push(value);
      conditions.push(sql(`$${parameters.length}`));
    };
    if (spaceKey !== undefined) {
      const space = await requireSpace(this.reads, actor, spaceKey);
      where((p) => `c.space_id = ${p}`, space.id);
    }
    if (title !== undefined) where((p) => `c.title_key = ${p}`, titleKeyOf(title));
    if (ids) where((p) => `c.id = any(${p}::bigint[])`, ids);
    if (postingDay) where((p) => `c.posting_day = ${p}::date`, postingDay);
    if (part.after) where((p) => `c.id > ${p}`, part.after);
    // Without a type Confluence lists pages; comments are found with their page.
    where((p) => `c.type = ${p}`, type ?? 'page');
    where((p) => `c.status = any(${p}::text[])`, status);
    const withBody = Expansion.of(request.expand).has('body');
    return findRows(this.reads, actor, { where: conditions.join(' and '), parameters, withBody, ...part });
  }

  private present(
    request: Pick<RequestOf<typeof pages.findContent>, 'actor' | 'expand' | 'locale'>,
    rows: readonly ContentRow[],
  ) {
    const { actor, expand, locale } = request;
    return this.presenter.present(rows, {
      actor,
      expansion: Expansion.of(expand),
      locale,
      dependsOn: new Dependencies(),
    });
  }
}
