import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { pages, type identity } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { spaceOperationsIn } from './operations.js';
import { isGrant, isSameSubject, Subjects } from './subjects.js';

type Operations = pages.SpaceOperation[];

/** Who may do what in a space; for its administrators. */
@Controller('rest/api/space/:key/permissions')
export class SpacePermissionRoutes {
  constructor(private readonly subjects: Subjects) {}

  @Get()
  list(@Asked() call: Call, @Param('key') key: string) {
    return this.present(call, key);
  }

  @Get('anonymous')
  ofAnonymous(@Asked() call: Call, @Param('key') key: string) {
    return this.present(call, key, { kind: 'anonymous' });
  }

  @Get('group/:name')
  async ofGroup(@Asked() call: Call, @Param() { key, name }: { key: string; name: string }) {
    return this.present(call, key, await this.subjects.group(call, name));
  }

  @Get('user/:user')
  async ofUser(@Asked() call: Call, @Param() { key, user }: { key: string; user: string }) {
    return this.present(call, key, await this.subjects.user(call, user));
  }

  /** Gives each user and group that is named exactly what is named, all at once; others keep theirs. */
  @Post()
  @HttpCode(200)
  async set(@Asked() call: Call, @Param('key') spaceKey: string, @Body() body: unknown) {
    const wanted = await this.subjects.wantedIn(call, body);
    const { grants } = await call.ask(pages.listSpacePermissions, { spaceKey });
    const changes = wanted.flatMap(({ subject, operations }) => {
      const to = spaceOperationsIn(operations);
      const from = grants.find((grant) => isSameSubject(grant.subject, subject))?.operations ?? [];
      const revoked = from.filter((operation) => !to.some((each) => isSameOperation(each, operation)));
      return [
        { subject, operations: to, granted: true },
        { subject, operations: revoked, granted: false },
      ].filter((change) => change.operations.length > 0);
    });
    if (changes.length > 0) await call.ask(pages.changeSpacePermissions, { spaceKey, changes });
    return this.present(call, spaceKey);
  }

  @Put('anonymous/:change')
  @HttpCode(204)
  async changeAnonymous(
    @Asked() call: Call,
    @Param() { key, change }: { key: string; change: string },
    @Body() body: unknown,
  ) {
    await this.change(call, key, { kind: 'anonymous' }, spaceOperationsIn(body), isGrant(change));
  }

  @Put('group/:name/:change')
  @HttpCode(204)
  async changeGroup(
    @Asked() call: Call,
    @Param() { key, name, change }: { key: string; name: string; change: string },
    @Body() body: unknown,
  ) {
    const subject = await this.subjects.group(call, name);
    await this.change(call, key, subject, spaceOperationsIn(body), isGrant(change));
  }

  @Put('user/:user/:change')
  @HttpCode(204)
  async changeUser(
    @Asked() call: Call,
    @Param() { key, user, change }: { key: string; user: string; change: string },
    @Body() body: unknown,
  ) {
    const subject = await this.subjects.user(call, user);
    await this.change(call, key, subject, spaceOperationsIn(body), isGrant(change));
  }

  private async change(
    call: Call,
    spaceKey: string,
    subject: identity.Subject,
    operations: Operations,
    granted: boolean,
  ): Promise<void> {
    const changes = [{ subject, operations, granted }];
    await call.ask(pages.changeSpacePermissions, { spaceKey, changes });
  }

  private async present(call: Call, spaceKey: string, subject?: identity.Subject) {
    const { grants } = await call.ask(pages.listSpacePermissions, { spaceKey, subject });
    const { id, key } = await call.ask(pages.getSpace, { key: spaceKey });
    const show = await this.subjects.presenter(grants.map((grant) => grant.subject));
    return grants.flatMap((grant) =>
      grant.operations.map((operation) => ({ operation, subject: show(grant.subject), spaceKey: key, spaceId: id })),
    );
  }
}

const isSameOperation = (one: pages.SpaceOperation, other: pages.SpaceOperation): boolean =>
  one.targetType === other.targetType && one.operationKey === other.operationKey;
