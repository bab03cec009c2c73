import { Controller, Delete, Get, HttpCode, Injectable, Param, Post, Query } from '@nestjs/common';
import { attachments, pages, presentUser, ServiceError, type RequestInputOf } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { attachmentIdOf } from '../attachments/attachment-id.js';
import { one, windowOf, type Query as Parameters } from '../edge/query.js';

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

/** Whether the id is an attachment's that the caller may see; one that isn't there is `notFound`. */
async function isAttachment(call: Call, id: string): Promise<boolean> {
  const attachmentId = attachmentIdOf(id);
  if (attachmentId === undefined) return false;
  await call.ask(attachments.get, { attachmentId });
  return true;
}

const watcherOf = (query: Parameters) => ({ userKey: one(query, 'key'), username: one(query, 'username') });

@Controller('rest/api/user/watch/content/:id')
export class ContentWatchRoutes {
  constructor(private readonly requests: WatchRequests) {}

  @Get()
  async get(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    if (await isAttachment(call, id)) return { watching: false };
    return this.requests.get(call, { kind: 'content', id }, query);
  }

  @Post()
  @HttpCode(204)
  async watch(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    if (await isAttachment(call, id))
      throw new ServiceError('notImplemented', 'Attachments are watched with their page');
    return this.requests.set(call, { kind: 'content', id }, query, true);
  }

  @Delete()
  @HttpCode(204)
  async unwatch(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    // Publishing clients stop watching each file that they add: nobody watches one by itself.
    if (await isAttachment(call, id)) return;
    return this.requests.set(call, { kind: 'content', id }, query, false);
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

@Controller('rest/api')
export class WatcherRoutes {
  constructor(private readonly requests: WatchRequests) {}

  @Get('content/:id/watchers')
  ofContent(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    return this.requests.watchers(call, { kind: 'content', id }, query);
  }

  @Get('space/:key/watchers')
  ofSpace(@Asked() call: Call, @Param('key') key: string, @Query() query: Parameters) {
    return this.requests.watchers(call, { kind: 'space', key }, query);
  }
}
