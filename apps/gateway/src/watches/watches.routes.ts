import { Controller, Delete, Get, HttpCode, Injectable, Param, Post, Query } from '@nestjs/common';
import { pages, presentUser, type RequestInputOf } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { attachmentIdOf } from '../attachments/attachment-id.js';
import { expandOf, one, windowOf, type Query as Parameters } from '../edge/query.js';

type Target = RequestInputOf<typeof pages.getWatch>['target'];

@Injectable()
export class WatchRequests {
  get(call: Call, target: Target, query: Parameters) {
    return call.ask(pages.getWatch, { target, ...watcherOf(query) });
  }

  async set(call: Call, target: Target, query: Parameters, watching: boolean): Promise<void> {
    await call.ask(pages.setWatch, { target, watching, ...watcherOf(query) });
  }

  async watchers(call: Call, target: Target, query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(pages.listWatchers, { target, ...part });
    const results = page.results.map(({ watcher, type }) => ({ watcher: presentUser(watcher), type }));
    return call.list({ ...page, results }, part);
  }
}

const watcherOf = (query: Parameters) => ({ userKey: one(query, 'key'), username: one(query, 'username') });

function contentTarget(id: string): Target {
  const attachment = attachmentIdOf(id);
  return attachment === undefined ? { kind: 'content', id } : { kind: 'attachment', id: attachment };
}

@Controller('rest/api/user/watch/content/:id')
export class ContentWatchRoutes {
  constructor(private readonly requests: WatchRequests) {}

  @Get()
  get(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.requests.get(call, contentTarget(id), query);
  }

  @Post()
  @HttpCode(204)
  watch(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.requests.set(call, contentTarget(id), query, true);
  }

  @Delete()
  @HttpCode(204)
  unwatch(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.requests.set(call, contentTarget(id), query, false);
  }
}

const spaceTarget = (key: string, query: Parameters): Target => ({
  kind: 'space',
  key,
  contentType: one(query, 'contentType') as 'page' | undefined,
});

@Controller('rest/api/user/watch/space/:key')
export class SpaceWatchRoutes {
  constructor(private readonly requests: WatchRequests) {}

  @Get()
  get(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.get(call, spaceTarget(key, query), query);
  }

  @Post()
  @HttpCode(204)
  watch(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.set(call, spaceTarget(key, query), query, true);
  }

  @Delete()
  @HttpCode(204)
  unwatch(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.set(call, spaceTarget(key, query), query, false);
  }
}

/** What somebody watches: Confluence shows it, but not in its API. */
@Controller('rest/tributary/1/watched')
export class WatchedRoutes {
  @Get('content')
  async contents(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const expand = expandOf(query);
    return call.list(await call.ask(pages.listWatchedContent, { expand, locale: call.locale, ...part }), part);
  }

  @Get('space')
  async spaces(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    return call.list(await call.ask(pages.listSpaces, { watched: true, expand: expandOf(query), ...part }), part);
  }
}

@Controller('rest/api')
export class WatcherRoutes {
  constructor(private readonly requests: WatchRequests) {}

  @Get('content/:id/watchers')
  ofContent(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.requests.watchers(call, contentTarget(id), query);
  }

  @Get('space/:key/watchers')
  ofSpace(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.watchers(call, { kind: 'space', key }, query);
  }
}
