import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt, type Json } from '../edge/bodies.js';
import { inlinePropertiesOf } from './inline-properties.js';
import { one, type Query as Parameters } from '../edge/query.js';
import { presentInlineComment, shownOfInlineComments } from './present-inline-comment.js';

/** As many as one answer has; the list below `/rest/api/content` shows all. */
const commentsMax = 50;

/** Comments inside of a page's text, as Confluence's own pages ask for them; below `/rest/api/content` they are comments as all others. */
@Controller('rest/inlinecomments/1.0/comments')
export class InlineCommentRoutes {
  /** The threads of a page; `resolved=true` shows those that are resolved. */
  @Get()
  async threads(@Asked() call: Call, @Query() query: Parameters) {
    const containerId = containerOf(query);
    const location = one(query, 'resolved') === 'true' ? 'resolved' : 'inline';
    return this.list(call, containerId, containerId, location);
  }

  @Get(':id/replies')
  replies(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.list(call, id, one(query, 'containerId') ?? '', undefined);
  }

  @Post()
  @HttpCode(200)
  async begin(@Asked() call: Call, @Body() body: unknown) {
    const given = objectOf(body);
    const containerId = textAt(given, 'containerId');
    if (!containerId) throw badRequest('containerId is needed');
    return this.create(call, given, containerId, { inline: inlinePropertiesOf(given) });
  }

  @Post(':id/replies')
  @HttpCode(200)
  async answer(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown, @Query() query: Parameters) {
    return this.create(call, objectOf(body), containerOf(query), { parentId: id });
  }

  @Put(':id/resolve/:resolved/dangling/:dangling')
  async resolve(@Asked() call: Call, @Param('id') id: string, @Param('resolved') resolved: string) {
    if (resolved !== 'true' && resolved !== 'false') throw badRequest('resolve is followed by true or false');
    await call.ask(pages.resolveInlineComment, { id, resolved: resolved === 'true' });
    const comment = await call.ask(pages.getContent, { id, expand: [...shownOfInlineComments], locale: call.locale });
    return presentInlineComment(comment, '');
  }

  private async list(call: Call, id: string, containerId: string, location: 'inline' | 'resolved' | undefined) {
    const { results } = await call.ask(pages.listChildren, {
      id,
      type: 'comment',
      location: location && [location],
      expand: [...shownOfInlineComments],
      locale: call.locale,
      limit: commentsMax,
    });
    return results.map((comment) => presentInlineComment(comment, containerId));
  }

  private async create(
    call: Call,
    given: Json,
    containerId: string,
    where: { parentId?: string; inline?: pages.InlineProperties },
  ) {
    const created = await call.ask(pages.createContent, {
      type: 'comment',
      containerId,
      ...where,
      body: { representation: 'storage', value: textAt(given, 'body') ?? '' },
      expand: [...shownOfInlineComments],
      locale: call.locale,
    });
    return presentInlineComment(created, containerId);
  }
}

function containerOf(query: Parameters): string {
  const id = one(query, 'containerId');
  if (!id) throw badRequest('containerId is needed');
  return id;
}
