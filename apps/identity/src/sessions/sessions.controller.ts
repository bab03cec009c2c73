import { Controller } from '@nestjs/common';
import { identity, ServiceError, tags, type RequestOf } from '@tributary/contracts';
import { Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { digestOf, newSecret } from '../authentication/secrets.js';

/** How long a session lasts. */
const sessionHours = 24 * 7;
/** Sessions of one user; the oldest goes when one more begins. */
const sessionsOfUserMax = 100;

@Controller()
export class SessionsController {
  constructor(private readonly writes: Writes) {}

  @Handle(identity.createSession)
  async create({ actor }: RequestOf<typeof identity.createSession>) {
    if (!actor.userKey) throw new ServiceError('unauthenticated', 'Only users have sessions');
    const value = newSecret();
    await this.writes.run(async (work) => {
      await work.query(
        `insert into session (digest, user_key, expires_at) values ($1, $2, now() + make_interval(hours => $3))`,
        [digestOf(value), actor.userKey, sessionHours],
      );
      const dropped = await work.query<{ digest: string }>(
        `delete from session where user_key = $1 and digest in (
           select digest from session where user_key = $1 order by created_at desc offset $2) returning digest`,
        [actor.userKey, sessionsOfUserMax],
      );
      work.changes(...dropped.map((session) => tags.credential(session.digest)));
    });
    return { value, expiresInMillis: sessionHours * 3_600_000 };
  }

  @Handle(identity.deleteSession)
  async delete({ value }: RequestOf<typeof identity.deleteSession>) {
    const digest = digestOf(value);
    await this.writes.run(async (work) => {
      await work.query(`delete from session where digest = $1`, [digest]);
      work.changes(tags.credential(digest));
    });
    return {};
  }
}
