import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { identity, presentUser, presentUserResource } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';
import { expandOf, windowOf, type Query as Parameters } from '../edge/query.js';
import { presentGroup } from './group-presenter.js';

/** Users and groups, for administrators. */
@Controller('rest/api/admin')
export class AdminRoutes {
  @Post('user')
  @HttpCode(201)
  async createUser(@Asked() call: Call, @Body() body: unknown) {
    const user = objectOf(body);
    const username = textAt(user, 'userName') ?? textAt(user, 'username') ?? '';
    const password = textAt(user, 'password') ?? '';
    const displayName = textAt(user, 'fullName') ?? textAt(user, 'displayName') ?? username;
    const made = await call.ask(identity.createUser, {
      username,
      password,
      displayName,
      email: textAt(user, 'email'),
    });
    return presentUser(made);
  }

  /** `{userName, fullName, email}`, each of them where it shall change. */
  @Put('user/:username')
  async updateUser(@Asked() call: Call, @Param('username') username: string, @Body() body: unknown) {
    const user = objectOf(body);
    const changed = await call.ask(identity.updateUser, {
      username,
      newUsername: textAt(user, 'userName') ?? textAt(user, 'username'),
      displayName: textAt(user, 'fullName') ?? textAt(user, 'displayName'),
      email: textAt(user, 'email'),
    });
    return presentUser(changed);
  }

  @Delete('user/:username')
  @HttpCode(204)
  async deleteUser(@Asked() call: Call, @Param('username') username: string) {
    await call.ask(identity.deleteUser, { username });
  }

  /** For administrators, as all of this; everybody who is signed in has `GET /rest/api/user/list`. */
  @Get('users/list/active')
  async listActive(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query, 200);
    const page = await call.ask(identity.listAccounts, { onlyActive: true, ...part });
    return call.list(
      { ...page, results: page.results.map((user) => presentUserResource(user, expandOf(query))) },
      part,
    );
  }

  @Post('user/:username/password')
  @HttpCode(204)
  async setPassword(@Asked() call: Call, @Param('username') username: string, @Body() body: unknown) {
    const password = textAt(objectOf(body), 'password') ?? '';
    await call.ask(identity.setPassword, { username, password });
  }

  @Put('user/:username/disable')
  @HttpCode(204)
  async disable(@Asked() call: Call, @Param('username') username: string) {
    await call.ask(identity.setUserStatus, { username, status: 'disabled' });
  }

  @Put('user/:username/enable')
  @HttpCode(204)
  async enable(@Asked() call: Call, @Param('username') username: string) {
    await call.ask(identity.setUserStatus, { username, status: 'active' });
  }

  @Post('group')
  @HttpCode(201)
  async createGroup(@Asked() call: Call, @Body() body: unknown) {
    const name = textAt(objectOf(body), 'name') ?? '';
    return presentGroup((await call.ask(identity.createGroup, { name })).name);
  }

  @Delete('group/:name')
  @HttpCode(204)
  async deleteGroup(@Asked() call: Call, @Param('name') name: string) {
    await call.ask(identity.deleteGroup, { name });
  }
}
