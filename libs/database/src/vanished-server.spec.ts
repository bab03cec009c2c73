import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDatabase, SilentWire, until } from '@tributary/test-servers';
import type { DataSource } from 'typeorm';
import { configOf, hold, optionsOf, writesOf } from './database.fixture.js';
import { openDatabase } from './data-source.js';
import { Reads } from './reads.js';

let database: Awaited<ReturnType<typeof newDatabase>>;
let wire: SilentWire;
let source: DataSource;

beforeAll(async () => {
  database = await newDatabase();
  await hold(database.url);
}, 60_000);
afterAll(() => database.drop(), 60_000);

beforeEach(async () => {
  wire = await SilentWire.open(database.url);
  source = await openDatabase(configOf(wire.url), optionsOf());
});
afterEach(async () => {
  wire.speak();
  await source.destroy();
  await wire.close();
});

const answers = async (): Promise<boolean> => {
  wire.speak();
  return new Reads(source).query(`select 1 as one`).then(
    ([row]) => row !== undefined,
    () => false,
  );
};

const backend = async (): Promise<number | undefined> =>
  (await new Reads(source).query<{ pid: number }>(`select pg_backend_pid() as pid`))[0]?.pid;

describe('when the host of the database vanishes after it took a statement', () => {
  it('a read is answered that the database is away, and its place in the pool is free again', async () => {
    const reads = new Reads(source);
    await reads.query(`select 1`);
    wire.fallSilent();
    // As many as the pool has places for.
    const asked = [reads.query(`select 1`), reads.query(`select 1`)];
    for (const each of asked) await expect(each).rejects.toMatchObject({ code: 'unavailable' });
    await until('the database answers', answers);
  }, 30_000);

  it('a write says that its outcome is not known, keeps its pin until that is over, and its connection serves nobody else', async () => {
    let isReleased = false;
    const pin = async () => {
      wire.fallSilent();
      return { release: () => (isReleased = true) };
    };
    let own: number | undefined;
    const written = writesOf(source, { pin }).run(async (work) => {
      [own] = (await work.query<{ pid: number }>(`select pg_backend_pid() as pid`)).map(({ pid }) => pid);
      work.changes('content:1');
    });
    await expect(written).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('did not say whether'),
    });
    expect(isReleased).toBe(false);
    await until('the database answers', answers);
    expect(await Promise.all([backend(), backend()])).not.toContain(own);
    await until('the pin is released', async () => isReleased);
    const atWork = await new Reads(source).query(
      `select 1 as one from pg_stat_activity where pid = $1 and state <> 'idle'`,
      [own],
    );
    expect(atWork).toEqual([]);
  }, 30_000);

  it('work of the relay and of migrations ends as well', async () => {
    const work = source.transaction(async (transaction) => {
      await transaction.query(`select 1`);
      wire.fallSilent();
      await transaction.query(`select 1`);
    });
    await expect(work).rejects.toThrow();
    await until('the database answers', answers);
  }, 30_000);

  it('opening it ends', async () => {
    wire.fallSilent();
    await expect(openDatabase(configOf(wire.url), optionsOf())).rejects.toThrow();
  }, 30_000);
});
