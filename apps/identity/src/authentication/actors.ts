import { globalPermissions, type Actor, type GlobalPermission, type identity } from '@tributary/contracts';
import type { Reads } from '@tributary/database';

export interface AccountRow extends identity.User {
  passwordHash: string;
  failedAttempts: number;
  failedSecondsAgo: number | null;
}

export const accountColumns = `a.user_key as "userKey", a.username, a.display_name as "displayName", a.email, a.status`;

type Queries = Pick<Reads, 'query'>;

/** The account with this name or key, with what authentication needs of it. */
export async function findAccount(
  queries: Queries,
  by: { userKey: string } | { username: string },
): Promise<AccountRow | undefined> {
  const [column, value] =
    'userKey' in by ? ['a.user_key', by.userKey] : ['lower(a.username)', by.username.toLowerCase()];
  const [row] = await queries.query<AccountRow>(
    `select ${accountColumns}, a.password_hash as "passwordHash", a.failed_attempts as "failedAttempts",
       extract(epoch from now() - a.failed_at)::float as "failedSecondsAgo"
     from account a where ${column} = $1`,
    [value],
  );
  return row;
}

/** A user as an actor: groups and global permissions, in one snapshot. */
export async function actorOf(queries: Queries, user: identity.User): Promise<Actor> {
  const [row] = await queries.query<{ groups: string[]; permissions: GlobalPermission[] }>(
    `with own as (select group_name from membership where user_key = $1)
     select array(select group_name from own order by 1) as groups,
       array(select distinct permission from global_permission
         where (subject_kind = 'user' and subject = $1) or (subject_kind = 'group' and subject in (select group_name from own))) as permissions`,
    [user.userKey],
  );
  const { userKey, username, displayName } = user;
  return { userKey, username, displayName, groups: row?.groups ?? [], permissions: implied(row?.permissions ?? []) };
}

/** A visitor who is not signed in: may do what was granted to anonymous. */
export async function anonymousActor(queries: Queries): Promise<Actor> {
  const rows = await queries.query<{ permission: GlobalPermission }>(
    `select permission from global_permission where subject_kind = 'anonymous'`,
  );
  return {
    userKey: null,
    username: 'anonymous',
    displayName: 'Anonymous',
    groups: [],
    permissions: rows.map((row) => row.permission),
  };
}

/** System administrators may do all, administrators all but administer the system. */
function implied(granted: readonly GlobalPermission[]): GlobalPermission[] {
  if (granted.includes('systemAdminister')) return [...globalPermissions];
  if (granted.includes('administer'))
    return globalPermissions.filter((permission) => permission !== 'systemAdminister');
  return [...granted];
}
