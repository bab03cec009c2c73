import { Controller, Get, Param, Query } from '@nestjs/common';
import { identity, presentUserResource } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { expandOf, windowOf, type Query as Parameters } from '../edge/query.js';
import { presentGroup } from './group-presenter.js';

@Controller('rest/api/group')
export class GroupRoutes {
  @Get()
  async list(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(identity.listGroups, part);
    return call.list({ ...page, results: page.results.map((group) => presentGroup(group.name)) }, part);
  }

  @Get(':name')
  async get(@Asked() call: Call, @Param('name') name: string) {
    return presentGroup((await call.ask(identity.getGroup, { name })).name);
  }

  @Get(':name/member')
  async members(@Asked() call: Call, @Param('name') name: string, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(identity.listGroupMembers, { name, ...part });
    return call.list(
      { ...page, results: page.results.map((user) => presentUserResource(user, expandOf(query))) },
      part,
    );
  }

  /** Groups inside a group: there are none, but who may see the group may ask. */
  @Get(':name/groupmember')
  async memberGroups(@Asked() call: Call, @Param('name') name: string, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    await call.ask(identity.getGroup, { name });
    return call.list({ results: [], hasMore: false }, part);
  }
}
