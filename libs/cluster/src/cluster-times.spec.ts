import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { cluster } from '@tributary/contracts';
import { natsAddress } from '@tributary/messaging';
import { agreeOnTimes, OtherTimesError } from './cluster-times.js';
import { LeaseStore, type Leases } from './lease-store.js';

let connection: NatsConnection;
let leases: LeaseStore;

beforeAll(async () => {
  connection = await connect(natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string));
});
afterAll(() => connection.close());
beforeEach(() => {
  leases = new LeaseStore(connection, 1, `times-${randomBytes(6).toString('hex')}`);
});

const usual = { leaseMillis: 3_000, transactionTimeoutMillis: 10_000 };
const known = async () => (await leases.find(cluster.timesKey))?.value;

describe('the times of a cluster', () => {
  it('are those of its first process', async () => {
    await agreeOnTimes(leases, usual);
    await leases.put(cluster.memberKey('pages-1'), {}, 5_000);
    await agreeOnTimes(leases, usual);
    expect(await known()).toEqual(usual);
  });

  it.each([
    ['lease', { ...usual, leaseMillis: 10_000 }],
    ['longest transaction', { ...usual, transactionTimeoutMillis: 60_000 }],
  ])('let nobody in who has another %s', async (_what, other) => {
    await agreeOnTimes(leases, usual);
    await leases.put(cluster.memberKey('pages-1'), {}, 5_000);
    await expect(agreeOnTimes(leases, other)).rejects.toThrow(OtherTimesError);
    expect(await known()).toEqual(usual);
  });

  it('can be changed when all processes have stopped', async () => {
    await agreeOnTimes(leases, usual);
    const revision = await leases.put(cluster.memberKey('pages-1'), {}, 5_000);
    await leases.release(cluster.memberKey('pages-1'), revision);
    const other = { ...usual, leaseMillis: 10_000 };
    await agreeOnTimes(leases, other);
    expect(await known()).toEqual(other);
  });

  it('stay as they were when somebody registered under them while they were changed', async () => {
    await agreeOnTimes(leases, usual);
    const registeredMeanwhile: Leases = Object.assign(Object.create(leases) as LeaseStore, {
      async renew(key: string, value: unknown, revision: number) {
        await leases.put(cluster.memberKey('pages-1'), {}, 5_000);
        return await leases.renew(key, value, revision);
      },
    });
    const change = agreeOnTimes(registeredMeanwhile, { ...usual, leaseMillis: 10_000 });
    await expect(change).rejects.toThrow(OtherTimesError);
    expect(await known()).toEqual(usual);
  });
});
