import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from './postgres.js';

jest.setTimeout(60_000);

let scratch: string;
beforeEach(async () => {
  // Nobody but us enters it: as root under /root.
  scratch = await mkdtemp(join(tmpdir(), 'tributary-postgres-'));
});
afterEach(async () => {
  const files = join(scratch, 'data', 'postgres');
  if (existsSync(files)) await rm(realpathSync(files), { recursive: true, force: true });
  await rm(scratch, { recursive: true, force: true });
});

describe('startPostgres', () => {
  it('runs in a folder that only we can enter, whoever we are, and finds its data again', async () => {
    const options = { dataDir: join(scratch, 'data'), logFile: join(scratch, 'postgres.log') };
    await mkdir(options.dataDir);
    expect(statSync(scratch).mode & 0o077).toBe(0);
    const first = await startPostgres(options);
    await query(first.url, 'create table kept as select 42 as answer');
    expect(await first.process.stop()).toEqual({ code: 0, signal: null });
    const second = await startPostgres({ ...options, port: first.port });
    try {
      expect(second.url).toBe(first.url);
      expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    } finally {
      await second.process.stop();
    }
  });

  it('refuses a wrong password', async () => {
    const { url, process } = await startPostgres({
      dataDir: join(scratch, 'data'),
      logFile: join(scratch, 'postgres.log'),
    });
    const wrong = new URL(url);
    wrong.password = 'wrong';
    try {
      await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    } finally {
      await process.stop();
    }
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
