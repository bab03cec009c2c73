import { Controller } from '@nestjs/common';
import { pages, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { ContentPresenter } from '../content/content-presenter.js';
import { childOrder, findRows, type RowQuery } from '../content/content-rows.js';
import { Dependencies } from '../content/dependencies.js';
import { Expansion } from '../content/expansion.js';
import { actorParameters, mayInSpaceSql, requireSpace, requireSpaceAdministrator } from '../permissions/access.js';
import { SpaceExpander, spaceColumns, type SpaceRow } from './space-expander.js';
import { spaceLinks } from './space-presenter.js';
import { SpaceWriter } from './space-writer.js';

type Listed = Pick<RequestOf<typeof pages.listTrash>, 'actor' | 'expand' | 'start' | 'limit'>;

@Controller()
export class SpacesController {
  constructor(
    private readonly reads: Reads,
    private readonly spaces: SpaceExpander,
    private readonly contents: ContentPresenter,
    private readonly writer: SpaceWriter,
  ) {}

  @Handle(pages.createSpace)
  async create(request: RequestOf<typeof pages.createSpace>) {
    await this.writer.create(request);
    return this.get({
      ...request,
      locale: 'en',
      expand: request.expand.length > 0 ? request.expand : ['description.plain', 'homepage'],
    });
  }

  @Handle(pages.getSpace)
  async get({ actor, key, expand, locale }: RequestOf<typeof pages.getSpace>) {
    const space = await requireSpace(this.reads, actor, key);
    const rows = await this.reads.query<SpaceRow>(`select ${spaceColumns} from space s where s.id = $1`, [space.id]);
    const [presented] = await this.spaces.present(rows, { actor, locale, expansion: Expansion.of(expand) });
    const links = { ...spaceLinks(space.key), collection: '/rest/api/space' };
    return { ...presented, _links: links };
  }

  @Handle(pages.listSpaces)
  async list(request: RequestOf<typeof pages.listSpaces>) {
    const { actor, keys, ids, type, status, watched, expand, start, limit } = request;
    const rows = await this.reads.query<SpaceRow>(
      `select ${spaceColumns} from space s
       where ($1::text[] is null or upper(s.key) = any($1)) and ($2::bigint[] is null or s.id = any($2))
         and ($3::text is null or s.type = $3) and ($4::text is null or s.status = $4) and ${mayInSpaceSql('s.id', 'space', 'read', 5)}
         and (not $10::boolean or exists (select 1 from watch w where w.space_id = s.id and w.user_key = $5))
       order by lower(s.name), s.id limit $8 offset $9`,
      [
        keys?.map((key) => key.toUpperCase()) ?? null,
        ids ?? null,
        type ?? null,
        status ?? null,
        ...actorParameters(actor),
        limit + 1,
        start,
        watched ?? false,
      ],
    );
    const how = { actor, locale: 'en' as const, expansion: Expansion.of(expand) };
    return { results: await this.spaces.present(rows.slice(0, limit), how), hasMore: rows.length > limit };
  }

  @Handle(pages.updateSpace)
  async update(request: RequestOf<typeof pages.updateSpace>) {
    await this.writer.update(request);
    return this.get({
      ...request,
      locale: 'en',
      expand: request.expand.length > 0 ? request.expand : ['description.plain', 'homepage'],
    });
  }

  @Handle(pages.deleteSpace)
  async delete(request: RequestOf<typeof pages.deleteSpace>) {
    return { taskId: await this.writer.delete(request) };
  }

  @Handle(pages.listSpaceContent)
  async content({ key, type, depth, locale, ...listed }: RequestOf<typeof pages.listSpaceContent>) {
    const space = await requireSpace(this.reads, listed.actor, key);
    const where = `c.space_id = $1 and c.type = $2 and c.status = 'current'${depth === 'root' ? ' and c.parent_id is null' : ''}`;
    const orderBy = depth === 'root' ? childOrder : 'c.id';
    return this.contentsOf(listed, { where, parameters: [space.id, type], orderBy }, locale);
  }

  @Handle(pages.listTrash)
  async trash({ key, ...listed }: RequestOf<typeof pages.listTrash>) {
    const space = await requireSpaceAdministrator(this.reads, listed.actor, key);
    const query = { where: `c.space_id = $1 and c.status = 'trashed'`, parameters: [space.id], orderBy: 'c.id' };
    return this.contentsOf(listed, query, 'en');
  }

  @Handle(pages.emptyTrash)
  async emptyTrash({ actor, key }: RequestOf<typeof pages.emptyTrash>) {
    await this.writer.emptyTrash(actor, key);
    return {};
  }

  private async contentsOf(
    { actor, expand, start, limit }: Listed & { actor: Actor },
    query: Pick<RowQuery, 'where' | 'parameters' | 'orderBy'>,
    locale: 'en' | 'ja',
  ) {
    const expansion = Expansion.of(expand);
    const rows = await findRows(this.reads, actor, {
      ...query,
      start,
      limit: limit + 1,
      withBody: expansion.has('body'),
    });
    const how = { actor, expansion, locale, dependsOn: new Dependencies() };
    return { results: await this.contents.present(rows.slice(0, limit), how), hasMore: rows.length > limit };
  }
}
