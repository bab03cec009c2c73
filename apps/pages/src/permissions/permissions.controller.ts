import { Controller } from '@nestjs/common';
import { pages, refused, tags, type identity, type RequestOf } from '@tributary/contracts';
import { Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { requireSpaceAdministrator } from './access.js';
import { grant, revoke, subjectColumns } from './grants.js';

interface PermissionRow {
  kind: 'user' | 'group' | 'anonymous';
  subject: string;
  operations: pages.SpaceOperation[];
}

/** Who may do what in a space. */
@Controller()
export class PermissionsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(pages.listSpacePermissions)
  async list({ actor, spaceKey, subject }: RequestOf<typeof pages.listSpacePermissions>) {
    const space = await requireSpaceAdministrator(this.reads, actor, spaceKey);
    const [kind, name] = subject ? subjectColumns(subject) : [null, null];
    const rows = await this.reads.query<PermissionRow>(
      `select subject_kind as kind, subject,
         json_agg(json_build_object('targetType', target_type, 'operationKey', operation_key) order by target_type, operation_key) as operations
       from space_permission where space_id = $1 and ($2::text is null or (subject_kind = $2 and subject = $3))
       group by subject_kind, subject order by subject_kind, subject`,
      [space.id, kind, name],
    );
    return { grants: rows.map((row) => ({ subject: subjectOf(row), operations: row.operations })) };
  }

  @Handle(pages.changeSpacePermissions)
  async change({ actor, spaceKey, changes }: RequestOf<typeof pages.changeSpacePermissions>) {
    await this.writes.run(async (work) => {
      const space = await requireSpaceAdministrator(work, actor, spaceKey);
      await work.query(`select 1 from space where id = $1 for update`, [space.id]);
      for (const { subject, operations, granted } of changes) {
        await (granted ? grant : revoke)(work, space.id, subject, operations);
      }
      await refuseNobodyInCharge(work, space.id);
      work.changes(tags.permissions(space.key), tags.space(space.key));
    });
    return {};
  }
}

const subjectOf = (row: PermissionRow): identity.Subject => {
  if (row.kind === 'user') return { kind: 'user', userKey: row.subject };
  return row.kind === 'group' ? { kind: 'group', name: row.subject } : { kind: 'anonymous' };
};

async function refuseNobodyInCharge(work: Work, spaceId: string): Promise<void> {
  const administrators = await work.query(
    `select 1 from space_permission where space_id = $1 and target_type = 'space' and operation_key = 'administer' limit 1`,
    [spaceId],
  );
  if (administrators.length === 0) throw refused('administratorNeeded', 'A space needs somebody who administers it');
}
