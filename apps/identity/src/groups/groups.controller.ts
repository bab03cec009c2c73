import { Controller } from '@nestjs/common';
import { identity, notFound, refused, tags, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { accountColumns, findAccount } from '../authentication/actors.js';
import { requireAdministrator, requireUser } from '../users/users.controller.js';

const noGroup = (name: string) => notFound(`No group found with name : ${name}`);

@Controller()
export class GroupsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(identity.listGroups)
  async list({ actor, start, limit }: RequestOf<typeof identity.listGroups>) {
    requireUser(actor);
    const rows = await this.reads.query<{ name: string }>(
      `select name from user_group order by lower(name) limit $1 offset $2`,
      [limit + 1, start],
    );
    return { results: rows.slice(0, limit), hasMore: rows.length > limit };
  }

  @Handle(identity.findGroups)
  async find({ names }: RequestOf<typeof identity.findGroups>) {
    const rows = await this.reads.query<{ name: string }>(
      `select name from user_group where lower(name) = any($1::text[])`,
      [names.map((name) => name.trim().toLowerCase())],
    );
    return { groups: rows.map((row) => row.name) };
  }

  @Handle(identity.getGroup)
  async get({ actor, name }: RequestOf<typeof identity.getGroup>) {
    requireUser(actor);
    return { name: await this.existing(name) };
  }

  @Handle(identity.listGroupMembers)
  async members({ actor, name, start, limit }: RequestOf<typeof identity.listGroupMembers>) {
    requireUser(actor);
    const rows = await this.reads.query<identity.User>(
      `select ${accountColumns} from membership m join account a on a.user_key = m.user_key
       where m.group_name = $1 order by lower(a.username) limit $2 offset $3`,
      [await this.existing(name), limit + 1, start],
    );
    return { results: rows.slice(0, limit).map((user) => ({ ...user, email: null })), hasMore: rows.length > limit };
  }

  @Handle(identity.listUserGroups)
  async ofUser({ actor, userKey, username, start, limit }: RequestOf<typeof identity.listUserGroups>) {
    requireUser(actor);
    const account = await findAccount(this.reads, userKey ? { userKey } : { username: username ?? actor.username });
    if (!account) throw notFound('No such user');
    const rows = await this.reads.query<{ name: string }>(
      `select group_name as name from membership where user_key = $1 order by 1 limit $2 offset $3`,
      [account.userKey, limit + 1, start],
    );
    return { results: rows.slice(0, limit), hasMore: rows.length > limit };
  }

  @Handle(identity.createGroup)
  async create({ actor, name }: RequestOf<typeof identity.createGroup>) {
    requireAdministrator(actor);
    try {
      await this.writes.run(
        async (work) => void (await work.query(`insert into user_group (name) values ($1)`, [name])),
      );
    } catch (error) {
      if (isUniqueViolation(error))
        throw refused('groupNameTaken', `A group with the name ${name} already exists`, name);
      throw error;
    }
    return { name };
  }

  @Handle(identity.deleteGroup)
  async delete({ actor, name }: RequestOf<typeof identity.deleteGroup>) {
    requireAdministrator(actor);
    const found = await this.existing(name);
    if (found === identity.groupAdministrators || found === identity.groupUsers)
      throw refused('groupNeeded', `The group ${found} is needed`, found);
    await this.writes.run(async (work) => {
      const members = await work.query<{ userKey: string }>(
        `delete from membership where group_name = $1 returning user_key as "userKey"`,
        [found],
      );
      await work.query(`delete from global_permission where subject_kind = 'group' and subject = $1`, [found]);
      await work.query(`delete from user_group where name = $1`, [found]);
      work.changes(tags.globalPermissions, ...members.map((member) => tags.user(member.userKey)));
    });
    return {};
  }

  @Handle(identity.setMembership)
  async setMembership({ actor, username, group, member }: RequestOf<typeof identity.setMembership>) {
    requireAdministrator(actor);
    const name = await this.existing(group);
    const account = await findAccount(this.reads, { username });
    if (!account) throw notFound(`No user found with username : ${username}`);
    if (!member && name === identity.groupAdministrators && account.userKey === actor.userKey) {
      throw refused('ownRights', "Administrators can't take their own rights");
    }
    await this.writes.run(async (work) => {
      const sql = member
        ? `insert into membership (user_key, group_name) values ($1, $2) on conflict do nothing`
        : `delete from membership where user_key = $1 and group_name = $2`;
      await work.query(sql, [account.userKey, name]);
      work.changes(tags.user(account.userKey));
      work.emit(identity.userChanged, { userKey: account.userKey });
    });
    return {};
  }

  private async existing(name: string): Promise<string> {
    const [row] = await this.reads.query<{ name: string }>(
      `select name from user_group where lower(name) = lower($1)`,
      [name],
    );
    if (!row) throw noGroup(name);
    return row.name;
  }
}
