import { Controller } from '@nestjs/common';
import { forbidden, isAdministrator, jobs, notFound, type Actor, type RequestOf } from '@tributary/contracts';
import { Reads, Writes, type Work } from '@tributary/database';
import { Handle } from '@tributary/messaging';
import { ServiceContext } from '@tributary/service';
import { Audit, type Action } from '../administration/audit.js';
import { checkSchedule, nextDueTime } from './due-times.js';
import { findJobs, findRuns } from './job-rows.js';

interface ChangedJob {
  declared: jobs.JobSchedule | null;
  own: jobs.JobSchedule | null;
  enabled: boolean;
  nextDueAt: Date | null;
}

/** What owners and administrators ask about jobs; any coordinator answers from the ledger, whoever leads. */
@Controller()
export class JobsController {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly audit: Audit,
    private readonly context: ServiceContext,
  ) {}

  @Handle(jobs.declareJobs)
  async declare({ service, jobs: declared }: RequestOf<typeof jobs.declareJobs>) {
    await this.writes.run(async (work) => {
      const now = await timeOf(work);
      // In one order, so that two copies that declare the same don't wait for each other crosswise.
      const inOrder = declared.toSorted((one, other) => (one.name < other.name ? -1 : 1));
      for (const job of inOrder) await declareOne(work, service, job, now);
    });
    this.tellLeader();
    return {};
  }

  @Handle(jobs.listJobs)
  async list({ actor, name }: RequestOf<typeof jobs.listJobs>) {
    requireSystemAdministrator(actor);
    return { jobs: await findJobs(this.reads, name) };
  }

  @Handle(jobs.changeJob)
  async change({ actor, name, enabled, schedule }: RequestOf<typeof jobs.changeJob>) {
    requireSystemAdministrator(actor);
    await this.audit.change(
      actor,
      () => changesOf(name, enabled, schedule),
      async (work) => {
        const now = await timeOf(work);
        const [job] = await work.query<ChangedJob>(
          `select declared_schedule as declared, schedule as own, enabled, next_due_at as "nextDueAt" from cluster.job where name = $1 for no key update`,
          [name],
        );
        if (!job?.declared) throw noJob(name);
        if (schedule) checkSchedule(schedule, now);
        const own = schedule === undefined ? job.own : schedule;
        // What goes on as it was keeps a due time that nobody has seen to yet; what begins anew begins now.
        const goesOn = job.enabled && schedule === undefined;
        await work.query(
          `update cluster.job set enabled = coalesce($2, enabled), schedule = $3, next_due_at = $4 where name = $1`,
          [
            name,
            enabled ?? null,
            own && JSON.stringify(own),
            goesOn ? job.nextDueAt : nextDueTime(own ?? job.declared, now),
          ],
        );
        if (enabled === false) await skipWaiting(work, name);
      },
    );
    this.tellLeader();
    return this.jobNamed(name);
  }

  @Handle(jobs.runJobNow)
  async runNow({ actor, name }: RequestOf<typeof jobs.runJobNow>) {
    requireSystemAdministrator(actor);
    const id = await this.audit.change(actor, { action: 'job.run', target: name }, async (work) => {
      const [made] = await work.query<{ id: string }>(
        `insert into cluster.job_run (job, kind, due_at, not_before, started_by)
         select name, 'manual', clock_timestamp(), clock_timestamp(), $2 from cluster.job where name = $1 and declared_schedule is not null returning id`,
        [name, actor.userKey],
      );
      if (!made) throw noJob(name);
      return made.id;
    });
    this.tellLeader();
    return this.runWith(`r.id = $1`, [id], id);
  }

  @Handle(jobs.listRuns)
  async listRuns({ actor, job, state, start, limit }: RequestOf<typeof jobs.listRuns>) {
    requireSystemAdministrator(actor);
    const where = `($1::text is null or r.job = $1) and ($2::text is null or r.state = $2)`;
    return findRuns(this.reads, where, [job ?? null, state ?? null], { start, limit });
  }

  @Handle(jobs.cancelRun)
  async cancel({ actor, id }: RequestOf<typeof jobs.cancelRun>) {
    const parameters = [id, ...visibleTo(actor)];
    const cancelled = (runs: readonly { job: string }[]) =>
      runs.map(({ job }) => ({ action: 'run.cancel', target: `${job} ${id}` }) as const);
    await this.audit.change(actor, cancelled, (work) =>
      work.query<{ job: string }>(
        `update cluster.job_run r set cancel_requested = true, state = case when state = 'due' then 'cancelled' else state end,
           finished_at = case when state = 'due' then clock_timestamp() end
         where ${isVisible} and state in ('due', 'running') and not cancel_requested returning r.job`,
        parameters,
      ),
    );
    return this.runWith(isVisible, parameters, id);
  }

  @Handle(jobs.listTasks)
  async listTasks({ actor, start, limit }: RequestOf<typeof jobs.listTasks>) {
    const where = `r.kind = 'task' and (r.started_by = $1 or $2::boolean)`;
    return findRuns(this.reads, where, [actor.userKey, isAdministrator(actor)], { start, limit });
  }

  @Handle(jobs.getTask)
  async getTask({ actor, id }: RequestOf<typeof jobs.getTask>) {
    const parameters = [id, ...visibleTo(actor)];
    return this.runWith(`${isVisible} and r.kind = 'task'`, parameters, id);
  }

  private async runWith(where: string, parameters: readonly unknown[], id: string): Promise<jobs.JobRun> {
    const { results } = await findRuns(this.reads, where, parameters);
    if (!results[0]) throw notFound(`No long task found with id : ${id}`);
    return results[0];
  }

  private async jobNamed(name: string): Promise<jobs.Job> {
    const [job] = await findJobs(this.reads, name);
    if (!job) throw noJob(name);
    return job;
  }

  private tellLeader(): void {
    this.context.connection.publish(jobs.ledgerChangedSubject);
  }
}

/** A change of a job, as the audit tells it: what was asked for at once are two actions. */
function changesOf(
  name: string,
  enabled: boolean | undefined,
  schedule: jobs.JobSchedule | null | undefined,
): Action[] {
  const changed: Action[] = [];
  if (enabled !== undefined) changed.push({ action: enabled ? 'job.enable' : 'job.disable', target: name });
  if (schedule !== undefined) changed.push({ action: 'job.schedule', target: `${name} ${textOf(schedule)}` });
  return changed;
}

function textOf(schedule: jobs.JobSchedule | null): string {
  if (!schedule) return 'as declared';
  return 'cron' in schedule ? `${schedule.cron} ${schedule.timeZone}` : `every ${schedule.everyMillis} ms`;
}

const noJob = (name: string) => notFound(`No job found with name : ${name}`);

/** A task is who started it's and administrators'; a scheduled run is system administrators' only. */
const isVisible = `r.id::text = $1 and case when r.kind = 'task' then r.started_by = $2 or $3::boolean else $4::boolean end`;
const visibleTo = (actor: Actor): unknown[] => [
  actor.userKey,
  isAdministrator(actor),
  actor.permissions.includes('systemAdminister'),
];

function requireSystemAdministrator(actor: Actor): void {
  if (!actor.permissions.includes('systemAdminister')) throw forbidden('Only system administrators see to jobs');
}

async function timeOf(work: Work): Promise<Date> {
  const [row] = await work.query<{ now: Date }>(`select now() as now`);
  if (!row) throw new Error('The database told no time');
  return row.now;
}

/** What is declared anew keeps its due times, unless its schedule is another one now and no administrator's is in force. */
async function declareOne(work: Work, service: string, job: jobs.JobDeclaration, now: Date): Promise<void> {
  const { schedule } = job;
  if (schedule) checkSchedule(schedule, now);
  await work.query(
    `insert into cluster.job as j (name, service, description, declared_schedule, timeout_millis, misfire, concurrency, attempts_max, next_due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (name) do update set service = excluded.service, description = excluded.description,
       declared_schedule = excluded.declared_schedule, timeout_millis = excluded.timeout_millis, misfire = excluded.misfire,
       concurrency = excluded.concurrency, attempts_max = excluded.attempts_max, declared_at = now(),
       next_due_at = case when j.schedule is null and j.declared_schedule is distinct from excluded.declared_schedule
         then excluded.next_due_at else j.next_due_at end`,
    [
      job.name,
      service,
      job.description,
      schedule ? JSON.stringify(schedule) : null,
      job.timeoutMillis,
      job.misfire,
      job.concurrency,
      job.attemptsMax,
      schedule ? nextDueTime(schedule, now) : null,
    ],
  );
}

/** A disabled job makes up for nothing that waits. */
async function skipWaiting(work: Work, name: string): Promise<void> {
  await work.query(
    `update cluster.job_run set state = 'skipped', finished_at = now() where job = $1 and state = 'due' and kind = 'scheduled'`,
    [name],
  );
}
