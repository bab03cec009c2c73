import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HolderJudge, OtherClusterError } from '@tributary/cluster';
import type { Reads, Writes } from '@tributary/database';
import { newDatabase } from '@tributary/test-servers';
import type { DataSource } from 'typeorm';
import { openLedgerTables, putJob } from '../jobs/jobs.fixture.js';
import { HolderRow, type Claim } from './holder-row.js';

const holdMillis = 6_000;
let database: { url: string; drop(): Promise<void> };
let source: DataSource;
let reads: Reads;
let writes: Writes;

beforeAll(async () => {
  database = await newDatabase();
  ({ source, reads, writes } = await openLedgerTables(database.url));
  await putJob(reads, 'search.index-consistency', null);
}, 60_000);
afterAll(async () => {
  await source.destroy();
  await database.drop();
}, 60_000);
beforeEach(async () => {
  await reads.query(`update cluster.holder set store = null, epoch = 0, beat = 0`);
  await reads.query(`update cluster.leader set store = 9000, token = 50`);
  await reads.query(`delete from cluster.job_run`);
});

/** A coordinator that leads in a store of leases. */
function leader(store: number) {
  const row = new HolderRow(source, new HolderJudge());
  const renew = (now: number, known?: Claim['known']) =>
    row.renew({ term: { store, token: 1 }, known, holdMillis, nodes: [`node of ${store}`] }, now);
  return { renew, release: () => row.release(store) };
}
const checks = async (): Promise<number> => (await reads.query(`select 1 from cluster.job_run`)).length;
const tokens = async () => (await reads.query(`select store::int, token::int from cluster.leader`))[0];

describe('the hold on a database', () => {
  it('is taken by who comes first, and renewed in the same epoch', async () => {
    const one = leader(1_000);
    expect(await one.renew(0)).toMatchObject({ how: 'taken', holder: { epoch: 1, beat: 1, store: 1_000 } });
    expect(await one.renew(1_000)).toMatchObject({ how: 'kept', holder: { epoch: 1, beat: 2 } });
    expect(await checks()).toBe(0);
  });

  it('is refused to another cluster as long as it is renewed, with the names of who has it', async () => {
    const [one, other] = [leader(1_000), leader(2_000)];
    await one.renew(0);
    expect(await other.renew(0)).toBeUndefined();
    await one.renew(1_000);
    await expect(other.renew(1_000)).rejects.toThrow(OtherClusterError);
    await one.renew(2_000);
    await expect(other.renew(2_000 + holdMillis)).rejects.toThrow('node of 1000');
    expect(await one.renew(3_000)).toMatchObject({ how: 'kept' });
  });

  it('goes to another store of leases after a hold of silence, whatever its servers take for the time', async () => {
    const [one, other] = [leader(9_000), leader(2_000)];
    await one.renew(0);
    expect(await other.renew(0)).toBeUndefined();
    expect(await other.renew(holdMillis - 1)).toBeUndefined();
    expect(await other.renew(holdMillis)).toMatchObject({ how: 'takenOver', holder: { epoch: 2, store: 2_000 } });
    // Tokens of the store that is gone were larger; the new one's leader must not be taken for one that was replaced.
    expect(await tokens()).toEqual({ store: 2_000, token: 0 });
    expect(await checks()).toBe(1);
    expect(await one.renew(holdMillis)).toBeUndefined();
  });

  it('is free at once when it was given up', async () => {
    const [one, other] = [leader(1_000), leader(2_000)];
    await one.renew(0);
    await one.release();
    expect(await other.renew(0)).toMatchObject({ how: 'taken', holder: { epoch: 2 } });
    await one.release();
    expect(await other.renew(0)).toMatchObject({ how: 'kept' });
  });

  it.each([
    ['beat', { clusterId: '', epoch: 1, beat: 40 }, { epoch: 2, beat: 41 }],
    ['epoch', { clusterId: '', epoch: 7, beat: 0 }, { epoch: 8, beat: 2 }],
  ])(
    'of a database whose %s is behind what NATS knows goes on in a new epoch, beyond both',
    async (_what, known, now) => {
      const one = leader(1_000);
      const clusterId = (await one.renew(0))?.holder.clusterId ?? '';
      expect(await one.renew(0, { ...known, clusterId })).toMatchObject({ how: 'restored', holder: now });
      expect(await checks()).toBe(1);
      expect(await one.renew(0, { clusterId, ...now })).toMatchObject({ how: 'kept' });
    },
  );

  it('is refused where NATS belongs to another cluster', async () => {
    await expect(leader(1_000).renew(0, { clusterId: 'other', epoch: 1, beat: 1 })).rejects.toThrow(OtherClusterError);
  });

  it('lets those write whose pins are granted in its store, and nobody else', async () => {
    const write = () => writes.run((work) => work.query(`select 1`));
    await leader(2_000).renew(0);
    await expect(write()).rejects.toThrow('The cluster does not hold its database');
    await reads.query(`update cluster.holder set store = 0`);
    await expect(write()).resolves.toHaveLength(1);
  });
});
