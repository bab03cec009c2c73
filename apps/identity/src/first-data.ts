import { randomBytes } from 'node:crypto';
import { globalPermissions, identity } from '@tributary/contracts';
import { Writes, type Work } from '@tributary/database';
import type { StartedContext } from '@tributary/service';
import { hashPassword } from './authentication/passwords.js';
import { newSecret } from './authentication/secrets.js';
import { grant } from './permissions/permissions.controller.js';
import { insertAccount } from './users/users.controller.js';

/**
 * On an empty database: the two groups, the user `admin` with the configured password, and the default permissions. Without a
 * password the site waits for somebody who knows its set-up code and makes all this in a browser. Copies that start at the same
 * time wait for each other; the second finds everything there.
 */
export async function createFirstData({ config, logger, get }: StartedContext): Promise<void> {
  const password = config.adminPassword;
  const passwordHash = password ? await hashPassword(password) : undefined;
  const writes = get(Writes);
  const code = await writes.run(async (work) => {
    await lockFirstData(work);
    const [present] = await work.query(`select 1 from user_group limit 1`);
    if (present) return undefined;
    if (!passwordHash) return waitForSetUp(work, config.setupCode);
    await insertFirstData(work, { username: 'admin', displayName: 'Administrator', passwordHash });
    await work.query(`update site set setup_code = null`);
    logger.info('created the first user, admin');
    return undefined;
  });
  if (code === undefined) return;
  const shown = config.setupCode ? 'in TRIBUTARY_SETUP_CODE' : code;
  logger.warn(`Nobody has set up this site yet: open /setup at a gateway; the set-up code is ${shown}`);
}

/** Held until the transaction ends, so that first data is made once. */
export async function lockFirstData(work: Pick<Work, 'query'>): Promise<void> {
  await work.query(`select pg_advisory_xact_lock(hashtext('tributary-first-data'))`);
}

/** All copies have one code: the operator's, or the one that the first of them made. */
async function waitForSetUp(work: Pick<Work, 'query'>, given: string | undefined): Promise<string | undefined> {
  const [site] = await work.query<{ code: string }>(
    `update site set setup_code = coalesce($1, setup_code, $2) returning setup_code as code`,
    [given ?? null, newSecret()],
  );
  return site?.code;
}

/** The groups with their permissions, and the first administrator, whose key it returns. */
export async function insertFirstData(
  work: Pick<Work, 'query'>,
  account: { readonly username: string; readonly displayName: string; readonly passwordHash: string },
): Promise<string> {
  for (const name of [identity.groupUsers, identity.groupAdministrators]) {
    await work.query(`insert into user_group (name) values ($1)`, [name]);
  }
  const userKey = randomBytes(16).toString('hex');
  await insertAccount(work, { userKey, email: null, ...account });
  await work.query(`insert into membership (user_key, group_name) select $1, name from user_group`, [userKey]);
  await grant(work, { kind: 'group', name: identity.groupUsers }, ['use', 'personalSpace', 'createSpace']);
  await grant(work, { kind: 'group', name: identity.groupAdministrators }, globalPermissions);
  return userKey;
}
