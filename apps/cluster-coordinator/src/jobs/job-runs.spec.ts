import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { jobs, ServiceError } from '@tributary/contracts';
import { connectNats, MessagingClient } from '@tributary/messaging';
import { newDatabase, startNats, until, type TestServer } from '@tributary/test-servers';
import pg from 'pg';
import { configOf, loggerOf, root, someone } from './jobs.fixture.js';

/**
 * Two coordinators and three copies of an owner, each a process, with a PostgreSQL and a NATS. What is promised: the effect of a run
 * happens once, whichever of them are killed or paused in the middle.
 */
const programs = {
  coordinator: fileURLToPath(new URL('../../dist/main.js', import.meta.url)),
  owner: fileURLToPath(new URL('fixtures/owner.mjs', import.meta.url)),
};
const patienceMillis = 60_000;

let nats: TestServer;
let database: { url: string; drop(): Promise<void> };
let pool: pg.Pool;
let connection: NatsConnection;
let messaging: MessagingClient;
const processes = new Map<string, ChildProcess>();

function start(program: keyof typeof programs, number: number): void {
  const nodeId = `${program}-${number}`;
  const child = spawn(process.execPath, [programs[program]], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      TRIBUTARY_NODE_ID: nodeId,
      TRIBUTARY_DATABASE_URL: database.url,
      TRIBUTARY_NATS_URL: nats.url,
      TRIBUTARY_LEASE_MILLIS: '1500',
      TRIBUTARY_RENEW_MILLIS: '400',
      TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS: '4000',
      TRIBUTARY_LOG_LEVEL: process.env['TRIBUTARY_LOG_LEVEL'] ?? 'silent',
    },
  });
  processes.set(nodeId, child);
}

const signal = (nodeId: string, name: NodeJS.Signals): void => void processes.get(nodeId)?.kill(name);
const rows = async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await pool.query<T>(sql, values)).rows;
const task = (id: string): Promise<jobs.JobRun> => messaging.request(jobs.getTask, { actor: someone, id });
const effects = async (id: string): Promise<number> =>
  (await rows(`select 1 from owner.effect where run_id = $1`, [id])).length;
const openGate = (id: string) => rows(`insert into owner.gate values ($1)`, [id]);

function isUnavailable(error: unknown): false {
  if (error instanceof ServiceError && error.code === 'unavailable') return false;
  throw error;
}

async function startTask(job: string, input: unknown = {}): Promise<string> {
  const [row] = await rows<{ id: string }>(
    `select cluster.start_task($1, $2, '{"key":"test.title","args":["x"]}', 'someone') as id`,
    [job, input],
  );
  return row?.id as string;
}
async function untilState(id: string, state: jobs.RunState): Promise<jobs.JobRun> {
  await until(`the run is ${state}`, async () => (await task(id)).state === state, patienceMillis);
  return task(id);
}
/** The copy that runs it, once it has shown itself. */
async function untilHeld(id: string, not?: string): Promise<string> {
  let holder: string | null = null;
  await until(
    'a copy holds the run',
    async () => {
      const run = await task(id);
      holder = run.state === 'running' && run.nodeId !== not ? run.nodeId : null;
      return holder !== null;
    },
    patienceMillis,
  );
  return holder as unknown as string;
}

beforeAll(async () => {
  // A NATS of its own: one that is shared has other tests' leaders.
  [nats, database] = await Promise.all([startNats(), newDatabase()]);
  pool = new pg.Pool({ connectionString: database.url, max: 3 });
  for (const number of [1, 2]) start('coordinator', number);
  for (const number of [1, 2, 3]) start('owner', number);
  const config = configOf('test', { TRIBUTARY_NATS_URL: nats.url });
  connection = await connectNats(config, loggerOf(config));
  messaging = new MessagingClient(connection);
  const isDeclared = async () =>
    (await rows(`select 1 from cluster.job where name = 'search.tick'`).catch(() => [])).length > 0;
  await until('the jobs are declared', isDeclared, patienceMillis);
}, 120_000);

afterAll(async () => {
  for (const child of processes.values()) child.kill('SIGKILL');
  await connection.close();
  await pool.end();
  await nats.stop();
  await database.drop();
}, 60_000);

describe('a run whose copy is killed', () => {
  it('is begun again by another copy, and has its effect once', async () => {
    const id = await startTask('search.gated');
    const holder = await untilHeld(id);
    signal(holder, 'SIGKILL');
    await untilHeld(id, holder);
    await openGate(id);
    expect(await untilState(id, 'succeeded')).toMatchObject({ attempt: 2, percentage: 100 });
    expect(await effects(id)).toBe(1);
    start('owner', Number(holder.at(-1)));
  }, 120_000);
});

describe('a run whose copy is paused', () => {
  it('can not be committed by the copy that wakes up, even if its code looks at no signal', async () => {
    const id = await startTask('search.gated');
    const holder = await untilHeld(id);
    signal(holder, 'SIGSTOP');
    const other = await untilHeld(id, holder);
    await openGate(id);
    await untilState(id, 'succeeded');
    signal(holder, 'SIGCONT');
    const outcomes = () =>
      rows<{ node: string; name: string }>(`select node, name from owner.outcome where run_id = $1`, [id]);
    await until('both copies are through', async () => (await outcomes()).length === 2, patienceMillis);
    const nameOf = new Map((await outcomes()).map(({ node, name }) => [node, name]));
    expect(nameOf.get(other)).toBe('done');
    // Its own clock tells it first; the ledger would have told it as well.
    expect(nameOf.get(holder)).not.toBe('done');
    expect(await effects(id)).toBe(1);
  }, 120_000);
});

describe('a run whose copy is stopped', () => {
  it('is given back at once, and that is no attempt', async () => {
    const id = await startTask('search.gated');
    const holder = await untilHeld(id);
    signal(holder, 'SIGTERM');
    await untilHeld(id, holder);
    await openGate(id);
    expect(await untilState(id, 'succeeded')).toMatchObject({ attempt: 1 });
    expect(await effects(id)).toBe(1);
    start('owner', Number(holder.at(-1)));
  }, 120_000);
});

describe('a run', () => {
  it('that failed is tried again, and keeps the steps but not the effect', async () => {
    const id = await startTask('search.flaky');
    expect(await untilState(id, 'succeeded')).toMatchObject({ attempt: 2, error: null });
    expect(await rows(`select node from owner.effect where run_id = $1 and node = 'rolled back'`, [id])).toEqual([]);
    expect(await rows(`select node from owner.outcome where run_id = $1`, [id])).toEqual([{ node: 'kept' }]);
  }, 60_000);

  it('that always fails is failed after its last attempt', async () => {
    const id = await startTask('search.flaky', { failsAlways: true });
    expect(await untilState(id, 'failed')).toMatchObject({ attempt: 3, error: 'It failed again' });
    expect(await effects(id)).toBe(0);
  }, 60_000);

  it('that takes too long is failed', async () => {
    const id = await startTask('search.endless');
    expect(await untilState(id, 'failed')).toMatchObject({ error: 'It took longer than 500 ms' });
  }, 60_000);

  it('tells how far it is, and ends without an effect when its starter cancels it', async () => {
    const id = await startTask('search.gated');
    await untilHeld(id);
    expect(await task(id)).toMatchObject({ percentage: 40, message: { key: 'test.waiting', args: [1] } });
    await messaging.request(jobs.cancelRun, { actor: someone, id });
    await untilState(id, 'cancelled');
    await openGate(id);
    await until(
      'the code of the run has ended',
      async () => (await rows(`select 1 from owner.outcome where run_id = $1`, [id])).length === 1,
    );
    expect(await effects(id)).toBe(0);
  }, 60_000);

  it("is nobody else's business", async () => {
    const id = await startTask('search.flaky');
    const stranger = { ...someone, userKey: 'stranger' };
    const listed = await messaging.request(jobs.listTasks, { actor: stranger });
    expect(listed.results).toEqual([]);
    await expect(messaging.request(jobs.getTask, { actor: stranger, id })).rejects.toMatchObject({ code: 'notFound' });
    await expect(messaging.request(jobs.cancelRun, { actor: stranger, id })).rejects.toMatchObject({
      code: 'notFound',
    });
    await expect(messaging.request(jobs.listJobs, { actor: someone })).rejects.toMatchObject({ code: 'forbidden' });
    const [tick] = (await messaging.request(jobs.listJobs, { actor: root, name: 'search.tick' })).jobs;
    const tickRun = { actor: someone, id: tick?.lastRun?.id ?? '' };
    await expect(messaging.request(jobs.cancelRun, tickRun)).rejects.toMatchObject({ code: 'notFound' });
    expect(
      (await messaging.request(jobs.listTasks, { actor: root, limit: 200 })).results.map((run) => run.id),
    ).toContain(id);
  }, 60_000);
});

describe('due times under faults', () => {
  it('have one effect each, while coordinators and owners are killed and paused', async () => {
    const coordinators = ['coordinator-1', 'coordinator-2'];
    for (const [index, victim] of [...coordinators, 'owner-1', 'owner-2', 'owner-3'].entries()) {
      signal(victim, 'SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, 1_000 + index * 500));
      signal(victim, 'SIGCONT');
      signal(coordinators[index % 2] as string, 'SIGKILL');
      start('coordinator', (index % 2) + 1);
    }
    // A coordinator that was killed just now may have taken the request along: that is an honest error.
    const disabled = () => messaging.request(jobs.changeJob, { actor: root, name: 'search.tick', enabled: false });
    await until('the job is disabled', () => disabled().then(() => true, isUnavailable), patienceMillis);
    const open = () => rows(`select 1 from cluster.job_run where job = 'search.tick' and state in ('due', 'running')`);
    await until('no run is open', async () => (await open()).length === 0, patienceMillis);
    const [gaps] = await rows(
      `select count(*)::int as count from (
         select due_at - lag(due_at) over (order by due_at) as gap from cluster.job_run where job = 'search.tick') g
       where gap <> interval '500 milliseconds'`,
    );
    expect(gaps).toEqual({ count: 0 });
    const wrong = await rows(
      `select r.state, count(e.run_id)::int as effects from cluster.job_run r left join owner.effect e on e.run_id = r.id
       where r.job = 'search.tick' group by r.id, r.state
       having count(e.run_id) <> case when r.state = 'succeeded' then 1 else 0 end or r.state not in ('succeeded', 'skipped')`,
    );
    expect(wrong).toEqual([]);
  }, 180_000);
});

describe('an administrator', () => {
  const named = async (name: string): Promise<jobs.Job> => {
    const [job] = (await messaging.request(jobs.listJobs, { actor: root, name })).jobs;
    return job as jobs.Job;
  };

  it('disables a job, runs it by hand all the same, changes its schedule and brings back the declared one', async () => {
    const name = 'search.tick';
    await messaging.request(jobs.changeJob, { actor: root, name, enabled: false });
    expect(await named(name)).toMatchObject({ enabled: false, nextRunAt: null, service: 'search' });
    const { id } = await messaging.request(jobs.runJobNow, { actor: root, name });
    await until('it ran', async () => (await effects(id)) === 1, patienceMillis);
    const schedule = { cron: '0 0 3 * * *', timeZone: 'Europe/Berlin' };
    const changed = await messaging.request(jobs.changeJob, { actor: root, name, enabled: true, schedule });
    expect(changed).toMatchObject({ schedule, declaredSchedule: { everyMillis: 500 }, enabled: true });
    expect(changed.nextRunAt).toMatch(/T0[12]:00:00.000Z$/);
    const back = await messaging.request(jobs.changeJob, { actor: root, name, schedule: null, enabled: false });
    expect(back.schedule).toEqual({ everyMillis: 500 });
    const manual = (await messaging.request(jobs.listRuns, { actor: root, job: name, limit: 200 })).results;
    expect(manual.find((run) => run.id === id)).toMatchObject({
      kind: 'manual',
      startedBy: 'root',
      state: 'succeeded',
    });
  }, 60_000);

  it('is told of a schedule that makes no sense', async () => {
    const change = (cron: string) =>
      messaging.request(jobs.changeJob, { actor: root, name: 'search.tick', schedule: { cron, timeZone: 'UTC' } });
    await expect(change('0 0 0 31 2 *')).rejects.toMatchObject({ code: 'badRequest' });
    await expect(change('soon')).rejects.toMatchObject({ code: 'badRequest' });
    await expect(
      messaging.request(jobs.changeJob, { actor: root, name: 'search.none', enabled: false }),
    ).rejects.toMatchObject({ code: 'notFound' });
  }, 60_000);
});
