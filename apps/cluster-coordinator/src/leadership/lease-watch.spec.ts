import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { LeaseStore } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { connectNats } from '@tributary/messaging';
import { systemClock } from '@tributary/platform';
import { startNats, until, type TestServer } from '@tributary/test-servers';
import { configOf, loggerOf } from '../jobs/jobs.fixture.js';
import { LeaseWatch } from './lease-watch.js';

const leaseMillis = 1_000;
let nats: TestServer;
let connection: NatsConnection;

beforeAll(async () => {
  nats = await startNats();
  const config = configOf('cluster-coordinator', { TRIBUTARY_NODE_ID: 'watcher', TRIBUTARY_NATS_URL: nats.url });
  connection = await connectNats(config, loggerOf(config));
}, 60_000);

afterAll(async () => {
  await connection.drain();
  await nats.stop();
}, 60_000);

it('begins anew when its place in the stream is gone, and not before', async () => {
  const store = new LeaseStore(connection, 1);
  const logger = loggerOf(configOf('cluster-coordinator', { TRIBUTARY_NODE_ID: 'watcher' }));
  let [begun, lost, seen] = [0, 0, 0];
  const watch = new LeaseWatch({
    store,
    clock: systemClock,
    logger,
    leaseMillis,
    began: () => (begun += 1),
    take: () => (seen += 1),
    lost: () => Promise.resolve(void (lost += 1)),
  });
  const stopping = new AbortController();
  const following = watch.follow(stopping.signal);
  const stopLooking = systemClock.every(100, () => watch.endIfDeaf());
  const stopRenewing = systemClock.every(100, () => void store.put(cluster.memberKey('member-1'), {}, 10_000));
  try {
    await until('the watch to show something', () => Promise.resolve(seen > 0));
    await sleep(2 * leaseMillis);
    expect({ begun, lost }).toEqual({ begun: 1, lost: 0 });
    // As the death of the nats-server that kept it does to a watch of a stream with several copies.
    const { consumers } = await jetstreamManager(connection);
    const stream = `KV_${cluster.leaseBucket}`;
    for await (const { name } of consumers.list(stream)) await consumers.delete(stream, name);
    await until('the watch to begin anew', () => Promise.resolve(begun === 2), 5 * leaseMillis);
    expect(lost).toBe(1);
    const before = seen;
    await until('it to show something again', () => Promise.resolve(seen > before + 2));
  } finally {
    stopping.abort();
    stopLooking();
    stopRenewing();
    watch.stop();
    await following;
  }
}, 60_000);
