import type { jobs } from '@tributary/contracts';
import type { Reads, Work } from '@tributary/database';

type Queries = Pick<Reads | Work, 'query'>;
type Row<T, Times extends keyof T> = Omit<T, Times> & Record<Times, Date | null>;
type RunRow = Row<jobs.JobRun, 'dueAt' | 'startedAt' | 'finishedAt'>;
type JobRow = Row<Omit<jobs.Job, 'lastRun' | 'running'>, 'nextRunAt'>;

const runColumns = `r.id, r.job, r.kind, r.due_at as "dueAt", r.state, r.attempt, r.node_id as "nodeId", r.started_by as "startedBy",
  r.started_at as "startedAt", r.finished_at as "finishedAt", r.percentage, r.title, r.message, r.error, r.cancel_requested as "cancelRequested",
  coalesce(extract(epoch from coalesce(r.finished_at, clock_timestamp()) - r.started_at) * 1000, 0)::float as "elapsedMillis"`;

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

const presentRun = (row: RunRow): jobs.JobRun => ({
  ...row,
  dueAt: (row.dueAt as Date).toISOString(),
  startedAt: iso(row.startedAt),
  finishedAt: iso(row.finishedAt),
});

/** Runs that a condition over `cluster.job_run r` holds for, newest first. */
export async function findRuns(
  queries: Queries,
  where: string,
  parameters: readonly unknown[],
  { start = 0, limit = 1 }: { start?: number; limit?: number } = {},
): Promise<{ results: jobs.JobRun[]; hasMore: boolean }> {
  const rows = await queries.query<RunRow>(
    `select ${runColumns} from cluster.job_run r where ${where} order by r.due_at desc, r.id
     limit $${parameters.length + 1} offset $${parameters.length + 2}`,
    [...parameters, limit + 1, start],
  );
  return { results: rows.slice(0, limit).map(presentRun), hasMore: rows.length > limit };
}

/** All jobs, or the one with this name. Those that left the code long ago are gone by then. */
export async function findJobs(queries: Queries, name: string | undefined): Promise<jobs.Job[]> {
  const [rows, last, running] = await Promise.all([
    queries.query<JobRow>(
      `select name, service, description, coalesce(schedule, declared_schedule) as schedule, declared_schedule as "declaredSchedule",
         timeout_millis::float as "timeoutMillis", misfire, concurrency, attempts_max as "attemptsMax", enabled,
         case when enabled then next_due_at end as "nextRunAt"
       from cluster.job where $1::text is null or name = $1 order by name`,
      [name ?? null],
    ),
    queries.query<RunRow>(
      `select ${runColumns} from cluster.job j cross join lateral (
         select * from cluster.job_run r where r.job = j.name and r.state <> 'due' order by r.due_at desc limit 1) r
       where $1::text is null or j.name = $1`,
      [name ?? null],
    ),
    queries.query<{ job: string; count: number }>(
      `select job, count(*)::int as count from cluster.job_run where state = 'running' group by job`,
    ),
  ]);
  const lastOf = new Map(last.map((row) => [row.job, presentRun(row)]));
  const runningOf = new Map(running.map((row) => [row.job, row.count]));
  return rows.map((row) => ({
    ...row,
    nextRunAt: iso(row.nextRunAt),
    lastRun: lastOf.get(row.name) ?? null,
    running: runningOf.get(row.name) ?? 0,
  }));
}
