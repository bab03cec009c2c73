import { Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { attachments, badRequest, baseUrlMark, notFound, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { expandOf, many, one, windowOf, type Query as Parameters } from '../edge/query.js';

type Kind = 'page' | 'comment' | 'attachment';

function kindOf(type: string): Kind {
  if (type === 'page' || type === 'comment' || type === 'attachment') return type;
  throw badRequest(`The type '${type}' is unknown: page, comment or attachment`);
}

@Controller('rest/api/content/:id')
export class HierarchyRoutes {
  /** All kinds of children, those that `expand` names. */
  @Get('child')
  async children(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.byKind(call, id, query, 'child');
  }

  @Get('descendant')
  async descendants(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.byKind(call, id, query, 'descendant');
  }

  @Get('child/:type')
  async childrenOfType(
    @Asked() call: Call,
    @Param('id') id: string,
    @Param('type') type: string,
    @Query() query: Parameters,
  ) {
    return this.list(call, id, kindOf(type), query, 'child');
  }

  @Get('descendant/:type')
  async descendantsOfType(
    @Asked() call: Call,
    @Param('id') id: string,
    @Param('type') type: string,
    @Query() query: Parameters,
  ) {
    return this.list(call, id, kindOf(type), query, 'descendant');
  }

  @Put('move/:position/:targetId')
  async move(
    @Asked() call: Call,
    @Param('id') id: string,
    @Param('position') position: string,
    @Param('targetId') targetId: string,
  ) {
    await call.ask(pages.movePage, { id, position: position as 'append', targetId });
    return { pageId: id };
  }

  private async byKind(call: Call, id: string, query: Parameters, group: 'child' | 'descendant') {
    const expand = expandOf(query);
    const kinds = (['page', 'comment', 'attachment'] as const).filter((kind) =>
      expand.some((path) => path === kind || path.startsWith(`${kind}.`)),
    );
    const shown: Record<string, unknown> = {};
    for (const kind of kinds) {
      const inside = expand.flatMap((path) => (path.startsWith(`${kind}.`) ? [path.slice(kind.length + 1)] : []));
      shown[kind] = await this.list(call, id, kind, { ...query, expand: inside.join(',') }, group);
    }
    if (kinds.length === 0) await this.list(call, id, 'page', { limit: '0' }, group);
    const missing = (['page', 'comment', 'attachment'] as const).filter((kind) => !(kind in shown));
    return {
      ...shown,
      _links: { self: `${baseUrlMark}${call.request.url}` },
      _expandable: Object.fromEntries(missing.map((kind) => [kind, `/rest/api/content/${id}/${group}/${kind}`])),
    };
  }

  private async list(call: Call, id: string, type: Kind, query: Parameters, group: 'child' | 'descendant') {
    const part = windowOf(query);
    const common = { expand: expandOf(query), ...part };
    if (type === 'attachment') {
      const filter = { fileName: one(query, 'filename'), mediaType: one(query, 'mediaType') };
      return call.list(await call.ask(attachments.list, { containerId: id, ...filter, ...common }), part);
    }
    const input = { id, type, locale: call.locale, ...common };
    if (group === 'descendant') return call.list(await call.ask(pages.listDescendants, input), part);
    const where = { depth: depthOf(query), location: many(query, 'location') as ['footer'] | undefined };
    return call.list(await call.ask(pages.listChildren, { ...input, ...where }), part);
  }
}

/** Confluence takes nothing, too, as "only the first level". */
const depthOf = (query: Parameters) => (one(query, 'depth') || undefined) as 'all' | undefined;

/** The route by which the web application and older scripts move pages. */
@Controller('pages')
export class MovePageRoute {
  @Post('movepage.action')
  @HttpCode(200)
  async move(@Asked() call: Call, @Query() query: Parameters) {
    const body = (typeof call.request.body === 'object' ? call.request.body : {}) as Parameters;
    const given = (name: string) => one(body, name) ?? one(query, name);
    const [id, spaceKey, position] = [given('pageId'), given('spaceKey'), given('position')];
    if (!id) throw badRequest('pageId is needed');
    if (position === 'topLevel') {
      await call.ask(pages.movePageToTop, { id, spaceKey });
      return { page: { id } };
    }
    const targetId = given('targetId') || (await this.titled(call, spaceKey, given('targetTitle')));
    await call.ask(pages.movePage, { id, targetId, position: (position || 'append') as 'append' });
    return { page: { id } };
  }

  /** The id of the page with a title, for scripts that name their target so. */
  private async titled(call: Call, spaceKey: string | undefined, title: string | undefined): Promise<string> {
    if (!title || !spaceKey) throw badRequest('targetId is needed, or spaceKey and targetTitle');
    const { results } = await call.ask(pages.findContent, { spaceKey, title, limit: 1 });
    const [page] = results;
    if (!page) throw notFound(`No page found with the title ${title} in the space with key ${spaceKey}`);
    return String(page['id']);
  }
}
