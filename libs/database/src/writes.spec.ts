import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newDatabase, until } from '@tributary/test-servers';
import type { DataSource } from 'typeorm';
import { configOf, hold, optionsOf, ownStore, writesOf } from './database.fixture.js';
import { openDatabase } from './data-source.js';
import type { Work } from './writes.js';

let database: Awaited<ReturnType<typeof newDatabase>>;
let source: DataSource;

beforeAll(async () => {
  database = await newDatabase();
  await hold(database.url);
  source = await openDatabase(configOf(database.url), optionsOf());
}, 60_000);

afterAll(async () => {
  await source.destroy();
  await database.drop();
}, 60_000);

beforeEach(() => source.query(`delete from effect`));

const put = (work: Work, number: number) => work.query(`insert into effect values ($1)`, [number]);
/** `idle` when its transaction is over. */
async function stateOf(pid: number | undefined): Promise<string | undefined> {
  const [backend] = await source.query<{ state: string }[]>(`select state from pg_stat_activity where pid = $1`, [pid]);
  return backend?.state;
}
const effects = () => source.query<{ number: number }[]>(`select number from effect order by 1`);

describe('a write', () => {
  it('commits all of its statements, and tells nothing of a pin that nothing needs', async () => {
    const outcome = await writesOf(source).run(async (work) => {
      await Promise.all([put(work, 1), put(work, 2)]);
      await put(work, 3);
      return 'done';
    });
    expect(outcome).toBe('done');
    expect(await effects()).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  });

  it('that is refused has no effect, however many statements follow the refusal', async () => {
    const refused = writesOf(source, { store: ownStore + 1 }).run(async (work) => {
      for (let number = 0; number < 20; number += 1) await put(work, number);
    });
    await expect(refused).rejects.toThrow('The cluster does not hold its database');
    expect(await effects()).toEqual([]);
  });

  it('that is refused has ended when its caller learns of it', async () => {
    let isUnderWay = true;
    const refused = writesOf(source, { store: ownStore + 1 }).run(async (work) => {
      const [[backend]] = await Promise.all([
        work.query<{ pid: number }>(`select pg_backend_pid() as pid`),
        put(work, 1),
      ]);
      await until('the refusal', async () => (await stateOf(backend?.pid)) === 'idle');
      await stateOf(backend?.pid);
      isUnderWay = false;
    });
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' });
    expect(isUnderWay).toBe(false);
  });

  it('whose failure was overlooked is not answered as done', async () => {
    const overlooked = writesOf(source).run(async (work) => {
      await put(work, 1);
      await work.query(`select 1 / 0`).catch(() => undefined);
    });
    await expect(overlooked).rejects.toThrow('rolled the transaction back');
    expect(await effects()).toEqual([]);
  });

  it.each([
    ['committed', ownStore],
    ['was refused', ownStore + 1],
  ])('takes no statement after it %s', async (_how, store) => {
    let kept: Work | undefined;
    await writesOf(source, { store })
      .run(async (work) => {
        kept = work;
        await put(work, 1);
      })
      .catch(() => undefined);
    const before = await effects();
    await expect(put(kept as Work, 2)).rejects.toThrow('The transaction is over');
    expect(await effects()).toEqual(before);
  });
});
