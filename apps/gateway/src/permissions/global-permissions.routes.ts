import { Body, Controller, Get, HttpCode, Param, Put } from '@nestjs/common';
import { identity } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { globalPermissionsIn, presentGlobalPermission } from './operations.js';
import { isGrant, isSameSubject, Subjects } from './subjects.js';

type Subject = identity.Subject;

/** Who may use the site, make spaces, administer. */
@Controller('rest/api/permissions')
export class GlobalPermissionRoutes {
  constructor(private readonly subjects: Subjects) {}

  @Get()
  list(@Asked() call: Call) {
    return this.present(call, () => true);
  }

  @Get('anonymous')
  ofAnonymous(@Asked() call: Call) {
    return this.present(call, (subject) => subject.kind === 'anonymous');
  }

  @Get('group/:name')
  async ofGroup(@Asked() call: Call, @Param('name') name: string) {
    const wanted = await this.subjects.group(call, name);
    return this.present(call, (subject) => isSameSubject(subject, wanted));
  }

  @Get('user/:user')
  async ofUser(@Asked() call: Call, @Param('user') user: string) {
    const wanted = await this.subjects.user(call, user);
    return this.present(call, (subject) => isSameSubject(subject, wanted));
  }

  /** Gives each user and group that is named exactly what is named; others keep theirs. */
  @Put()
  @HttpCode(204)
  async set(@Asked() call: Call, @Body() body: unknown) {
    const wanted = await this.subjects.wantedIn(call, body);
    const parsed = wanted.map(({ subject, operations }) => ({ subject, to: globalPermissionsIn(operations) }));
    const { grants } = await call.ask(identity.listGlobalPermissions, {});
    for (const { subject, to } of parsed) {
      const from = grants.find((grant) => isSameSubject(grant.subject, subject))?.permissions ?? [];
      await this.change(call, subject, to, true);
      const revoked = from.filter((permission) => !to.includes(permission));
      await this.change(call, subject, revoked, false);
    }
  }

  @Put('anonymous/:change')
  @HttpCode(204)
  async changeAnonymous(@Asked() call: Call, @Param('change') change: string, @Body() body: unknown) {
    await this.change(call, { kind: 'anonymous' }, globalPermissionsIn(body), isGrant(change));
  }

  @Put('group/:name/:change')
  @HttpCode(204)
  async changeGroup(
    @Asked() call: Call,
    @Param() { name, change }: { name: string; change: string },
    @Body() body: unknown,
  ) {
    const subject = await this.subjects.group(call, name);
    await this.change(call, subject, globalPermissionsIn(body), isGrant(change));
  }

  @Put('user/:user/:change')
  @HttpCode(204)
  async changeUser(
    @Asked() call: Call,
    @Param() { user, change }: { user: string; change: string },
    @Body() body: unknown,
  ) {
    const subject = await this.subjects.user(call, user);
    await this.change(call, subject, globalPermissionsIn(body), isGrant(change));
  }

  private async change(
    call: Call,
    subject: Subject,
    permissions: ReturnType<typeof globalPermissionsIn>,
    granted: boolean,
  ): Promise<void> {
    if (permissions.length === 0) return;
    await call.ask(identity.changeGlobalPermissions, { subject, permissions, granted });
  }

  private async present(call: Call, isAsked: (subject: Subject) => boolean) {
    const { grants } = await call.ask(identity.listGlobalPermissions, {});
    const asked = grants.filter((grant) => isAsked(grant.subject));
    const show = await this.subjects.presenter(asked.map((grant) => grant.subject));
    return asked.flatMap(({ subject, permissions }) =>
      permissions.map((permission) => ({ operation: presentGlobalPermission(permission), subject: show(subject) })),
    );
  }
}
