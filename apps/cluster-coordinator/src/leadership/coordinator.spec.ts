import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { ClusterMember, LeaseStore } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { connectNats } from '@tributary/messaging';
import { startNats, until, type TestServer } from '@tributary/test-servers';
import { configOf, loggerOf } from '../jobs/jobs.fixture.js';
import { Coordinator } from './coordinator.js';

let nats: TestServer;
let leases: LeaseStore;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  nats = await startNats();
}, 60_000);
afterEach(async () => {
  for (const each of undo.splice(0).toReversed()) await each();
});
afterAll(async () => {
  await nats.stop();
});

/** A coordinator whose database is what the test says. */
async function coordinatorOf(nodeId: string, databaseSilentMillis: () => number): Promise<Coordinator> {
  const config = configOf('cluster-coordinator', {
    TRIBUTARY_NODE_ID: nodeId,
    TRIBUTARY_NATS_URL: nats.url,
    TRIBUTARY_LEASE_MILLIS: '1000',
    TRIBUTARY_RENEW_MILLIS: '300',
  });
  const logger = loggerOf(config);
  const connection: NatsConnection = await connectNats(config, logger);
  const member = await ClusterMember.join({ connection, config, logger, address: '' });
  await member.registered();
  const hold = () => ({ epoch: 1, millis: 1_000 });
  const coordinator = new Coordinator({ connection, config, logger, hold, databaseSilentMillis });
  leases = new LeaseStore(connection, 1);
  undo.push(
    () => connection.drain(),
    () => member.leave(),
    () => coordinator.stop(),
  );
  return coordinator;
}

it('lets another one lead when the database does not answer it, and leads on when there is no other', async () => {
  let silentMillis = 0;
  const first = await coordinatorOf('first', () => silentMillis);
  await until('the first to lead', () => Promise.resolve(first.isLeading()));
  silentMillis = 60_000;
  const token = first.ledgerToken();
  // Its patience is one lease; it goes on renewing, six times a lease.
  const renewals = new Set<number>();
  await until('three leases of renewals', async () => {
    const lead = (await leases.entries()).find(({ key }) => key === cluster.leaderKey);
    if (lead) renewals.add(lead.revision);
    return renewals.size >= 18;
  });
  expect(first.ledgerToken()).toEqual(token);
  const second = await coordinatorOf('second', () => 0);
  await until('the second to lead', () => Promise.resolve(second.isLeading()));
  expect(first.isLeading()).toBe(false);
  // Back when the second one is gone, whatever its database does: somebody has to lead.
  await second.stop();
  await until('the first to lead again', () => Promise.resolve(first.isLeading()));
}, 60_000);

it('takes turns, less and less often, while the database answers nobody', async () => {
  const coordinators = [await coordinatorOf('one', () => 60_000), await coordinatorOf('other', () => 60_000)];
  const terms: { token: number; at: number }[] = [];
  await until(
    'five terms',
    () => {
      const token = coordinators.map((each) => each.ledgerToken()?.token).find((each) => each !== undefined);
      if (token !== undefined && token !== terms.at(-1)?.token) terms.push({ token, at: performance.now() });
      return Promise.resolve(terms.length >= 5);
    },
    40_000,
  );
  const lengths = terms.slice(1).map(({ at }, index) => at - (terms[index]?.at ?? at));
  expect(lengths.at(-1)).toBeGreaterThan(1.5 * (lengths[0] ?? Infinity));
}, 60_000);
