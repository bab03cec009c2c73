import { Controller } from '@nestjs/common';
import { forbidden, identity, ServiceError, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { actorOf, anonymousActor, findAccount, type AccountRow } from './actors.js';
import { verifyPassword } from './passwords.js';
import { digestOf } from './secrets.js';

/** Wrong passwords in a row before an account has to wait, and how long: it doubles with each more, up to the most. */
const failuresFree = 10;
const waitSecondsBase = 10;
const waitSecondsMost = 900;

const wrong = () => new ServiceError('unauthenticated', 'Basic Authentication Failure - Reason : AUTHENTICATED_FAILED');
const denied = () => forbidden('Basic Authentication Failure - Reason : AUTHENTICATION_DENIED');

interface Proven {
  actor: Actor;
  expiresInMillis: number | null;
  dependsOn: string[];
}

interface CredentialRow {
  id: string;
  userKey: string;
  expiresInMillis: number | null;
}

/** Proves who somebody is. Only a success depends on named things and may be kept; failures are found anew each time. */
@Controller()
export class AuthenticationController {
  constructor(private readonly reads: Reads) {}

  @Handle(identity.authenticate)
  async authenticate({ credentials }: RequestOf<typeof identity.authenticate>) {
    const { actor, expiresInMillis, dependsOn } = await this.prove(credentials);
    return { value: { actor, expiresInMillis }, dependsOn };
  }

  @Handle(identity.currentActor)
  async current({ userKey }: RequestOf<typeof identity.currentActor>) {
    if (userKey === null) return { actor: await anonymousActor(this.reads) };
    const account = await findAccount(this.reads, { userKey });
    return { actor: account?.status === 'active' ? await actorOf(this.reads, account) : null };
  }

  private async prove(credentials: identity.Credentials): Promise<Proven> {
    switch (credentials.kind) {
      case 'anonymous':
        return { actor: await anonymousActor(this.reads), expiresInMillis: null, dependsOn: [tags.globalPermissions] };
      case 'password':
        return this.provePassword(credentials.username, credentials.password);
      case 'session':
        return this.proveSecret(
          `select digest as id, user_key as "userKey", extract(epoch from expires_at - now())::float * 1000 as "expiresInMillis"
           from session where digest = $1 and expires_at > now()`,
          credentials.value,
        );
      case 'token':
        return this.proveSecret(
          `update access_token set last_accessed_at = now() where digest = $1 and (expires_at is null or expires_at > now())
           returning digest as id, user_key as "userKey", extract(epoch from expires_at - now())::float * 1000 as "expiresInMillis"`,
          credentials.value,
        );
    }
  }

  private async provePassword(username: string, password: string): Promise<Proven> {
    const account = await findAccount(this.reads, { username });
    if (account && mustWait(account)) throw denied();
    const right = await verifyPassword(password, account?.passwordHash);
    if (!account || !right || account.status !== 'active') {
      if (account && !right) await this.countFailure(account.userKey);
      throw wrong();
    }
    if (account.failedAttempts > 0) {
      await this.reads.query(`update account set failed_attempts = 0, failed_at = null where user_key = $1`, [
        account.userKey,
      ]);
    }
    const dependsOn = [...actorTags(account.userKey), tags.username(username)];
    return { actor: await actorOf(this.reads, account), expiresInMillis: null, dependsOn };
  }

  private async proveSecret(sql: string, secret: string): Promise<Proven> {
    const [found] = await this.reads.query<CredentialRow>(sql, [digestOf(secret)]);
    const account = found && (await findAccount(this.reads, { userKey: found.userKey }));
    if (!found || account?.status !== 'active') throw wrong();
    const dependsOn = [...actorTags(account.userKey), tags.credential(found.id)];
    return { actor: await actorOf(this.reads, account), expiresInMillis: found.expiresInMillis, dependsOn };
  }

  /** Counted in the database, so that all copies count together. */
  private async countFailure(userKey: string): Promise<void> {
    await this.reads.query(
      `update account set failed_attempts = failed_attempts + 1, failed_at = now() where user_key = $1`,
      [userKey],
    );
  }
}

const actorTags = (userKey: string): string[] => [tags.user(userKey), tags.globalPermissions];

function mustWait(account: AccountRow): boolean {
  const excess = account.failedAttempts - failuresFree;
  if (excess < 0 || account.failedSecondsAgo === null) return false;
  return account.failedSecondsAgo < Math.min(waitSecondsBase * 2 ** excess, waitSecondsMost);
}
