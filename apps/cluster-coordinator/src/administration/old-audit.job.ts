import { declareJob } from '@tributary/cluster';
import type { StartedContext } from '@tributary/service';

/** Records that one transaction removes. */
const batchMax = 1_000;

/** Forgets what administrators did long ago. */
export const oldAudit = declareJob<StartedContext>(
  {
    name: 'cluster-coordinator.old-audit-records',
    description: 'Removes records of what administrators did long ago',
    schedule: { cron: '0 40 4 * * *', timeZone: 'UTC' },
    timeoutMillis: 1_800_000,
  },
  async (run, { config }) => {
    const days = config.retentionDays.audit;
    if (days === 0) return;
    let removed = 0;
    for (let count = batchMax; count === batchMax;) {
      count = await run.step(async (work) => {
        const rows = await work.query(
          `delete from cluster.audit where id in (
             select id from cluster.audit where at < now() - make_interval(days => $1) order by id limit ${batchMax}) returning id`,
          [days],
        );
        return rows.length;
      });
      removed += count;
      run.progress(50, { key: 'jobs.removed', args: [removed] });
    }
  },
);
