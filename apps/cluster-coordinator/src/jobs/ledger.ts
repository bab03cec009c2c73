import type { jobs, ServiceName } from '@tributary/contracts';
import type { Reads, Work, Writes } from '@tributary/database';
import type { LedgerToken } from '../leadership/coordinator.js';
import { dueTimes, nextDueTime } from './due-times.js';
import { decide, type JobLoad, type WaitingRun } from './runs-to-start.js';

/** Due times of one job that are written at once; of more that were missed only the last ones leave rows. */
const missedMax = 1_000;
/** Runs that are begun in one transaction, so that it stays short. */
const startsMax = 500;
/** Jobs that no copy has declared for so long have left the code: nothing of them falls due. */
const declarationHours = 24;

export interface LedgerTimes {
  /** How late a run may begin without counting as missed. */
  readonly graceMillis: number;
  /** After so long without a heartbeat a run's copy counts as dead. */
  readonly silenceMillis: number;
}

/** A run that was begun and has to be given to a copy of its owner. */
export interface StartedRun extends jobs.DispatchedRun {
  readonly service: ServiceName;
}

/** What lies before the leader. Times are the database's. */
export interface Outlook {
  /** Something is to be done now. */
  readonly isBusy: boolean;
  /** Until the next due time or retry that is known; null when there is none. */
  readonly nextMillis: number | null;
}

interface DueJob {
  name: string;
  schedule: jobs.JobSchedule;
  nextDueAt: Date;
}
interface WaitingRow extends WaitingRun, Omit<JobLoad, 'running'> {
  job: string;
  running: number;
}

/**
 * The ledger as the leader writes it. The clock is PostgreSQL's `now()`: a coordinator whose own clock jumps changes nothing.
 *
 * Guarantee: every transaction begins with the leader's token, and a coordinator that was replaced writes nothing (R9). A due time has
 * one row, whoever leads. A run is with one holder of its newest token; `decide` and `dueTimes` say what becomes of it.
 */
export class Ledger {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly times: LedgerTimes,
  ) {}

  /** Looks without writing, so that a leader with nothing to do costs next to nothing. */
  async outlook(): Promise<Outlook> {
    const [row] = await this.reads.query<{ isBusy: boolean; nextMillis: number | null }>(
      `with next as (
         select (select min(next_due_at) from cluster.job where enabled and ${isDeclared}) as due,
           (select min(not_before) from cluster.job_run where state = 'due') as waiting,
           (select min(heartbeat_at) from cluster.job_run where state = 'running') as heartbeat)
       select coalesce(least(due, waiting) <= now(), false) or coalesce(heartbeat < ${silentBefore(1)}, false) as "isBusy",
         extract(epoch from least(due, waiting) - now())::float * 1000 as "nextMillis" from next`,
      [this.times.silenceMillis],
    );
    return row ?? { isBusy: false, nextMillis: null };
  }

  /** One step of the leader: due times become rows, dead copies' runs wait again, and what may begin begins. */
  async advance(token: LedgerToken): Promise<StartedRun[]> {
    return this.fenced(token, async (work, now) => {
      await this.writeDueTimes(work, now);
      await this.takeFromTheDead(work);
      const { start, skip } = await this.decideAll(work, now);
      if (skip.length > 0) {
        await work.query(
          `update cluster.job_run set state = 'skipped', finished_at = now() where id = any($1::uuid[]) and state = 'due'`,
          [skip],
        );
      }
      return start.length > 0 ? begin(work, start.slice(0, startsMax)) : [];
    });
  }

  /** Runs that no copy took wait again; not those that have shown a sign of life since. */
  async putBack(
    token: LedgerToken,
    runs: readonly Pick<StartedRun, 'id' | 'token'>[],
    waitMillis: number,
  ): Promise<void> {
    await this.fenced(token, (work) =>
      work.query(
        `update cluster.job_run r set state = 'due', attempt = r.attempt - 1, not_before = clock_timestamp() + make_interval(secs => $3::float / 1000),
           started_at = case when r.attempt > 1 then r.started_at end
         from unnest($1::uuid[], $2::bigint[]) as back(id, token)
         where r.id = back.id and r.token = back.token and r.state = 'running' and r.node_id is null`,
        [runs.map((run) => run.id), runs.map((run) => run.token), waitMillis],
      ),
    );
  }

  private fenced<T>({ store, token }: LedgerToken, change: (work: Work, now: Date) => Promise<T>): Promise<T> {
    return this.writes.run(async (work) => {
      const [, , [row]] = await Promise.all([
        // A step that is lost with the server's memory is done again; `begin`, whose tokens leave the database, waits for the disk.
        work.query(`set local synchronous_commit = off`),
        work.query(`select cluster.leader_fence($1, $2)`, [store, token]),
        work.query<{ now: Date }>(`select now() as now`),
      ]);
      if (!row) throw new Error('The database told no time');
      return change(work, row.now);
    });
  }

  private async writeDueTimes(work: Work, now: Date): Promise<void> {
    // A weaker lock than `for update`: whoever starts a run of the job doesn't wait, and isn't waited for.
    const due = await work.query<DueJob>(
      `select name, coalesce(schedule, declared_schedule) as schedule, next_due_at as "nextDueAt" from cluster.job
       where enabled and next_due_at <= now() and ${isDeclared} order by name for no key update`,
    );
    if (due.length > 0) await writeRows(work, due, now);
  }

  /** A run whose copy is silent is taken from it: its token stays behind when the run is begun again. */
  private async takeFromTheDead(work: Work): Promise<void> {
    await work.query(
      `select cluster.fail_run(silent.id, silent.token, 'The copy that ran it fell silent') from (
         select id, token from cluster.job_run where state = 'running' and heartbeat_at < ${silentBefore(1)} for update skip locked) silent`,
      [this.times.silenceMillis],
    );
  }

  private async decideAll(work: Work, now: Date): Promise<{ start: string[]; skip: string[] }> {
    // Of a job that makes up for all, the first ones are enough; of others all must be seen to know which is the latest.
    const rows = await work.query<WaitingRow>(
      `select w.id, w.job, w.kind, w.due_at as "dueAt", w.attempt, w.misfire, w.concurrency, coalesce(running.count, 0)::int as running from (
         select r.*, j.misfire, j.concurrency, row_number() over (partition by r.job order by r.due_at, r.id) as place
         from cluster.job_run r join cluster.job j on j.name = r.job where r.state = 'due' and r.not_before <= now()) w
       left join (select job, count(*) as count from cluster.job_run where state = 'running' group by job) running on running.job = w.job
       where w.place <= case when w.misfire = 'all' then w.concurrency else ${missedMax * 2} end
       order by w.due_at, w.id`,
    );
    const decisions = [...Map.groupBy(rows, (row) => row.job).values()].map((waiting) =>
      decide(waiting[0] as WaitingRow, waiting, now, this.times.graceMillis),
    );
    return { start: decisions.flatMap(({ start }) => start), skip: decisions.flatMap(({ skip }) => skip) };
  }
}

const isDeclared = `declared_at > now() - interval '${declarationHours} hours'`;
const silentBefore = (parameter: number): string => `now() - make_interval(secs => $${parameter}::float / 1000)`;

/** All jobs' rows together: a leader has many jobs that fall due at once. */
async function writeRows(work: Work, due: readonly DueJob[], now: Date): Promise<void> {
  // The first due time that has no row is one of them, and times between two moments don't hold the first.
  const rows = due.flatMap(({ name, schedule, nextDueAt }) =>
    dueTimes(schedule, new Date(nextDueAt.getTime() - 1), now, missedMax).map((dueAt) => ({ name, dueAt })),
  );
  await Promise.all([
    work.query(
      `insert into cluster.job_run (job, kind, due_at, not_before)
       select job, 'scheduled', due_at, due_at from unnest($1::text[], $2::timestamptz[]) as t(job, due_at) on conflict do nothing`,
      [rows.map((row) => row.name), rows.map((row) => row.dueAt)],
    ),
    work.query(
      `update cluster.job j set next_due_at = n.next from unnest($1::text[], $2::timestamptz[]) as n(name, next) where j.name = n.name`,
      [due.map((job) => job.name), due.map((job) => nextDueTime(job.schedule, now))],
    ),
  ]);
}

/** Waits for the disk, once for all of them: a token that has left for a copy is never given out again, after a crash of the server neither. */
async function begin(work: Work, ids: readonly string[]): Promise<StartedRun[]> {
  const [, started] = await Promise.all([
    work.query(`set local synchronous_commit to default`),
    work.query<StartedRun>(
      `update cluster.job_run r
       set state = 'running', token = r.token + 1, attempt = r.attempt + 1, node_id = null, heartbeat_at = clock_timestamp(),
         started_at = coalesce(r.started_at, clock_timestamp())
       from cluster.job j where r.id = any($1::uuid[]) and r.state = 'due' and j.name = r.job
       returning r.id, r.job, r.token::int as token, r.attempt, r.input, j.service, j.timeout_millis::float as "timeoutMillis",
         to_char(r.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dueAt"`,
      [ids],
    ),
  ]);
  return started;
}
