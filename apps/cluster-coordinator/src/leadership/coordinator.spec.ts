import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { ClusterMember, decodeMessage } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { connectNats } from '@tributary/messaging';
import { startNats, until, type TestServer } from '@tributary/test-servers';
import { configOf, loggerOf } from '../jobs/jobs.fixture.js';
import { Coordinator } from './coordinator.js';

let nats: TestServer;
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

interface Candidate {
  readonly coordinator: Coordinator;
  readonly member: ClusterMember;
  /** Why its terms ended, in order: on a machine that is short of time a lease runs out as well. */
  readonly reasons: () => string[];
}

const leaseMillis = 1_000;
const gaveWay = 'the database does not answer here';

/** A coordinator whose database is what the test says. */
async function candidate(nodeId: string, databaseSilentMillis: () => number): Promise<Candidate> {
  const config = configOf('cluster-coordinator', {
    TRIBUTARY_NODE_ID: nodeId,
    TRIBUTARY_NATS_URL: nats.url,
    TRIBUTARY_LEASE_MILLIS: String(leaseMillis),
    TRIBUTARY_RENEW_MILLIS: '300',
  });
  const logger = loggerOf(config);
  const connection: NatsConnection = await connectNats(config, logger);
  const member = await ClusterMember.join({ connection, config, logger, address: '' });
  await member.registered();
  const hold = () => ({ epoch: 1, millis: 1_000 });
  const coordinator = new Coordinator({ connection, config, logger, hold, databaseSilentMillis });
  const logged = jest.spyOn(logger, 'info');
  const reasons = () =>
    (logged.mock.calls as unknown[][])
      .filter(([, text]) => text === 'not leading any more')
      .map(([details]) => (details as { reason: string }).reason);
  undo.push(
    () => connection.drain(),
    () => member.leave(),
    () => coordinator.stop(),
  );
  return { coordinator, member, reasons };
}

/** How long a coordinator leads under one token, in milliseconds, until it has led for so long or does not lead. */
async function led(coordinator: Coordinator, millis: number): Promise<number> {
  const token = coordinator.ledgerToken()?.token;
  const begunAt = performance.now();
  await until(
    'the end of a term',
    () => Promise.resolve(coordinator.ledgerToken()?.token !== token || performance.now() - begunAt >= millis),
    millis + 10_000,
  );
  return performance.now() - begunAt;
}

it('lets another one lead when the database does not answer it, and leads on when there is no other', async () => {
  const { coordinator: first, reasons } = await candidate('first', () => 60_000);
  // Its patience is one lease, and it leads for three.
  await until(
    'a long term',
    async () => first.isLeading() && (await led(first, 3 * leaseMillis)) >= 3 * leaseMillis,
    40_000,
  );
  expect(reasons()).not.toContain(gaveWay);
  const { coordinator: second } = await candidate('second', () => 0);
  await until('the second to lead', () => Promise.resolve(second.isLeading()));
  expect(first.isLeading()).toBe(false);
  // Back when the second one is gone, whatever its database does: somebody has to lead.
  await second.stop();
  await until('the first to lead again', () => Promise.resolve(first.isLeading()));
}, 60_000);

it('takes turns, less and less often, while the database answers nobody', async () => {
  const candidates = [await candidate('one', () => 60_000), await candidate('other', () => 60_000)];
  const lengths: number[] = [];
  await until(
    'four terms that ended so',
    async () => {
      const leads = candidates.find(({ coordinator }) => coordinator.isLeading());
      const before = leads?.reasons().length;
      const millis = leads && (await led(leads.coordinator, 30_000));
      if (millis && leads.reasons().slice(before).at(0) === gaveWay) lengths.push(millis);
      return lengths.length >= 4;
    },
    50_000,
  );
  expect(lengths.at(-1)).toBeGreaterThan(1.5 * (lengths[0] ?? Infinity));
}, 60_000);

it('publishes views that only move forward, with whom it counts, over joins, leaves and another leader', async () => {
  const { coordinator: first, member: leaving } = await candidate('first', () => 0);
  const config = configOf('watcher', { TRIBUTARY_NATS_URL: nats.url });
  const watcher = await connectNats(config, loggerOf(config));
  undo.push(() => watcher.drain());
  const views: cluster.View[] = [];
  watcher.subscribe(cluster.subjects.view, {
    callback: (error, message) => void (error ?? views.push(decodeMessage<cluster.View>(message))),
  });
  const counts = (...nodeIds: string[]) =>
    until(
      `a view of ${nodeIds.join(', ')}`,
      async () => {
        const { members } = views.findLast((view) => view.members) ?? {};
        return (
          nodeIds.join() ===
          members
            ?.map(({ nodeId }) => nodeId)
            .toSorted()
            .join()
        );
      },
      20_000,
    );
  await until('the first to lead', () => Promise.resolve(first.isLeading()));
  const { coordinator: second } = await candidate('second', () => 0);
  await counts('first', 'second');
  await first.stop();
  await until('the second to lead', () => Promise.resolve(second.isLeading()));
  await leaving.leave();
  await counts('second');
  const steps = views.map(({ token, epoch }) => ({ token, epoch }));
  expect(new Set(steps.map(({ token }) => token)).size).toBe(2);
  expect(steps).toEqual(steps.toSorted((a, b) => a.token - b.token || a.epoch - b.epoch));
}, 60_000);
