import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { badRequest, baseUrlMark, pages, type RequestInputOf } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { arrayAt, objectAt, objectOf, textAt, type Json } from '../edge/bodies.js';
import { windowOf, type Query as Parameters } from '../edge/query.js';

type Operations = RequestInputOf<typeof pages.setRestrictions>['operations'];

@Controller(['rest/api/content/:id/restriction', 'rest/experimental/content/:id/restriction'])
export class RestrictionRoutes {
  @Get()
  async list(@Asked() call: Call, @Param('id') id: string) {
    const { read, update } = await call.ask(pages.getRestrictions, { id });
    return call.list({ results: [read, update], hasMore: false }, { start: 0, limit: 100 });
  }

  @Get('byOperation')
  async byOperation(@Asked() call: Call, @Param('id') id: string) {
    const restrictions = await call.ask(pages.getRestrictions, { id });
    return {
      ...restrictions,
      _links: { self: `${baseUrlMark}/rest/api/content/${id}/restriction/byOperation`, base: baseUrlMark, context: '' },
    };
  }

  @Get('byOperation/:operation')
  async forOperation(@Asked() call: Call, @Param('id') id: string, @Param('operation') operation: string) {
    if (operation !== 'read' && operation !== 'update') throw badRequest("The operation must be 'read' or 'update'");
    return (await call.ask(pages.getRestrictions, { id }))[operation];
  }

  @Get('relevantViewRestrictions')
  async relevant(@Asked() call: Call, @Param('id') id: string, @Query() query: Parameters) {
    const part = windowOf(query);
    return call.list(await call.ask(pages.relevantViewRestrictions, { id, ...part }), part);
  }

  @Put()
  async set(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown) {
    const { read, update } = await call.ask(pages.setRestrictions, {
      id,
      operations: operationsOf(body),
    });
    return call.list({ results: [read, update], hasMore: false }, { start: 0, limit: 100 });
  }
}

/** Takes a list, or an object with `results`, of `{operation, restrictions: {user: [...] | {results}, group: ...}}`. */
function operationsOf(body: unknown): Operations {
  const list = Array.isArray(body) ? body : (arrayAt(objectOf(body), 'results') ?? [body]);
  return list.map((each) => {
    const item = objectOf(each);
    const restrictions = objectAt(item, 'restrictions');
    const users = entries(restrictions, 'user')?.map((user) => ({
      userKey: textAt(user, 'userKey'),
      username: textAt(user, 'username'),
    }));
    const groups = entries(restrictions, 'group')?.map((group) => textAt(group, 'name') ?? '');
    return { operation: textAt(item, 'operation') as 'read', users, groups };
  });
}

/** Undefined when they aren't given at all: then they stay as they are. */
function entries(restrictions: Json, name: string): Json[] | undefined {
  const value = restrictions[name];
  if (value === undefined || value === null) return undefined;
  const list = Array.isArray(value) ? value : (arrayAt(objectOf(value), 'results') ?? []);
  return list.map(objectOf);
}
