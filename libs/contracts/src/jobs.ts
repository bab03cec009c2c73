import { z } from 'zod';
import { Actor } from './actor.js';
import { defineRequest, serviceNames, type ServiceName } from './request.js';
import { Done, Window } from './values.js';

/**
 * Scheduled jobs and long tasks. A *job* is declared by the service that owns its work; a *run* is one row of the ledger, which
 * the coordinator keeps in PostgreSQL. A long task is a run of a job without a schedule.
 */

/** Longest text of a schedule, a message's argument or an error that the ledger keeps, in characters. */
export const jobTextMax = 1_000;
const yearMillis = 366 * 24 * 3_600_000;
/** Timers don't count further. */
const timeoutMillisMax = 2 ** 31 - 1;

/** A service and what it calls its job: `pages.trash-retention`. */
export const JobName = z.string().regex(/^[a-z][a-z-]{0,30}\.[a-z][a-z0-9-]{0,60}$/, 'A job is named SERVICE.NAME');

/** Cron with seconds (`0 30 3 * * *` is half past three at night) in a time zone, or a period counted from 1970. */
export const JobSchedule = z.union([
  z.strictObject({ cron: z.string().min(1).max(200), timeZone: z.string().min(1).max(100).default('UTC') }),
  z.strictObject({ everyMillis: z.number().int().min(100).max(yearMillis) }),
]);
export type JobSchedule = z.infer<typeof JobSchedule>;

/**
 * What becomes of due times that could not be kept: no coordinator, no copy of the owner, or earlier runs that take their time.
 * `skip` drops them, `once` makes up for all of them with the latest, `all` makes up for each.
 */
export const MisfireRule = z.enum(['skip', 'once', 'all']);
export type MisfireRule = z.infer<typeof MisfireRule>;

export const JobDeclaration = z.object({
  name: JobName,
  description: z.string().min(1).max(jobTextMax),
  /** Null: a long task, which somebody starts. */
  schedule: JobSchedule.nullable(),
  /** Longest run; one that takes longer counts as failed. */
  timeoutMillis: z.number().int().min(100).max(timeoutMillisMax),
  misfire: MisfireRule,
  /** Runs at the same time, over the whole cluster. */
  concurrency: z.number().int().min(1).max(1_000),
  /** How often a run is begun at most: after a failure, or when the copy that ran it died. */
  attemptsMax: z.number().int().min(1).max(100),
});
export type JobDeclaration = z.infer<typeof JobDeclaration>;

/** `due` waits for its time or for a copy; docs: ARCHITECTURE.md, "A run's states". */
export const runStates = ['due', 'running', 'succeeded', 'failed', 'cancelled', 'skipped'] as const;
export const RunState = z.enum(runStates);
export type RunState = z.infer<typeof RunState>;

/** A text for people, by its key in the message catalogues. */
export const JobMessage = z.object({
  key: z.string().min(1).max(200),
  args: z
    .array(z.union([z.string().max(jobTextMax), z.number()]))
    .max(10)
    .default([]),
});
export type JobMessage = z.infer<typeof JobMessage>;

/** One row of the ledger, as it is shown. Times are ISO 8601, of the database's clock. */
export const JobRun = z.object({
  id: z.string(),
  job: z.string(),
  kind: z.enum(['scheduled', 'manual', 'task']),
  dueAt: z.string(),
  state: RunState,
  attempt: z.number().int(),
  nodeId: z.string().nullable(),
  startedBy: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** Since it was begun first, until its end or now. */
  elapsedMillis: z.number(),
  percentage: z.number(),
  title: JobMessage.nullable(),
  message: JobMessage.nullable(),
  error: z.string().nullable(),
  cancelRequested: z.boolean(),
});
export type JobRun = z.infer<typeof JobRun>;

export const Job = z.object({
  ...JobDeclaration.shape,
  service: z.enum(serviceNames),
  enabled: z.boolean(),
  /** The schedule in the owner's code; `schedule` is the one in force. */
  declaredSchedule: JobSchedule.nullable(),
  nextRunAt: z.string().nullable(),
  lastRun: JobRun.nullable(),
  running: z.number().int(),
});
export type Job = z.infer<typeof Job>;

const RunId = z.string().max(100);

/** A copy of a service says what it can run; repeated while it lives. Schedules that are never due are `badRequest`. */
export const declareJobs = defineRequest('cluster-coordinator', 'jobs.declare', {
  request: z.object({ service: z.enum(serviceNames), jobs: z.array(JobDeclaration).max(500) }),
  reply: Done,
  safe: true,
});
/** All jobs with their next and last runs, in the order of their names. System administrators only, like all but tasks. */
export const listJobs = defineRequest('cluster-coordinator', 'jobs.list', {
  request: z.object({ actor: Actor, name: JobName.optional() }),
  reply: z.object({ jobs: z.array(Job) }),
  safe: true,
});
/** Disables, enables, or puts another schedule in force; `schedule` null brings back the declared one. */
export const changeJob = defineRequest('cluster-coordinator', 'jobs.change', {
  request: z.object({
    actor: Actor,
    name: JobName,
    enabled: z.boolean().optional(),
    schedule: JobSchedule.nullable().optional(),
  }),
  reply: Job,
});
/** One run beside the schedule, as soon as concurrency lets it; also of a disabled job. */
export const runJobNow = defineRequest('cluster-coordinator', 'jobs.runNow', {
  request: z.object({ actor: Actor, name: JobName }),
  reply: JobRun,
});
export const listRuns = defineRequest('cluster-coordinator', 'jobs.listRuns', {
  request: z.object({ actor: Actor, job: JobName.optional(), state: RunState.optional(), ...Window }),
  reply: z.object({ results: z.array(JobRun), hasMore: z.boolean() }),
  safe: true,
});
/** Ends a run that waits, or asks one under way to end. Unknown or another's: `notFound`. Finished: nothing happens. */
export const cancelRun = defineRequest('cluster-coordinator', 'jobs.cancelRun', {
  request: z.object({ actor: Actor, id: RunId }),
  reply: JobRun,
  safe: true,
});
/** Long tasks that the actor started, newest first; administrators see everybody's. */
export const listTasks = defineRequest('cluster-coordinator', 'tasks.list', {
  request: z.object({ actor: Actor, ...Window }),
  reply: z.object({ results: z.array(JobRun), hasMore: z.boolean() }),
  safe: true,
});
export const getTask = defineRequest('cluster-coordinator', 'tasks.get', {
  request: z.object({ actor: Actor, id: RunId }),
  reply: JobRun,
  safe: true,
});

/**
 * The leader gives a run to one copy of its owner, which answers at once and runs it then. `token` fences: whoever holds an older
 * one can't commit.
 */
export const runJobOf = (service: ServiceName) =>
  defineRequest(service, 'jobs.run', {
    request: z.object({
      id: z.string(),
      job: JobName,
      token: z.number().int(),
      attempt: z.number().int(),
      dueAt: z.string(),
      timeoutMillis: z.number().int(),
      input: z.unknown(),
    }),
    reply: z.object({ accepted: z.boolean(), nodeId: z.string(), reason: z.string().optional() }),
    deadlineMillis: 2_000,
  });
export type DispatchedRun = z.output<ReturnType<typeof runJobOf>['request']>;

/** Core NATS subject that tells the leader that the ledger has something new; nobody relies on it. */
export const ledgerChangedSubject = 'cluster.jobs.changed';
