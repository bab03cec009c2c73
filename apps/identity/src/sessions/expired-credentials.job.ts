import { declareJob, type Run } from '@tributary/cluster';
import { tags } from '@tributary/contracts';
import type { StartedContext } from '@tributary/service';

/** Sessions or tokens that one transaction removes; each is a tag to pin. */
const batchMax = 500;

/** Removes sessions that are over, and tokens some time after they expired: until then their owners see that they did. */
export const expiredCredentials = declareJob<StartedContext>(
  {
    name: 'identity.expired-credentials',
    description: 'Removes sessions that are over and tokens that expired long ago',
    schedule: { cron: '0 5 * * * *', timeZone: 'UTC' },
    timeoutMillis: 1_800_000,
  },
  async (run, { config }) => {
    let removed = await removeWhere(run, 'session', 'expires_at < now()', []);
    run.progress(50, { key: 'jobs.removed', args: [removed] });
    if (config.retentionDays.expiredTokens > 0) {
      const where = 'expires_at < now() - make_interval(days => $1)';
      removed += await removeWhere(run, 'access_token', where, [config.retentionDays.expiredTokens]);
    }
    run.progress(100, { key: 'jobs.removed', args: [removed] });
  },
);

async function removeWhere(run: Run, table: 'session' | 'access_token', where: string, parameters: unknown[]) {
  let removed = 0;
  for (let count = batchMax; count === batchMax;) {
    count = await run.step(async (work) => {
      const rows = await work.query<{ digest: string }>(
        `delete from ${table} where digest in (select digest from ${table} where ${where} limit ${batchMax}) returning digest`,
        parameters,
      );
      work.changes(...rows.map((row) => tags.credential(row.digest)));
      return rows.length;
    });
    removed += count;
  }
  return removed;
}
