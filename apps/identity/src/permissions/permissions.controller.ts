import { Controller } from '@nestjs/common';
import { identity, refused, tags, type GlobalPermission, type RequestOf } from '@tributary/contracts';
import { Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { requireAdministrator } from '../users/users.controller.js';

interface GrantRow {
  kind: identity.Subject['kind'];
  subject: string;
  permissions: GlobalPermission[];
}

/** Who may use the site, make spaces, administer. */
@Controller()
export class GlobalPermissionsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(identity.listGlobalPermissions)
  async list({ actor }: RequestOf<typeof identity.listGlobalPermissions>) {
    requireAdministrator(actor);
    const rows = await this.reads.query<GrantRow>(
      `select subject_kind as kind, subject, array_agg(permission order by permission) as permissions
       from global_permission group by subject_kind, subject order by subject_kind, subject`,
    );
    return { grants: rows.map((row) => ({ subject: subjectOf(row), permissions: row.permissions })) };
  }

  @Handle(identity.changeGlobalPermissions)
  async change({ actor, subject, permissions, granted }: RequestOf<typeof identity.changeGlobalPermissions>) {
    requireAdministrator(actor);
    if (permissions.includes('systemAdminister') && !actor.permissions.includes('systemAdminister')) {
      throw refused('systemAdministratorNeeded', 'Only system administrators change who administers the system');
    }
    if (subject.kind === 'anonymous' && permissions.some((permission) => permission !== 'use')) {
      throw refused('onlyUseForAnonymous', 'Anonymous visitors can only be allowed to use the site');
    }
    await this.writes.run(async (work) => {
      await (granted ? grant : revoke)(work, subject, permissions);
      await refuseNobodyInCharge(work);
      work.changes(tags.globalPermissions);
    });
    return {};
  }
}

const subjectOf = (row: GrantRow): identity.Subject => {
  if (row.kind === 'user') return { kind: 'user', userKey: row.subject };
  return row.kind === 'group' ? { kind: 'group', name: row.subject } : { kind: 'anonymous' };
};

const columnsOf = (subject: identity.Subject): [kind: string, subject: string] => {
  if (subject.kind === 'user') return ['user', subject.userKey];
  return subject.kind === 'group' ? ['group', subject.name] : ['anonymous', ''];
};

export async function grant(
  work: Pick<Work, 'query'>,
  subject: identity.Subject,
  permissions: readonly GlobalPermission[],
): Promise<void> {
  await work.query(
    `insert into global_permission (subject_kind, subject, permission) select $1, $2, * from unnest($3::text[]) on conflict do nothing`,
    [...columnsOf(subject), permissions],
  );
}

async function revoke(work: Work, subject: identity.Subject, permissions: readonly GlobalPermission[]): Promise<void> {
  await work.query(
    `delete from global_permission where subject_kind = $1 and subject = $2 and permission = any($3::text[])`,
    [...columnsOf(subject), permissions],
  );
}

async function refuseNobodyInCharge(work: Work): Promise<void> {
  const rows = await work.query(
    `select 1 from global_permission p where p.permission = 'systemAdminister' and (p.subject_kind = 'user' or exists (
       select 1 from membership m where m.group_name = p.subject)) limit 1`,
  );
  if (rows.length === 0) throw refused('administratorNeeded', 'Somebody must administer the system');
}
