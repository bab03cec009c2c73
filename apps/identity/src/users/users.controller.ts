import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  forbidden,
  identity,
  isAdministrator,
  notFound,
  refused,
  tags,
  type Actor,
  type RequestOf,
} from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { accountColumns, findAccount } from '../authentication/actors.js';
import { hashPassword, verifyPassword } from '../authentication/passwords.js';

/** An e-mail address is for its owner and for administrators. */
const visibleTo = (actor: Actor, user: identity.User): identity.User =>
  isAdministrator(actor) || actor.userKey === user.userKey ? user : { ...user, email: null };

export function requireUse(actor: Actor): void {
  if (!actor.permissions.includes('use')) throw forbidden('The user may not use this site');
}

/** Who all the users and groups of the site are is no business of visitors who aren't signed in. */
export function requireUser(actor: Actor): void {
  requireUse(actor);
  if (!actor.userKey) throw forbidden('Only users may list users and groups');
}

export function requireAdministrator(actor: Actor): void {
  if (!isAdministrator(actor)) throw forbidden('Only administrators may do this');
}

const noUser = (named: string) => notFound(`No user found with key or username : ${named}`);

/** As Confluence's user keys look: 32 hexadecimal digits. */
const newUserKey = (): string => randomBytes(16).toString('hex');

@Controller()
export class UsersController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(identity.findUsers)
  async find({ userKeys, usernames }: RequestOf<typeof identity.findUsers>) {
    const users = await this.reads.query<identity.User>(
      `select ${accountColumns} from account a where a.user_key = any($1::text[]) or lower(a.username) = any($2::text[])`,
      [userKeys, usernames.map((name) => name.toLowerCase())],
    );
    const dependsOn = [...userKeys, ...users.map((user) => user.userKey)].map(tags.user);
    return { value: { users }, dependsOn: [...dependsOn, ...usernames.map(tags.username)] };
  }

  @Handle(identity.getUser)
  async get({ actor, userKey, username }: RequestOf<typeof identity.getUser>) {
    requireUse(actor);
    const user = userKey
      ? await findAccount(this.reads, { userKey })
      : username
        ? await findAccount(this.reads, { username })
        : undefined;
    if (!user) throw noUser(userKey ?? username ?? '');
    return visibleTo(actor, publicFields(user));
  }

  @Handle(identity.listUsers)
  async list({ actor, start, limit }: RequestOf<typeof identity.listUsers>) {
    requireUser(actor);
    const rows = await this.reads.query<identity.User>(
      `select ${accountColumns} from account a where a.status = 'active' order by lower(a.username) limit $1 offset $2`,
      [limit + 1, start],
    );
    return { results: rows.slice(0, limit).map((user) => visibleTo(actor, user)), hasMore: rows.length > limit };
  }

  @Handle(identity.searchUsers)
  async search({ actor, query, start, limit }: RequestOf<typeof identity.searchUsers>) {
    requireUser(actor);
    const rows = await this.reads.query<identity.User>(
      `select ${accountColumns} from account a
       where a.status = 'active'
         and (strpos(lower(a.username), lower($3)) > 0 or strpos(lower(a.display_name), lower($3)) > 0)
       order by not (starts_with(lower(a.display_name), lower($3)) or starts_with(lower(a.username), lower($3))),
         lower(a.display_name), a.user_key
       limit $1 offset $2`,
      [limit + 1, start, query],
    );
    return { results: rows.slice(0, limit).map((user) => visibleTo(actor, user)), hasMore: rows.length > limit };
  }

  @Handle(identity.listAccounts)
  async listAccounts({ actor, query, onlyActive, start, limit }: RequestOf<typeof identity.listAccounts>) {
    requireAdministrator(actor);
    const results = await this.reads.query<identity.User>(
      `select ${accountColumns} from account a
       where (strpos(lower(a.username), lower($3)) > 0 or strpos(lower(a.display_name), lower($3)) > 0)
         and (a.status = 'active' or not $4)
       order by lower(a.username) limit $1 offset $2`,
      [limit + 1, start, query, onlyActive],
    );
    return { results: results.slice(0, limit), hasMore: results.length > limit };
  }

  @Handle(identity.updateProfile)
  async updateProfile({ actor, displayName, email }: RequestOf<typeof identity.updateProfile>) {
    if (!actor.userKey) throw forbidden('Only users have a profile');
    const userKey = actor.userKey;
    return this.change(userKey, async (work) => {
      await work.query(
        `update account set display_name = coalesce($2, display_name), email = coalesce($3, email) where user_key = $1`,
        [userKey, displayName ?? null, email ?? null],
      );
    });
  }

  @Handle(identity.changePassword)
  async changePassword({ actor, oldPassword, newPassword }: RequestOf<typeof identity.changePassword>) {
    const account = actor.userKey ? await findAccount(this.reads, { userKey: actor.userKey }) : undefined;
    if (!account || !(await verifyPassword(oldPassword, account.passwordHash)))
      throw forbidden('The old password is wrong');
    await this.storePassword(account.userKey, newPassword);
    return {};
  }

  @Handle(identity.createUser)
  async create({ actor, username, password, displayName, email }: RequestOf<typeof identity.createUser>) {
    requireAdministrator(actor);
    const passwordHash = await hashPassword(password);
    const userKey = newUserKey();
    return this.refuseTakenName(username, () =>
      this.change(userKey, async (work) => {
        await insertAccount(work, { userKey, username, displayName, email: email ?? null, passwordHash });
        await work.query(`insert into membership (user_key, group_name) values ($1, $2) on conflict do nothing`, [
          userKey,
          identity.groupUsers,
        ]);
        work.changes(tags.username(username));
      }),
    );
  }

  @Handle(identity.setPassword)
  async setPassword({ actor, username, password }: RequestOf<typeof identity.setPassword>) {
    requireAdministrator(actor);
    await this.storePassword((await this.named(username)).userKey, password);
    return {};
  }

  @Handle(identity.setUserStatus)
  async setStatus({ actor, username, status }: RequestOf<typeof identity.setUserStatus>) {
    requireAdministrator(actor);
    const { userKey } = await this.named(username);
    if (userKey === actor.userKey) throw refused('ownAccount', "Administrators can't disable themselves");
    return this.change(userKey, async (work) => {
      await work.query(`update account set status = $2 where user_key = $1`, [userKey, status]);
    });
  }

  @Handle(identity.updateUser)
  async update({ actor, username, newUsername, displayName, email }: RequestOf<typeof identity.updateUser>) {
    requireAdministrator(actor);
    const { userKey } = await this.named(username);
    return this.refuseTakenName(newUsername ?? username, () =>
      this.change(userKey, async (work) => {
        await work.query(
          `update account set username = coalesce($2, username), display_name = coalesce($3, display_name), email = coalesce($4, email)
           where user_key = $1`,
          [userKey, newUsername ?? null, displayName ?? null, email ?? null],
        );
        work.changes(tags.username(username), tags.username(newUsername ?? username));
      }),
    );
  }

  @Handle(identity.deleteUser)
  async delete({ actor, username }: RequestOf<typeof identity.deleteUser>) {
    requireAdministrator(actor);
    const { userKey } = await this.named(username);
    if (userKey === actor.userKey) throw refused('ownAccount', "Administrators can't delete themselves");
    await this.writes.run(async (work) => {
      await work.query(`delete from account where user_key = $1`, [userKey]);
      await work.query(`delete from global_permission where subject_kind = 'user' and subject = $1`, [userKey]);
      work.changes(tags.user(userKey), tags.username(username), tags.globalPermissions);
      work.emit(identity.userChanged, { userKey });
    });
    return {};
  }

  private async refuseTakenName<T>(username: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error, 'account_username'))
        throw refused('usernameTaken', `A user with the username ${username} already exists`, username);
      throw error;
    }
  }

  /** A new password ends the sessions that the old one opened. */
  private async storePassword(userKey: string, password: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    await this.change(userKey, async (work) => {
      await work.query(
        `update account set password_hash = $2, failed_attempts = 0, failed_at = null where user_key = $1`,
        [userKey, passwordHash],
      );
      await work.query(`delete from session where user_key = $1`, [userKey]);
    });
  }

  private async change(userKey: string, apply: (work: Work) => Promise<void>): Promise<identity.User> {
    return this.writes.run(async (work) => {
      await work.query(`select 1 from account where user_key = $1 for update`, [userKey]);
      await apply(work);
      work.changes(tags.user(userKey));
      work.emit(identity.userChanged, { userKey });
      const account = await findAccount(work, { userKey });
      if (!account) throw noUser(userKey);
      return publicFields(account);
    });
  }

  private async named(username: string) {
    const account = await findAccount(this.reads, { username });
    if (!account) throw noUser(username);
    return account;
  }
}

const publicFields = ({ userKey, username, displayName, email, status }: identity.User): identity.User => ({
  userKey,
  username,
  displayName,
  email,
  status,
});

export async function insertAccount(
  work: Pick<Work, 'query'>,
  account: { userKey: string; username: string; displayName: string; email: string | null; passwordHash: string },
): Promise<void> {
  await work.query(
    `insert into account (user_key, username, display_name, email, password_hash) values ($1, $2, $3, $4, $5)`,
    [account.userKey, account.username, account.displayName, account.email, account.passwordHash],
  );
}
