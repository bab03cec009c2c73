import { Controller } from '@nestjs/common';
import { pages, tags, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { findAccess, noContent } from '../permissions/access.js';
import { ContentFinder } from './content-finder.js';
import { ContentPresenter } from './content-presenter.js';
import { findRow, findRows } from './content-rows.js';
import { ContentWriter } from './content-writer.js';
import { Dependencies } from './dependencies.js';
import { Expansion } from './expansion.js';
import { asResource, WrittenContent } from './written-content.js';

/** What a single content shows when the client names nothing, as in Confluence. */
const defaultExpand = ['history', 'space', 'version'];

@Controller()
export class ContentController {
  constructor(
    private readonly reads: Reads,
    private readonly presenter: ContentPresenter,
    private readonly finder: ContentFinder,
    private readonly writer: ContentWriter,
    private readonly written: WrittenContent,
  ) {}

  @Handle(pages.getContent)
  async get({ actor, id, status, version, expand, locale }: RequestOf<typeof pages.getContent>) {
    const expansion = Expansion.of(expand.length > 0 ? expand : defaultExpand);
    const row = await findRow(this.reads, actor, id, { version, withBody: expansion.has('body') });
    if (!row?.mayView || !row.mayViewStatus) throw noContent(id);
    const wanted: readonly string[] = version === undefined ? status : [...status, 'current', 'historical'];
    if (!wanted.includes(row.status)) throw noContent(id);
    const dependsOn = new Dependencies();
    const [value] = await this.presenter.present([row], { actor, expansion, locale, dependsOn });
    // Drafts and the trash are seen by few and rarely: not worth an entry whose permission has rules of its own.
    if (row.contentStatus !== 'current') dependsOn.unnamed();
    return {
      value: asResource(value),
      dependsOn: dependsOn.list(),
      decisionDependsOn: [tags.permissions(row.spaceKey), tags.content(id)],
      perActor: dependsOn.perActor,
    };
  }

  @Handle(pages.mayView)
  async mayView({ actor, id }: RequestOf<typeof pages.mayView>) {
    const [access] = await findAccess(this.reads, actor, [id]);
    const allowed = access !== undefined && access.mayView && access.mayViewStatus;
    const dependsOn = access ? [tags.permissions(access.spaceKey), tags.content(id)] : [];
    return { value: { allowed }, dependsOn };
  }

  @Handle(pages.findContent)
  async find(request: RequestOf<typeof pages.findContent>) {
    return this.finder.find(request);
  }

  @Handle(pages.scanContent)
  async scan(request: RequestOf<typeof pages.scanContent>) {
    return this.finder.scan(request);
  }

  @Handle(pages.createContent)
  async create(request: RequestOf<typeof pages.createContent>) {
    return this.written.answer(request, await this.writer.create(request));
  }

  @Handle(pages.updateContent)
  async update(request: RequestOf<typeof pages.updateContent>) {
    return this.written.answer(request, await this.writer.update(request));
  }

  @Handle(pages.deleteContent)
  async delete(request: RequestOf<typeof pages.deleteContent>) {
    await this.writer.delete(request);
    return {};
  }

  @Handle(pages.allowedContents)
  async allowed({ actor, ids, operation }: RequestOf<typeof pages.allowedContents>) {
    const may = {
      read: 'mayView',
      update: 'mayEdit',
      attach: 'mayAttach',
      removeAttachments: 'mayRemoveAttachments',
      removeOwnAttachments: 'mayRemoveOwnAttachments',
    } as const;
    const found = await findAccess(this.reads, actor, ids);
    const byId = new Map(found.map((access) => [access.id, access]));
    const allowed = ids.flatMap((id) => {
      const access = byId.get(id);
      if (!access?.mayView || !access[may[operation]] || !access.mayViewStatus) return [];
      return [{ id, title: access.title, spaceKey: access.spaceKey, type: access.type }];
    });
    return { allowed };
  }

  @Handle(pages.presentContents)
  async presentContents({ actor, ids, expand, locale }: RequestOf<typeof pages.presentContents>) {
    const expansion = Expansion.of(expand);
    const rows = await findRows(this.reads, actor, {
      where: `c.id = any($1::bigint[]) and c.status = 'current'`,
      parameters: [ids],
      orderBy: 'array_position($1::bigint[], c.id)',
      withBody: expansion.has('body'),
    });
    return { results: await this.presenter.present(rows, { actor, expansion, locale, dependsOn: new Dependencies() }) };
  }
}
