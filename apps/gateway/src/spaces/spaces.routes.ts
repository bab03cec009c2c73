import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { badRequest, baseUrlMark, pages, ServiceError, type RequestInputOf } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectAt, objectOf, textAt, type Json } from '../edge/bodies.js';
import { boolean, expandOf, many, one, windowOf, type Query as Parameters } from '../edge/query.js';

/** `description.plain.value`, or `description.view.value`. */
function descriptionOf(space: Json): string | undefined {
  const description = objectAt(space, 'description');
  return textAt(objectAt(description, 'plain'), 'value') ?? textAt(objectAt(description, 'view'), 'value');
}

/** Filters by what spaces don't have yet: an answer that ignores them would name the wrong spaces. */
function refuseFilters(query: Parameters): void {
  const named = ['label', 'contentLabel'].filter((name) => (many(query, name)?.length ?? 0) > 0);
  const asked = [...named, ...['favourite', 'hasRetentionPolicy'].filter((name) => boolean(query, name))];
  if (asked.length > 0) throw new ServiceError('notImplemented', `Spaces can't be listed by ${asked.join()} yet`);
}

@Controller('rest/api/space')
export class SpaceRoutes {
  @Get()
  async list(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    refuseFilters(query);
    const keys = [
      ...(many(query, 'spaceKey') ?? []),
      ...(many(query, 'spaceKeys') ?? []),
      ...(many(query, 'spaceKeySingle') ?? []),
    ];
    const ids = [...(many(query, 'spaceId') ?? []), ...(many(query, 'spaceIds') ?? [])];
    const page = await call.ask(pages.listSpaces, {
      keys: keys.length > 0 ? keys : undefined,
      ids: ids.length > 0 ? ids : undefined,
      type: one(query, 'type') as 'global' | undefined,
      status: one(query, 'status')?.toLowerCase() as 'current' | undefined,
      expand: expandOf(query),
      ...part,
    });
    return call.list(page, part);
  }

  @Post()
  @HttpCode(200)
  create(@Asked() call: Call, @Body() body: unknown, @Query() query: Parameters) {
    return this.make(call, body, query, { type: 'global', private: false });
  }

  @Post('_private')
  @HttpCode(200)
  createPrivate(@Asked() call: Call, @Body() body: unknown, @Query() query: Parameters) {
    return this.make(call, body, query, { type: 'global', private: true });
  }

  @Post('personal')
  @HttpCode(200)
  async createPersonal(@Asked() call: Call, @Body() body: unknown, @Query() query: Parameters) {
    const { actor } = await call.identify();
    const space = { key: `~${actor.username}`, name: actor.displayName, ...objectOf(body ?? {}) };
    return this.make(call, space, query, { type: 'personal', private: false });
  }

  @Get(':key')
  get(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    return call.ask(pages.getSpace, { key, expand: expandOf(query), locale: call.locale });
  }

  @Put(':key')
  update(@Asked() call: Call, @Param('key') key: string, @Body() body: unknown, @Query() query: Parameters) {
    const space = objectOf(body);
    return call.ask(pages.updateSpace, {
      key,
      name: textAt(space, 'name'),
      description: descriptionOf(space),
      homepageId: textAt(objectAt(space, 'homepage'), 'id'),
      expand: expandOf(query),
    });
  }

  @Delete(':key')
  @HttpCode(202)
  async delete(@Asked() call: Call, @Param('key') key: string) {
    const { taskId } = await call.ask(pages.deleteSpace, { key });
    return {
      id: taskId,
      links: { status: `/rest/api/longtask/${taskId}` },
      _links: { base: baseUrlMark, context: '' },
    };
  }

  @Put(':key/archive')
  archive(@Asked() call: Call, @Param('key') key: string) {
    return call.ask(pages.updateSpace, { key, status: 'archived' });
  }

  @Put(':key/restore')
  restore(@Asked() call: Call, @Param('key') key: string) {
    return call.ask(pages.updateSpace, { key, status: 'current' });
  }

  @Get(':key/content')
  async contents(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    const page = await this.contentsOfType(call, key, 'page', query);
    const blogpost = await this.contentsOfType(call, key, 'blogpost', query);
    return { page, blogpost, _links: { self: `${baseUrlMark}${call.request.url}`, base: baseUrlMark, context: '' } };
  }

  @Get(':key/content/:type')
  contentsOfType(
    @Asked() call: Call,
    @Param('key') key: string,
    @Param('type') type: string,
    @Query() query: Parameters,
  ) {
    return this.listContents(call, key, type as 'page', query);
  }

  @Get(':key/trash')
  async trash(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    const { limit } = windowOf(query);
    const start = Number(one(query, 'cursor') ?? 0) || 0;
    const { results, hasMore } = await call.ask(pages.listTrash, {
      key,
      expand: expandOf(query),
      start,
      limit,
    });
    return call.scan(results, hasMore ? String(start + limit) : null, limit);
  }

  @Delete(':key/trash')
  @HttpCode(204)
  async emptyTrash(@Asked() call: Call, @Param('key') key: string) {
    await call.ask(pages.emptyTrash, { key });
  }

  private async listContents(call: Call, key: string, type: 'page', query: Parameters) {
    const part = windowOf(query);
    const depth = (one(query, 'depth') ?? 'all') as 'all';
    const page = await call.ask(pages.listSpaceContent, {
      key,
      type,
      depth,
      expand: expandOf(query),
      locale: call.locale,
      ...part,
    });
    return call.list(page, part);
  }

  private make(
    call: Call,
    body: unknown,
    query: Parameters,
    fixed: Pick<RequestInputOf<typeof pages.createSpace>, 'type' | 'private'>,
  ) {
    const space = objectOf(body);
    const key = textAt(space, 'key');
    const name = textAt(space, 'name');
    if (key === undefined || name === undefined) throw badRequest('key and name are needed');
    const type = key.startsWith('~') ? 'personal' : fixed.type;
    return call.ask(pages.createSpace, {
      ...fixed,
      type,
      key,
      name,
      description: descriptionOf(space),
      expand: expandOf(query),
      locale: call.locale,
    });
  }
}
