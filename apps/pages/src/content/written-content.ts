import { Injectable } from '@nestjs/common';
import { baseUrlMark, notFound, pages, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { ContentPresenter } from './content-presenter.js';
import { findRow } from './content-rows.js';
import type { Written } from './content-writer.js';
import { Dependencies } from './dependencies.js';
import { Expansion } from './expansion.js';

/** What a write answers where its client names nothing. */
const expandOfWrites = ['body.storage', 'history', 'space', 'version', 'ancestors', 'container'];

/** Answers writes with what they made. */
@Injectable()
export class WrittenContent {
  constructor(
    private readonly reads: Reads,
    private readonly presenter: ContentPresenter,
  ) {}

  /** The content as it is after a write of this actor. */
  async answer(
    request: Pick<RequestOf<typeof pages.updateContent>, 'actor' | 'expand' | 'locale'>,
    { id, version, body }: Written,
  ) {
    const { actor, locale } = request;
    const expansion = Expansion.of(request.expand.length > 0 ? request.expand : expandOfWrites);
    const read = (withBody: boolean) => findRow(this.reads, actor, id, { withBody });
    let row = await read(expansion.has('body') && body === undefined);
    // What was sent needn't be read back, unless somebody wrote again since.
    if (row && body !== undefined) row = row.version === version ? { ...row, body } : await read(true);
    if (!row) throw notFound('The content was removed by somebody else');
    const [value] = await this.presenter.present([row], { actor, expansion, locale, dependsOn: new Dependencies() });
    return asResource(value);
  }
}

/** A content as an answer of its own: its relative links start from the base that the links name. */
export const asResource = (content: Record<string, unknown> | undefined) => ({
  ...content,
  _links: { ...(content?.['_links'] as object), collection: '/rest/api/content', base: baseUrlMark, context: '' },
});
