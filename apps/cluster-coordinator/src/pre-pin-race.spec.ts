import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { ClusterMember, type NearCache } from '@tributary/cluster';
import { connectNats } from '@tributary/messaging';
import { createLogger, readServiceConfig, sleep, type ServiceConfig } from '@tributary/platform';
import { Coordinator } from './leadership/coordinator.js';

/**
 * The race that near caches lose everywhere: a load reads the old value, then a write pins, commits and unpins, then the load's
 * answer arrives. Here it is forced, with a real NATS, leader and members.
 */
let coordinator: Coordinator;
let reader: ClusterMember;
let writer: ClusterMember;
let cache: NearCache<string>;
const connections: NatsConnection[] = [];
let keys = 0;

const configOf = (nodeId: string): ServiceConfig =>
  readServiceConfig({
    TRIBUTARY_SERVICE: 'pages',
    TRIBUTARY_NODE_ID: nodeId,
    TRIBUTARY_NATS_URL: process.env['TRIBUTARY_TEST_NATS_URL'],
    TRIBUTARY_LEASE_MILLIS: '1000',
    TRIBUTARY_RENEW_MILLIS: '250',
    TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS: '2000',
    TRIBUTARY_LOG_LEVEL: 'silent',
  });

async function connected(nodeId: string) {
  const config = configOf(nodeId);
  const logger = createLogger(config);
  const connection = await connectNats(config, logger);
  connections.push(connection);
  return { config, logger, connection };
}

async function join(nodeId: string, caches: boolean): Promise<ClusterMember> {
  return ClusterMember.join({ ...(await connected(nodeId)), address: '', caches });
}

beforeAll(async () => {
  const { connection, config, logger } = await connected('race-coordinator');
  coordinator = new Coordinator({ connection, config, logger, hold: () => ({ epoch: 1, millis: 1e9 }) });
  [reader, writer] = await Promise.all([join('race-reader', true), join('race-writer', false)]);
  cache = reader.cache<string>({ name: 'values' });
  for (let waited = 0; !reader.isServing(); waited += 50) {
    if (waited > 15_000) throw new Error('The reader was not admitted');
    await sleep(50);
  }
}, 30_000);

afterAll(async () => {
  await Promise.all([reader.leave(), writer.leave()]);
  await coordinator.stop();
  await Promise.all(connections.map((connection) => connection.close()));
});

/** A database of one value, and a load that reads it at once and answers when it is told to; of a tag that the leader lists already, or not. */
async function forcedLoad(knownTags: boolean, isListed: boolean) {
  const tag = `content:${(keys += 1)}`;
  if (isListed) await ended(tag);
  const database = { value: 'old' };
  const { promise: told, resolve: arrive } = Promise.withResolvers<void>();
  const began = Promise.withResolvers<void>();
  const reading = cache.get(
    tag,
    async () => {
      const value = database.value;
      began.resolve();
      await told;
      return { value, dependsOn: [tag], sizeBytes: 3 };
    },
    knownTags ? [tag] : [],
  );
  const write = async (): Promise<{ release(): void }> => {
    const pin = await writer.pin([tag]);
    database.value = 'new';
    return pin;
  };
  const fresh = () => cache.get(tag, () => Promise.resolve({ value: database.value, dependsOn: [tag], sizeBytes: 3 }));
  return { tag, began: began.promise, reading, write, arrive, fresh };
}

describe.each([
  ['tags that were known before it', true, true],
  ['tags that it learned on arrival', false, true],
  ['tags that were known before it and are not listed', true, false],
  ['tags that it learned on arrival and that are not listed', false, false],
])('a load with %s', (_name, knownTags, isListed) => {
  it('that read before a write and arrived after it is not kept', async () => {
    const load = await forcedLoad(knownTags, isListed);
    await load.began;
    (await load.write()).release();
    await ended(load.tag);
    load.arrive();
    expect(await load.reading).toBe('old');
    await ended(load.tag);
    expect(cache.peek(load.tag)).toBeUndefined();
    expect(await load.fresh()).toBe('new');
  });

  it('that arrived while the write had not ended is not kept either, and nothing is while it has not', async () => {
    const load = await forcedLoad(knownTags, isListed);
    await load.began;
    const pin = await load.write();
    load.arrive();
    expect(await load.reading).toBe('old');
    expect(await load.fresh()).toBe('new');
    expect(cache.peek(load.tag)).toBeUndefined();
    pin.release();
    await ended(load.tag);
    await load.fresh();
    expect(cache.peek(load.tag)).toBe('new');
  });

  it('that began while a write was about to commit, and arrived after it had ended, is not kept', async () => {
    const before = await forcedLoad(knownTags, isListed);
    before.arrive();
    await before.reading;
    await ended(before.tag);
    expect(cache.peek(before.tag)).toBe('old');
    const pin = await writer.pin([before.tag]);
    expect(cache.peek(before.tag)).toBeUndefined();
    const { promise: told, resolve: arrive } = Promise.withResolvers<void>();
    const reading = cache.get(before.tag, async () => {
      await told;
      return { value: 'old', dependsOn: [before.tag], sizeBytes: 3 };
    });
    pin.release();
    await ended(before.tag);
    arrive();
    expect(await reading).toBe('old');
    await ended(before.tag);
    expect(cache.peek(before.tag)).toBeUndefined();
  });
});

it('answers without a write between are kept, so that the tests above can fail', async () => {
  const load = await forcedLoad(false, false);
  load.arrive();
  await load.reading;
  await ended(load.tag);
  expect(cache.peek(load.tag)).toBe('old');
});

/** Until the reader knows that no pin is open and the leader that it reads: other answers with the tag are kept then. */
async function ended(tag: string): Promise<void> {
  for (let waited = 0; ; waited += 20) {
    const key = `another answer ${(keys += 1)}`;
    await cache.get(key, () => Promise.resolve({ value: 'any', dependsOn: [tag], sizeBytes: 3 }));
    if (cache.peek(key) !== undefined) return;
    if (waited > 5_000) throw new Error('The pin does not end');
    await sleep(20);
  }
}
