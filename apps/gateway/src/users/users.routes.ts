import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { badRequest, identity, presentUser, presentUserResource, type Actor } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';
import { expandOf, one, windowOf, type Query as Parameters } from '../edge/query.js';
import { presentGroup } from './group-presenter.js';

/** The caller as a user; somebody who isn't signed in is the anonymous user. */
export const presentActor = (actor: Actor) => presentUser(actor.userKey ? { ...actor, userKey: actor.userKey } : null);

@Controller('rest/api/user')
export class UserRoutes {
  @Get('current')
  async current(@Asked() call: Call, @Query() query: Parameters) {
    const { actor } = await call.identify();
    const expand = expandOf(query);
    if (!actor.userKey || expand.length === 0) return presentActor(actor);
    return presentUserResource(await call.ask(identity.getUser, { userKey: actor.userKey }), expand);
  }

  @Put('current')
  async updateCurrent(@Asked() call: Call, @Body() body: unknown) {
    const profile = objectOf(body);
    const input = {
      displayName: textAt(profile, 'fullName') ?? textAt(profile, 'displayName'),
      email: textAt(profile, 'email'),
    };
    return presentUser(await call.ask(identity.updateProfile, input));
  }

  @Post('current/password')
  @HttpCode(204)
  async changePassword(@Asked() call: Call, @Body() body: unknown) {
    const given = objectOf(body);
    const input = { oldPassword: textAt(given, 'oldPassword') ?? '', newPassword: textAt(given, 'newPassword') ?? '' };
    await call.ask(identity.changePassword, input);
  }

  @Get('anonymous')
  async anonymous(@Asked() call: Call) {
    await call.identify();
    return presentUser(null);
  }

  @Get('list')
  async list(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(identity.listUsers, part);
    return call.list(
      { ...page, results: page.results.map((user) => presentUserResource(user, expandOf(query))) },
      part,
    );
  }

  @Get('memberof')
  async memberOf(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const named = { userKey: one(query, 'key'), username: one(query, 'username') };
    const page = await call.ask(identity.listUserGroups, { ...named, ...part });
    return call.list({ ...page, results: page.results.map((group) => presentGroup(group.name)) }, part);
  }

  @Get()
  async get(@Asked() call: Call, @Query() query: Parameters) {
    const named = { userKey: one(query, 'key'), username: one(query, 'username') };
    if (!named.userKey && !named.username) throw badRequest('key or username is needed');
    return presentUserResource(await call.ask(identity.getUser, named), expandOf(query));
  }

  @Put(':username/group/:group')
  @HttpCode(204)
  async join(@Asked() call: Call, @Param('username') username: string, @Param('group') group: string) {
    await call.ask(identity.setMembership, { username, group, member: true });
  }

  @Delete(':username/group/:group')
  @HttpCode(204)
  async leave(@Asked() call: Call, @Param('username') username: string, @Param('group') group: string) {
    await call.ask(identity.setMembership, { username, group, member: false });
  }
}

/** What Confluence's API lacks. */
@Controller('rest/tributary/1/users')
export class AccountRoutes {
  /** People to be mentioned, by a part of their name. */
  @Get('search')
  async search(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(identity.searchUsers, { query: one(query, 'q'), ...part });
    return call.list({ ...page, results: page.results.map(presentUser) }, part);
  }

  /** Everybody who has an account, also those who are disabled, for administrators. */
  @Get()
  async list(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    return call.list(await call.ask(identity.listAccounts, { query: one(query, 'q'), ...part }), part);
  }
}
