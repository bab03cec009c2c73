import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newDatabase } from '@tributary/test-servers';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { configOf, optionsOf } from './database.fixture.js';
import { openDatabase } from './data-source.js';

let database: Awaited<ReturnType<typeof newDatabase>>;
beforeEach(async () => (database = await newDatabase()), 60_000);
afterEach(() => database.drop(), 60_000);

/** Ends the session that holds the lock of migrations, as a server that restarts does. */
class EndsTheLock1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
         and database = (select oid from pg_database where datname = current_database())`,
    );
  }
  async down(): Promise<void> {}
}

/** Counts the copies that migrate at the same time. */
class Counts1700000000001 implements MigrationInterface {
  static underWay = 0;
  static most = 0;
  async up(runner: QueryRunner): Promise<void> {
    Counts1700000000001.underWay += 1;
    Counts1700000000001.most = Math.max(Counts1700000000001.most, Counts1700000000001.underWay);
    await runner.query(`select pg_sleep(0.3)`);
    Counts1700000000001.underWay -= 1;
  }
  async down(): Promise<void> {}
}

describe('opening the database', () => {
  it('survives that the session with the lock of migrations breaks', async () => {
    const source = await openDatabase(configOf(database.url), optionsOf([EndsTheLock1700000000001]));
    expect(await source.query(`select name from migration`)).toEqual([{ name: EndsTheLock1700000000001.name }]);
    await source.destroy();
  });

  it('lets one copy migrate while the others wait', async () => {
    const options = optionsOf([Counts1700000000001]);
    const sources = await Promise.all([1, 2, 3].map(() => openDatabase(configOf(database.url), options)));
    expect(Counts1700000000001.most).toBe(1);
    for (const source of sources) await source.destroy();
  });
});
