import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Reads, Writes } from '@tributary/database';
import { newDatabase } from '@tributary/test-servers';
import type { DataSource } from 'typeorm';
import { openLedgerTables, putJob } from './jobs.fixture.js';
import { Ledger } from './ledger.js';

const times = { graceMillis: 10_000, silenceMillis: 2_000 };
const minute = { cron: '0 * * * * *', timeZone: 'UTC' };

const leader = (token: number, store = 1_000) => ({ store, token });

let database: { url: string; drop(): Promise<void> };
let source: DataSource;
let reads: Reads;
let writes: Writes;
let ledger: Ledger;

beforeEach(async () => {
  database = await newDatabase();
  ({ source, reads, writes } = await openLedgerTables(database.url));
  ledger = new Ledger(reads, writes, times);
}, 60_000);

afterEach(async () => {
  await source.destroy();
  await database.drop();
}, 60_000);

const states = async (job: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await reads.query<{ state: string; count: number }>(
        `select state, count(*)::int as count from cluster.job_run where job = $1 group by 1`,
        [job],
      )
    ).map((row) => [row.state, row.count]),
  );
const minutesAgo = async (minutes: number): Promise<Date> => {
  const [row] = await reads.query<{ at: Date }>(
    `select date_trunc('minute', now()) - make_interval(mins => $1) as at`,
    [minutes],
  );
  return row?.at as Date;
};

describe('due times', () => {
  it('have one row each, whoever leads and however often it looks', async () => {
    await putJob(reads, 'search.tick', { everyMillis: 100 }, { misfire: 'all', nextDueAt: await minutesAgo(1) });
    await Promise.all([ledger.advance(leader(1)), ledger.advance(leader(1)), ledger.advance(leader(1))]);
    // As if a backup of an hour ago had been restored over the job's row, or a leader had forgotten how far it was.
    await reads.query(`update cluster.job set next_due_at = next_due_at - interval '10 seconds'`);
    await ledger.advance(leader(1));
    const [row] = await reads.query<{ rows: number; times: number }>(
      `select count(*)::int as rows, count(distinct due_at)::int as times from cluster.job_run`,
    );
    expect(row?.rows).toBeGreaterThan(500);
    expect(row?.times).toBe(row?.rows);
  });

  it('that passed while nobody led follow the misfire rule', async () => {
    const nextDueAt = await minutesAgo(5);
    for (const misfire of ['skip', 'once', 'all'] as const) {
      await putJob(reads, `search.${misfire}`, minute, { misfire, nextDueAt });
    }
    // With a grace below zero even the minute that has just begun is missed.
    await new Ledger(reads, writes, { ...times, graceMillis: -60_000 }).advance(leader(1));
    const { skipped = 0 } = await states('search.skip');
    expect(skipped).toBeGreaterThanOrEqual(6);
    expect(await states('search.skip')).toEqual({ skipped });
    expect(await states('search.once')).toEqual({ skipped: skipped - 1, running: 1 });
    expect(await states('search.all')).toEqual({ due: skipped - 1, running: 1 });
    const [latest] = await reads.query<{ isLatest: boolean }>(
      `select due_at = (select max(due_at) from cluster.job_run) as "isLatest" from cluster.job_run where job = 'search.once' and state = 'running'`,
    );
    expect(latest?.isLatest).toBe(true);
  });

  it('of a long outage leave the last thousand rows, and the next one is in the future', async () => {
    await putJob(
      reads,
      'search.tick',
      { cron: '* * * * * *', timeZone: 'UTC' },
      { nextDueAt: new Date('2020-01-01T00:00:00Z') },
    );
    await ledger.advance(leader(1));
    const [row] = await reads.query<{ rows: number; seconds: number; isNext: boolean; isNow: boolean }>(
      `select count(*)::int as rows, extract(epoch from max(due_at) - min(due_at))::int as seconds,
         max(due_at) + interval '1 second' = (select next_due_at from cluster.job) as "isNext",
         max(due_at) > now() - interval '1 minute' as "isNow" from cluster.job_run`,
    );
    expect(row).toEqual({ rows: 1_000, seconds: 999, isNext: true, isNow: true });
  });

  it('are none for jobs that left the code', async () => {
    await putJob(reads, 'search.gone', minute, { nextDueAt: await minutesAgo(1) });
    await reads.query(`update cluster.job set declared_at = now() - interval '2 days'`);
    expect((await ledger.outlook()).isBusy).toBe(false);
    await ledger.advance(leader(1));
    expect(await states('search.gone')).toEqual({});
  });
});

describe('runs', () => {
  it('begin as concurrency lets them', async () => {
    await putJob(
      reads,
      'search.wide',
      { everyMillis: 1_000 },
      { misfire: 'all', concurrency: 3, nextDueAt: await minutesAgo(1) },
    );
    expect(await ledger.advance(leader(1))).toHaveLength(3);
    expect(await ledger.advance(leader(1))).toHaveLength(0);
    await reads.query(`update cluster.job_run set state = 'succeeded' where state = 'running'`);
    const next = await ledger.advance(leader(1));
    expect(next).toHaveLength(3);
    expect(next[0]).toMatchObject({ job: 'search.wide', service: 'search', token: 1, attempt: 1 });
  });

  it('go to another copy with a larger token when their copy is silent, and end as failed after the last attempt', async () => {
    await putJob(reads, 'search.once', null, { attemptsMax: 2 });
    await reads.query(`select cluster.start_task('search.once', '{}', null, 'someone')`);
    const [first] = await ledger.advance(leader(1));
    await reads.query(
      `update cluster.job_run set heartbeat_at = heartbeat_at - interval '3 seconds', node_id = 'search-1'`,
    );
    expect((await ledger.outlook()).isBusy).toBe(true);
    await ledger.advance(leader(1));
    expect(await states('search.once')).toEqual({ due: 1 });
    await reads.query(`update cluster.job_run set not_before = now()`);
    const [second] = await ledger.advance(leader(1));
    expect(second).toMatchObject({ id: first?.id, token: 2, attempt: 2 });
    await reads.query(`update cluster.job_run set heartbeat_at = heartbeat_at - interval '3 seconds'`);
    await ledger.advance(leader(1));
    expect(await states('search.once')).toEqual({ failed: 1 });
  });

  it('are not taken from a copy whose commit is under way', async () => {
    await putJob(reads, 'search.once', null);
    await reads.query(`select cluster.start_task('search.once', '{}', null, 'someone')`);
    const [run] = await ledger.advance(leader(1));
    await reads.query(`update cluster.job_run set heartbeat_at = heartbeat_at - interval '1 minute'`);
    await writes.run(async (work) => {
      await work.query(`select cluster.finish_run($1, $2, 'search-1', null)`, [run?.id, run?.token]);
      await ledger.advance(leader(1));
      const [beat] = await reads.query(`select * from cluster.heartbeat('search-1', $1, $2, array[0]::real[], $3)`, [
        [run?.id],
        [run?.token],
        [null],
      ]);
      expect(beat).toMatchObject({ run_id: run?.id, cancel: false });
    });
    expect(await states('search.once')).toEqual({ succeeded: 1 });
  });

  it('wait again when no copy took them, which is no attempt', async () => {
    await putJob(reads, 'search.once', null);
    await reads.query(`select cluster.start_task('search.once', '{}', null, 'someone')`);
    const started = await ledger.advance(leader(1));
    await ledger.putBack(leader(1), started, 0);
    const [again] = await ledger.advance(leader(1));
    expect(again).toMatchObject({ id: started[0]?.id, token: 2, attempt: 1 });
  });
});

describe('a copy whose run was given away', () => {
  /** One copy holds the run under token 1, then it is given to another one under token 2; both commit what they did. */
  async function commitTwice(): Promise<PromiseSettledResult<void>[]> {
    await reads.query(`create table public.effect (token bigint not null)`);
    await putJob(reads, 'search.once', null);
    await reads.query(`select cluster.start_task('search.once', '{}', null, 'someone')`);
    const held = await ledger.advance(leader(1));
    await ledger.putBack(leader(1), held, 0);
    held.push(...(await ledger.advance(leader(1))));
    return Promise.allSettled(
      held.toReversed().map(({ id, token }) =>
        writes.run(async (work) => {
          await work.query(`insert into public.effect values ($1)`, [token]);
          await work.query(`select cluster.finish_run($1, $2, 'search-1', null)`, [id, token]);
        }),
      ),
    );
  }
  const effects = () => reads.query(`select token::int as token from public.effect order by 1`);

  it('commits nothing', async () => {
    const outcomes = await commitTwice();
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await effects()).toEqual([{ token: 2 }]);
    const [run] = await reads.query<{ id: string }>(`select id from cluster.job_run`);
    await expect(reads.query(`select cluster.hold_run($1, 1, 'search-1', 0, null)`, [run?.id])).rejects.toThrow(
      'given to another copy',
    );
  });

  it('would commit it twice without the fence: this test can fail', async () => {
    await reads.query(`drop function cluster.finish_run`);
    await reads.query(
      `create function cluster.finish_run(run_id uuid, run_token bigint, node text, told jsonb) returns void language sql as $$
         update cluster.job_run set state = 'succeeded' where id = run_id $$`,
    );
    await commitTwice();
    expect(await effects()).toEqual([{ token: 1 }, { token: 2 }]);
  });
});

describe('a coordinator that was replaced', () => {
  it('writes nothing more', async () => {
    await putJob(reads, 'search.tick', minute, { nextDueAt: await minutesAgo(0) });
    await ledger.advance(leader(7));
    await reads.query(`update cluster.job set next_due_at = now() - interval '1 hour'`);
    const before = await states('search.tick');
    await expect(ledger.advance(leader(6))).rejects.toThrow('a newer coordinator leads');
    const [run] = await reads.query<{ id: string; token: number }>(
      `select id, token::int as token from cluster.job_run where state = 'running'`,
    );
    await expect(ledger.putBack(leader(6), run ? [run] : [], 0)).rejects.toThrow('a newer coordinator leads');
    expect(await states('search.tick')).toEqual(before);
  });

  it('and its successor never write at the same time', async () => {
    await ledger.advance(leader(1));
    let isOldDone = false;
    const newer = await writes.run(async (work) => {
      await work.query(`select cluster.leader_fence(1000, 1)`);
      const waits = ledger.advance(leader(2)).then(() => expect(isOldDone).toBe(true));
      await new Promise((resolve) => setTimeout(resolve, 200));
      isOldDone = true;
      return { waits };
    });
    await newer.waits;
    await expect(ledger.advance(leader(1))).rejects.toThrow('a newer coordinator leads');
  });

  it('is known by the store of leases too: when that was lost, tokens begin again', async () => {
    await ledger.advance(leader(5_000_000));
    await ledger.advance(leader(3, 2_000));
    await expect(ledger.advance(leader(5_000_001))).rejects.toThrow('a newer coordinator leads');
    await ledger.advance(leader(3, 2_000));
  });
});
