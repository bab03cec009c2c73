import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import pg from 'pg';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../tributary', import.meta.url));
const job = 'pages.trash-retention';

let cluster: RunningCluster;

beforeAll(async () => {
  cluster = await RunningCluster.start();
}, 120_000);
afterAll(() => cluster.stop(), 60_000);

/** What the command prints, as people see it. */
async function tributary(...args: string[]): Promise<string> {
  return (await run(program, [...args, '--data', cluster.dataDir])).stdout.trim();
}
/** What it prints with --json. */
const answerOf = async <T>(...args: string[]): Promise<T> => JSON.parse(await tributary(...args, '--json')) as T;

interface Audited {
  action: string;
  target: string;
  username: string;
  outcome: string;
}
const audited = async (): Promise<string[]> => {
  const { results } = await answerOf<{ results: Audited[] }>('audit');
  return results.map(({ action, target, username, outcome }) => `${username} ${action} ${target}: ${outcome}`);
};

describe('the command through the REST API', () => {
  it('lists jobs, and leaves a record of each thing that is done to them', async () => {
    expect(await tributary('jobs', 'list')).toMatch(/^JOB +STATE +NEXT RUN[\s\S]*pages\.trash-retention +enabled/);
    expect(await tributary('jobs', 'disable', job)).toBe(`${job} is disabled`);
    const started = await answerOf<{ id: string }>('jobs', 'run', job);
    await until('the run to end', async () => {
      const { runs } = await answerOf<{ runs: { id: string; state: string }[] }>('jobs', 'show', job);
      return runs.find(({ id }) => id === started.id)?.state === 'succeeded';
    });
    expect(await tributary('jobs', 'runs', job)).toContain(started.id);
    expect(await tributary('jobs', 'enable', job)).toMatch(/is enabled, next run \d{4}-/);
    await tributary('jobs', 'schedule', job, '0 0 3 * * *', '--time-zone', 'Europe/Berlin');
    expect(await answerOf('jobs', 'show', job)).toMatchObject({
      schedule: { cron: '0 0 3 * * *', timeZone: 'Europe/Berlin' },
    });
    expect(await tributary('jobs', 'schedule', job, '--every', '90')).toMatch(/is enabled, next run/);
    expect(await answerOf('jobs', 'show', job)).toMatchObject({ schedule: { everyMillis: 90_000 } });
    await tributary('jobs', 'schedule', job);
    // One that has ended is left as it is: nothing is done, so nothing is written down.
    expect(await tributary('jobs', 'cancel', started.id)).toBe(`${started.id} is succeeded`);
    expect(await tributary('audit', '--limit', '2', '--start', '1')).toMatch(
      /job\.schedule[\s\S]*There are more: --start 3$/,
    );
    expect(await audited()).toEqual([
      `admin job.schedule ${job} as declared: done`,
      expect.stringMatching(/^admin job\.schedule .*: done$/),
      `admin job.schedule ${job} 0 0 3 * * * Europe/Berlin: done`,
      `admin job.enable ${job}: done`,
      `admin job.run ${job}: done`,
      `admin job.disable ${job}: done`,
    ]);
  });

  it('flushes caches, shows members, locks and the upgrade, and turns read-only mode on and off', async () => {
    expect(await tributary('caches', 'list')).toMatch(/^CACHE +ENTRIES/);
    expect(await tributary('caches', 'flush', '--node', 'gateway-1')).toMatch(/^gateway-1 \S+: \d+ entries/);
    expect(await tributary('members')).toMatch(
      /cluster-coordinator-1 +running \(leads\) +\S+ +\d+[smh] +held +\d+% +\d+M +\d+ms/,
    );
    expect(await tributary('locks')).toMatch(/^LOCK/);
    expect(await tributary('upgrade')).toMatch(/^STABLE\n\d/);
    expect(await tributary('readonly', 'on', '--banner', 'Back at noon')).toBe('read-only, banner: Back at noon');
    const space = { key: 'RO', name: 'Read-only' };
    expect((await cluster.call(cluster.url, 'POST', '/rest/api/space', space)).status).toBe(405);
    expect(await tributary('readonly', 'off', '--banner', '')).toBe('read and write');
    expect((await cluster.call(cluster.url, 'POST', '/rest/api/space', space)).status).toBe(200);
  });

  it('audits the end of a long task by who ended it, and forgets old records', async () => {
    const database = new pg.Client({ connectionString: (await cluster.servers()).databaseUrl });
    await database.connect();
    try {
      const { rows } = await database.query<{ id: string }>(
        `insert into cluster.job_run (job, kind, due_at, not_before, started_by)
         select 'pages.delete-space', 'task', now(), now() + interval '1 hour', 'someone' returning id`,
      );
      const id = rows[0]?.id ?? '';
      expect((await cluster.call(cluster.url, 'DELETE', `/rest/api/longtask/${id}`)).status).toBe(200);
      expect((await cluster.call(cluster.url, 'DELETE', `/rest/api/longtask/${id}`)).status).toBe(200);
      const cancelled = (await audited()).filter((record) => record.includes('run.cancel'));
      expect(cancelled).toEqual([`admin run.cancel pages.delete-space ${id}: done`]);
      await database.query(
        `insert into cluster.audit (username, action, outcome, at)
         select 'ages ago', 'job.run', 'done', now() - age from (values (interval '366 days'), (interval '364 days')) v(age)`,
      );
      await tributary('jobs', 'run', 'cluster-coordinator.old-audit-records');
      const old = () => database.query(`select from cluster.audit where username = 'ages ago'`);
      await until('the older one to be gone', async () => (await old()).rowCount === 1);
    } finally {
      await database.end();
    }
  });

  it('says in one sentence what it could not do', async () => {
    await expect(tributary('jobs', 'run', 'pages.unknown')).rejects.toMatchObject({
      code: 1,
      stderr: 'The cluster answered 404: No job found with name : pages.unknown\n',
    });
    await expect(tributary('locks', '--url', 'http://127.0.0.1:1')).rejects.toMatchObject({
      stderr: expect.stringMatching(/^The gateway at http:\/\/127\.0\.0\.1:1 can't be asked: .*\n$/),
    });
  });
});
