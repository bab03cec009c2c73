import type { Reads } from '@tributary/database';
import { metrics } from '@tributary/platform';

/** Runs that wait or are under way, by job, as metrics; both have indexes of their own, so looking costs little. */
export const collectJobFigures = (reads: Reads): (() => void) =>
  metrics.collect('jobs', async () => {
    const rows = await reads.query<{ job: string; state: string; count: number }>(
      `select job, state, count(*)::int as count from cluster.job_run
       where (state = 'due' and not_before <= now()) or state = 'running' group by job, state order by job, state`,
    );
    const [ended] = await reads.query<{ succeeded: number; failed: number }>(
      `select count(*) filter (where state = 'succeeded')::int as succeeded, count(*) filter (where state = 'failed')::int as failed
       from cluster.job_run where finished_at > now() - interval '1 minute'`,
    );
    return [
      {
        name: 'tributary_job_runs',
        help: 'Runs of jobs that wait for their turn or are under way, in the whole cluster',
        type: 'gauge',
        samples: rows.map(({ job, state, count }) => ({ labels: { job, state }, value: count })),
      },
      {
        name: 'tributary_job_runs_ended_last_minute',
        help: 'Runs of jobs that ended in the last minute, in the whole cluster',
        type: 'gauge',
        samples: Object.entries(ended ?? {}).map(([state, value]) => ({ labels: { state }, value })),
      },
    ];
  });
