import { Controller, Get, Param, Query } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { expandOf, one, windowOf, type Query as Parameters } from '../edge/query.js';

/** What links to a content, and where a page went that was renamed or moved: Confluence has both, but not in its API. */
@Controller('rest/tributary/1')
export class LinkRoutes {
  @Get('content/:id/incoming-links')
  async incoming(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    const part = windowOf(query);
    const found = await call.ask(pages.listIncomingLinks, {
      id,
      expand: expandOf(query),
      locale: call.locale,
      ...part,
    });
    return call.list(found, part);
  }

  /** `spaceKey` and `title` as the page had them. `{"page": null}` where there is none: most addresses were never another page's. */
  @Get('renamed-page')
  onceCalled(@Asked() call: Call, @Query() query: Parameters) {
    const [spaceKey, title] = [one(query, 'spaceKey'), one(query, 'title')];
    if (!spaceKey || !title) throw badRequest('The parameters spaceKey and title are needed');
    return call.ask(pages.findOnceCalled, { spaceKey, title, expand: expandOf(query), locale: call.locale });
  }
}
