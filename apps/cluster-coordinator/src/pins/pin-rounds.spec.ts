import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { decodeMessage, BucketSet } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { natsAddress } from '@tributary/messaging';
import { systemClock } from '@tributary/platform';
import { MemberTable } from '../membership/member-table.js';
import { PinLedger } from './pin-ledger.js';
import { PinRounds } from './pin-rounds.js';

/** A term of nobody else on the shared server, and members of this test's own. */
const own = { store: -17, token: 1 };
const told = new Map<string, cluster.Pinned[]>();
const nodeOf = (incarnation: number): string => `rounds-member-${incarnation}`;
const bucket = cluster.bucketOf('content:1');
let connection: NatsConnection;
let table: MemberTable;
let ledger: PinLedger;
let grantFrom: number;
let rounds: PinRounds;
let pins = 0;

beforeAll(async () => {
  connection = await connect(natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string));
  connection.subscribe(cluster.subjects.pinnedAt('>'), {
    callback: (_error, message) => {
      const pinned = decodeMessage<cluster.Pinned>(message);
      if (pinned.store === own.store) told.set(message.subject, [...(told.get(message.subject) ?? []), pinned]);
    },
  });
});
afterAll(() => connection.close());

const join = (incarnation: number, confirmsToWriters = true): void => {
  const registration = {
    service: 'gateway',
    nodeId: nodeOf(incarnation),
    address: '',
    version: '1',
    startedAt: '',
    pid: 1,
    caches: true,
    incarnation: 0,
    replaces: 0,
    admitted: true,
    confirmsToWriters,
  };
  table.seen(registration, incarnation, 0, true);
  const listing = { ...own, nodeId: nodeOf(incarnation), incarnation, change: 1, adds: [], drops: [] };
  rounds.takeListing({ ...listing, all: BucketSet.of([bucket]).toText() });
};

/** What a member is told of the pins of these requests, which come at once. */
async function toldOf(member: number, ...requests: Partial<cluster.PinRequest>[]): Promise<cluster.Pinned | undefined> {
  told.clear();
  for (const request of requests) {
    const pin = { id: `rounds.${(pins += 1)}`, tags: ['content:1'] };
    rounds.takePins({ nodeId: 'rounds-writer', pins: [pin], takesConfirmations: true, ...request });
  }
  await new Promise((resolve) => systemClock.soon(() => setImmediate(resolve)));
  await connection.flush();
  return told.get(cluster.subjects.pinnedAt(nodeOf(member)))?.[0];
}

beforeEach(() => {
  table = new MemberTable(1_000);
  ledger = new PinLedger(10_000);
  ledger.settle();
  grantFrom = -Infinity;
  rounds = new PinRounds({
    connection,
    clock: systemClock,
    nodeId: 'rounds-leader',
    own,
    table,
    ledger,
    isLeading: () => true,
    get grantFrom() {
      return grantFrom;
    },
    began: () => undefined,
  });
  for (const incarnation of [1, 2, 3, 4]) join(incarnation);
  // Of four who hold it two are asked one by one, and none by a broadcast.
  for (const incarnation of [3, 4])
    rounds.takeListing({ ...own, nodeId: nodeOf(incarnation), incarnation, change: 2, adds: [], drops: [bucket] });
});

describe('rounds of pins', () => {
  it('are confirmed to their writer by those who are named (R18)', async () => {
    const expected = { pins: [{ tags: ['content:1'] }], confirmTo: { nodeId: 'rounds-writer', incarnations: [1, 2] } };
    expect(await toldOf(1, {})).toMatchObject(expected);
    expect(await toldOf(2, {}, {})).toMatchObject({ confirmTo: expected.confirmTo });
    expect(ledger.isWaiting).toBe(false);
  });

  it('do not ask who holds the pin itself (R17)', async () => {
    expect(await toldOf(2, { confirms: 1 })).toMatchObject({ confirmTo: { incarnations: [2] } });
    expect(await toldOf(1, { confirms: 1 })).toBeUndefined();
  });

  it.each<[string, () => void, Partial<cluster.PinRequest>[]]>([
    ['the writer is of a version before', () => undefined, [{ takesConfirmations: false }]],
    ['they are of several writers', () => undefined, [{}, { nodeId: 'another-writer' }]],
    ['a member is of a version before', () => join(5, false), [{}]],
    ['the table may not be complete', () => (grantFrom = Infinity), [{}]],
    ['they are too many to be named', () => Array.from({ length: 31 }, (_, each) => join(10 + each)), [{}]],
  ])('are confirmed to the leader when %s', async (_when, arrange, requests) => {
    arrange();
    const pinned = await toldOf(1, ...requests);
    expect(pinned).toMatchObject({ leaderId: 'rounds-leader' });
    expect(pinned?.confirmTo).toBeUndefined();
    expect(ledger.isWaiting).toBe(true);
  });
});
