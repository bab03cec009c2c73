import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';
import { NamedLocks } from './named-locks.js';

let connection: NatsConnection;
const locksOf = (nodeId: string) => new NamedLocks(connection, { nodeId, natsReplicas: 1 });

beforeAll(async () => {
  connection = await connect(natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string));
});
afterAll(() => connection.close());

/** Names of this run: the server is shared. */
const run = randomBytes(6).toString('hex');
const heldOfRun = async () => (await locksOf('any').held()).filter(({ name }) => name.startsWith(run));

describe('a named lock', () => {
  it('is given to one at a time, with a token that grows', async () => {
    const one = await locksOf('one').tryAcquire(`${run}-import`);
    expect(await locksOf('other').tryAcquire(`${run}-import`)).toBeUndefined();
    expect(await heldOfRun()).toEqual([
      { name: `${run}-import`, nodeId: 'one', token: one?.token, since: expect.any(String) },
    ]);
    const waiting = locksOf('other').acquire(`${run}-import`, AbortSignal.timeout(10_000));
    await one?.release();
    const other = await waiting;
    expect(other.token).toBeGreaterThan(one?.token ?? Infinity);
    expect([one?.signal.aborted, other.signal.aborted]).toEqual([true, false]);
    await other.release();
    expect(await heldOfRun()).toEqual([]);
  });

  it('is lost when somebody else has it', async () => {
    const lock = await locksOf('one').tryAcquire(`${run}-rebuild`);
    const bucket = await new Kvm(jetstream(connection)).open('tributary-locks');
    await bucket.put(`${run}-rebuild`, JSON.stringify({ nodeId: 'thief', token: 0, since: '' }));
    if (!lock?.signal.aborted) await once(lock?.signal as AbortSignal, 'abort');
    await lock?.release();
    expect((await heldOfRun()).map(({ nodeId }) => nodeId)).toEqual(['thief']);
  });

  it('is there again after the servers have lost all locks', async () => {
    const locks = locksOf('one');
    const lost = await locks.tryAcquire(`${run}-lost`);
    await (await jetstreamManager(connection)).streams.delete('KV_tributary-locks');
    const again = await locks.tryAcquire(`${run}-lost`);
    expect(again?.token).toBeGreaterThan(0);
    await again?.release();
    await lost?.release().catch(() => undefined);
    await (await jetstreamManager(connection)).streams.delete('KV_tributary-locks');
    expect(await locks.held()).toEqual([]);
  });

  it('is waited for no longer than asked, and has a name', async () => {
    const lock = await locksOf('one').tryAcquire(`${run}-migration`);
    await expect(locksOf('other').acquire(`${run}-migration`, AbortSignal.timeout(200))).rejects.toThrow();
    await expect(locksOf('one').tryAcquire('a.b')).rejects.toThrow('No name for a lock');
    await lock?.release();
  });
});
