import { timingSafeEqual } from 'node:crypto';
import { Controller } from '@nestjs/common';
import { conflict, forbidden, identity, tags, type RequestOf } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { hashPassword } from '../authentication/passwords.js';
import { digestOf } from '../authentication/secrets.js';
import { insertFirstData, lockFirstData } from '../first-data.js';
import { requireAdministrator } from '../users/users.controller.js';

@Controller()
export class SiteController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
  ) {}

  @Handle(identity.getSite)
  async get() {
    const [site] = await this.reads.query<identity.Site>(
      `select name, language, setup_code is not null as "needsSetup" from site`,
    );
    return { value: site as identity.Site, dependsOn: [tags.site] };
  }

  @Handle(identity.renameSite)
  async rename({ actor, name, language }: RequestOf<typeof identity.renameSite>) {
    requireAdministrator(actor);
    await this.writes.run(async (work) => {
      await work.query(`update site set name = $1, language = coalesce($2, language)`, [name, language ?? null]);
      work.changes(tags.site);
    });
    return {};
  }

  @Handle(identity.setUp)
  async setUp({ code, siteName, language, username, displayName, password }: RequestOf<typeof identity.setUp>) {
    // Before the slow hash: strangers without the code cost next to nothing.
    requireCode(await this.openCode(this.reads), code);
    const passwordHash = await hashPassword(password);
    await this.writes.run(async (work) => {
      await lockFirstData(work);
      // Whoever waited for the lock finds that somebody else was first.
      requireCode(await this.openCode(work), code);
      const userKey = await insertFirstData(work, { username, displayName, passwordHash });
      await work.query(`update site set name = $1, language = $2, setup_code = null`, [siteName, language]);
      work.changes(tags.site, tags.globalPermissions, tags.user(userKey), tags.username(username));
    });
    return {};
  }

  private async openCode(from: Pick<Reads, 'query'>): Promise<string> {
    const [open] = await from.query<{ code: string }>(
      `select setup_code as code from site where setup_code is not null`,
    );
    if (!open) throw conflict('The site is set up already');
    return open.code;
  }
}

/** Compared by digests, so that the time it takes says nothing. */
function requireCode(expected: string, given: string): void {
  if (!timingSafeEqual(Buffer.from(digestOf(expected)), Buffer.from(digestOf(given)))) {
    throw forbidden('The set-up code is wrong');
  }
}
