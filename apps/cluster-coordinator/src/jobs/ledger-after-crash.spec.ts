import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Reads } from '@tributary/database';
import { startPostgres, until, type TestServer } from '@tributary/test-servers';
import type { DataSource } from 'typeorm';
import { openLedgerTables, putJob } from './jobs.fixture.js';
import { Ledger, type StartedRun } from './ledger.js';

const leader = { store: 1_000, token: 1 };

let postgres: TestServer;
let source: DataSource;
let reads: Reads;
let ledger: Ledger;

beforeAll(async () => {
  postgres = await startPostgres();
  const tables = await openLedgerTables(postgres.url);
  ({ source, reads } = tables);
  ledger = new Ledger(reads, tables.writes, { graceMillis: 10_000, silenceMillis: 2_000 });
  // What isn't waited for stays in memory for long, so that a crash surely loses it.
  await reads.query(`alter system set wal_writer_delay = '10s'`);
  await reads.query(`select pg_reload_conf()`);
}, 60_000);

afterAll(async () => {
  await source.destroy();
  await postgres.stop();
}, 60_000);

/** A killed session makes PostgreSQL throw its memory away and start from its log. */
async function crash(): Promise<void> {
  const [session] = await reads.query<{ pid: number }>(`select pg_backend_pid() as pid`);
  process.kill(session?.pid as number, 'SIGKILL');
  await until('PostgreSQL has recovered', () =>
    reads.query(`select 1`).then(
      () => true,
      () => false,
    ),
  );
}

/** Begins the run as if its copy had been silent for long. */
async function beginAgain(): Promise<StartedRun | undefined> {
  await reads.query(`update cluster.job_run set heartbeat_at = heartbeat_at - interval '1 minute'`);
  const [begun] = await ledger.advance(leader);
  await reads.query(`update cluster.job_run set not_before = now()`);
  return begun ?? (await ledger.advance(leader))[0];
}

it('a token that was given out is not given out again after a crash of PostgreSQL', async () => {
  await putJob(reads, 'search.once', null);
  await reads.query(`select cluster.start_task('search.once', '{}', null, 'someone')`);
  const [first] = await ledger.advance(leader);
  await crash();
  const second = await beginAgain();
  expect(second?.id).toBe(first?.id);
  expect(second?.token).toBeGreaterThan(first?.token as number);
}, 60_000);
