import { declareJob } from '@tributary/cluster';
import type { StartedContext } from '@tributary/service';

/** Rows that one transaction removes. */
const batchMax = 1_000;

/** Keeps the ledger short: forgets runs that ended long ago, and jobs that no copy has declared for as long. */
export const oldRuns = declareJob<StartedContext>(
  {
    name: 'cluster-coordinator.old-job-runs',
    description: 'Removes runs of jobs that ended long ago',
    schedule: { cron: '0 50 4 * * *', timeZone: 'UTC' },
    timeoutMillis: 1_800_000,
  },
  async (run, { config }) => {
    const days = config.retentionDays.jobRuns;
    if (days === 0) return;
    let removed = 0;
    for (let count = batchMax; count === batchMax;) {
      count = await run.step(async (work) => {
        const rows = await work.query(
          `delete from cluster.job_run where id in (
             select id from cluster.job_run where finished_at < now() - make_interval(days => $1) limit ${batchMax}) returning id`,
          [days],
        );
        return rows.length;
      });
      removed += count;
      run.progress(50, { key: 'jobs.removed', args: [removed] });
    }
    await run.commit(async (work) => {
      await work.query(`delete from cluster.job where declared_at < now() - make_interval(days => $1)`, [days]);
    });
  },
);
