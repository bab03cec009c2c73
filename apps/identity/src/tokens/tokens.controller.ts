import { Controller } from '@nestjs/common';
import { forbidden, identity, notFound, refused, tags, type Actor, type RequestOf } from '@tributary/contracts';
import { isUniqueViolation, Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { digestOf, newSecret } from '../authentication/secrets.js';

const tokensOfUserMax = 100;

interface TokenRow {
  id: string;
  name: string;
  createdAt: Date;
  lastAccessedAt: Date | null;
  expiresAt: Date | null;
}

const columns = `id, name, created_at as "createdAt", last_accessed_at as "lastAccessedAt", expires_at as "expiresAt"`;

const present = (row: TokenRow) => ({
  id: Number(row.id),
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  lastAccessed: row.lastAccessedAt?.toISOString() ?? null,
  expiringAt: row.expiresAt?.toISOString() ?? null,
});

/** Personal access tokens: one's own only. */
@Controller()
export class TokensController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(identity.createToken)
  async create({ actor, name, expirationDays }: RequestOf<typeof identity.createToken>) {
    const userKey = owner(actor);
    const rawToken = newSecret();
    try {
      const row = await this.writes.run(async (work) => {
        const [{ count } = { count: 0 }] = await work.query<{ count: number }>(
          `select count(*)::int as count from access_token where user_key = $1`,
          [userKey],
        );
        if (count >= tokensOfUserMax)
          throw refused('tooManyTokens', `A user has at most ${tokensOfUserMax} tokens`, String(tokensOfUserMax));
        const [made] = await work.query<TokenRow>(
          `insert into access_token (digest, user_key, name, expires_at) values ($1, $2, $3, now() + make_interval(days => $4::int)) returning ${columns}`,
          [digestOf(rawToken), userKey, name, expirationDays ?? null],
        );
        return made;
      });
      if (!row) throw new Error('The insert answered no token');
      return { ...present(row), rawToken };
    } catch (error) {
      if (isUniqueViolation(error, 'access_token_name'))
        throw refused('tokenNameTaken', `A token with the name ${name} already exists`, name);
      throw error;
    }
  }

  @Handle(identity.listTokens)
  async list({ actor }: RequestOf<typeof identity.listTokens>) {
    const rows = await this.reads.query<TokenRow>(
      `select ${columns} from access_token where user_key = $1 order by id`,
      [owner(actor)],
    );
    return { tokens: rows.map(present) };
  }

  @Handle(identity.revokeToken)
  async revoke({ actor, id }: RequestOf<typeof identity.revokeToken>) {
    await this.writes.run(async (work) => {
      const [removed] = await work.query<{ digest: string }>(
        `delete from access_token where id = $1 and user_key = $2 returning digest`,
        [id, owner(actor)],
      );
      if (!removed) throw notFound(`No token found with id : ${id}`);
      work.changes(tags.credential(removed.digest));
    });
    return {};
  }
}

function owner(actor: Actor): string {
  if (!actor.userKey) throw forbidden('Only users have tokens');
  return actor.userKey;
}
