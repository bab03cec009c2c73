import { randomBytes } from 'node:crypto';
import { globalPermissions, identity } from '@tributary/contracts';
import { Writes } from '@tributary/database';
import type { StartedContext } from '@tributary/service';
import { hashPassword } from './authentication/passwords.js';
import { grant } from './permissions/permissions.controller.js';
import { insertAccount } from './users/users.controller.js';

/**
 * On an empty database: the two groups, the user `admin` with the configured password, and the default permissions. Copies
 * that start at the same time wait for each other; the second finds everything there.
 */
export async function createFirstData({ config, logger, get }: StartedContext): Promise<void> {
  const password = config.adminPassword;
  if (!password) logger.warn('TRIBUTARY_ADMIN_PASSWORD is not set: a new database gets no administrator');
  const passwordHash = password ? await hashPassword(password) : undefined;
  await get(Writes).run(async (work) => {
    await work.query(`select pg_advisory_xact_lock(hashtext('tributary-first-data'))`);
    const [present] = await work.query(`select 1 from user_group limit 1`);
    if (present || !passwordHash) return;
    for (const name of [identity.groupUsers, identity.groupAdministrators]) {
      await work.query(`insert into user_group (name) values ($1)`, [name]);
    }
    const userKey = randomBytes(16).toString('hex');
    await insertAccount(work, { userKey, username: 'admin', displayName: 'Administrator', email: null, passwordHash });
    await work.query(`insert into membership (user_key, group_name) select $1, name from user_group`, [userKey]);
    await grant(work, { kind: 'group', name: identity.groupUsers }, ['use', 'personalSpace', 'createSpace']);
    await grant(work, { kind: 'group', name: identity.groupAdministrators }, globalPermissions);
    logger.info('created the first user, admin');
  });
}
