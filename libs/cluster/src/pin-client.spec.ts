import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { cluster } from '@tributary/contracts';
import { natsAddress } from '@tributary/messaging';
import { systemClock, type Clock } from '@tributary/platform';
import { decodeMessage, encodeMessage } from './messages.js';
import { PinClient, type OwnCaches } from './pin-client.js';

let connection: NatsConnection;
beforeAll(async () => {
  connection = await connect(natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string));
});
afterAll(() => connection.close());

/** The server is shared: a writer of this test's own. */
let nodeId: string;
let requests: cluster.PinRequest[];
let leader: Subscription;
let grants: boolean;
const timers: number[] = [];
/** The machine's clock, with what was asked of it. */
const clock: Clock = {
  ...systemClock,
  after(millis, act) {
    timers.push(millis);
    return systemClock.after(millis, act);
  },
};
const client = (deadlineMillis = 5_000, own?: OwnCaches) =>
  new PinClient(connection, nodeId, 'epoch', { deadlineMillis, pinMillis: 20_000 }, () => true, clock, own);

beforeEach(async () => {
  nodeId = `writer-${randomBytes(6).toString('hex')}`;
  requests = [];
  grants = true;
  timers.length = 0;
  leader = connection.subscribe(cluster.subjects.pin, {
    callback: (_error, message) => {
      const request = decodeMessage<cluster.PinRequest>(message);
      if (request.nodeId !== nodeId) return;
      requests.push(request);
      const ids = request.pins.map(({ id }) => id);
      if (grants) connection.publish(cluster.subjects.granted(nodeId), encodeMessage({ store: 0, token: 1, ids }));
    },
  });
  await connection.flush();
});
afterEach(() => leader.unsubscribe());

describe('pins of one process', () => {
  it('that are asked for at once travel in one message, with the ends of those before', async () => {
    const pins = client();
    const first = await pins.pin(['content:1']);
    first.release();
    await Promise.all(Array.from({ length: 20 }, (_, index) => pins.pin([`content:${index}`])));
    expect(requests.map((request) => request.pins.length)).toEqual([1, 20]);
    expect(requests[1]?.ends).toEqual([requests[0]?.pins[0]?.id]);
    pins.close();
  });

  it('that nobody grants are asked for again, soon at first and then less often, until somebody does', async () => {
    const pins = client();
    grants = false;
    const pin = pins.pin(['content:1']);
    while (requests.length < 5) await systemClock.idle(5, AbortSignal.timeout(5_000));
    grants = true;
    await pin;
    expect(timers.filter((millis) => millis < 5_000).slice(0, 5)).toEqual([50, 100, 200, 250, 250]);
    expect(new Set(requests.flatMap((request) => request.pins.map(({ id }) => id))).size).toBe(1);
    pins.close();
  });

  it('are granted by the confirmations of all whom the leader named, and by none of a former leader (R9, R18)', async () => {
    let newest = 0;
    const acknowledge = ({ token }: cluster.Term): boolean => token >= newest;
    const pins = new PinClient(
      connection,
      nodeId,
      'epoch',
      { deadlineMillis: 5_000, pinMillis: 20_000 },
      acknowledge,
      clock,
    );
    grants = false;
    let isGranted = false;
    const pin = pins.pin(['content:1']).then((granted) => {
      isGranted = true;
      return granted;
    });
    while (requests.length === 0) await systemClock.idle(5, AbortSignal.timeout(5_000));
    expect(requests[0]).toMatchObject({ takesConfirmations: true });
    const confirm = async (token: number, incarnation: number): Promise<boolean> => {
      const ids = requests.flatMap((request) => request.pins.map(({ id }) => id));
      const confirmation = { store: 0, token, round: 1, incarnation, of: 2, ids };
      connection.publish(cluster.subjects.confirmedToWriter(nodeId), encodeMessage(confirmation));
      // What comes after it on the same connection has come, so it has, and what it brings about in this turn.
      await connection.flush();
      await new Promise(setImmediate);
      return isGranted;
    };
    expect(await confirm(1, 7)).toBe(false);
    newest = 2;
    expect(await confirm(1, 8)).toBe(false);
    expect(await confirm(2, 7)).toBe(false);
    expect(await confirm(2, 8)).toBe(true);
    (await pin).release();
    pins.close();
  });

  it('are held by the caches of the process before the leader hears of them, which it is told, until they are over (R17)', async () => {
    const told: string[] = [];
    const pins = client(300, {
      membership: { store: 3, incarnation: 7 },
      holdOwn: ({ tags }) => told.push(`${requests.length} asked: held ${tags.join()}`),
      releaseOwn: () => told.push('released'),
    });
    const pin = await pins.pin(['content:1']);
    expect(told).toEqual(['0 asked: held content:1']);
    pin.release();
    expect(told).toEqual(['0 asked: held content:1', 'released']);
    grants = false;
    await expect(pins.pin(['content:2'])).rejects.toMatchObject({ code: 'unavailable' });
    expect(told.slice(2)).toEqual(['1 asked: held content:2', 'released']);
    expect(requests.map(({ confirms }) => confirms)).toContainEqual({ store: 3, incarnation: 7 });
    pins.close();
  });
});
