import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { decodeMessage, BucketSet } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { natsAddress } from '@tributary/messaging';
import { systemClock } from '@tributary/platform';
import { MemberTable } from '../membership/member-table.js';
import { PinLedger } from './pin-ledger.js';
import { PinRounds } from './pin-rounds.js';

/** A term of nobody else on the shared server, and processes of this test's own. */
const own = { store: -17, token: 1 };
const nodeOf = (incarnation: number): string => `rounds-member-${incarnation}`;
const bucket = cluster.bucketOf('content:1');
let connection: NatsConnection;
let table: MemberTable;
let ledger: PinLedger;
let now: number;
let grantFrom: number;
let rounds: PinRounds;
let pins = 0;
/** What was told, by subject. */
const told = new Map<string, cluster.Pinned[]>();
let granted: string[] = [];

beforeAll(async () => {
  connection = await connect(natsAddress(process.env['TRIBUTARY_TEST_NATS_URL'] as string));
  const hear = <T extends cluster.Term>(subject: string, take: (message: T, subject: string) => void) =>
    connection.subscribe(subject, {
      callback: (_error, message) => {
        const said = decodeMessage<T>(message);
        if (said.store === own.store) take(said, message.subject);
      },
    });
  const take = (message: cluster.Pinned, subject: string) => told.set(subject, [...(told.get(subject) ?? []), message]);
  hear(cluster.subjects.pinnedAt('>'), take);
  hear(cluster.subjects.pinned, take);
  hear<cluster.Granted>(cluster.subjects.granted('rounds-writer'), ({ ids }) => granted.push(...ids));
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

const newPin = (tag = 'content:1'): cluster.PinnedTags => ({ id: `rounds.${(pins += 1)}`, tags: [tag] });

/** Asks for pins, all at once. */
async function ask(...requests: Partial<cluster.PinRequest>[]): Promise<void> {
  for (const request of requests)
    rounds.takePins({ nodeId: 'rounds-writer', pins: [newPin()], takesConfirmations: true, ...request });
  await heard();
}

/** Until what the leader has said is heard. */
async function heard(): Promise<void> {
  await new Promise((resolve) => systemClock.soon(() => setImmediate(resolve)));
  await connection.flush();
}

const toldTo = (incarnation: number): cluster.Pinned[] =>
  told.get(cluster.subjects.pinnedAt(nodeOf(incarnation))) ?? [];
const idsOf = (pinned: readonly cluster.Pinned[]): string[][] => pinned.map((each) => each.pins.map(({ id }) => id));
const confirm = (incarnation: number, { round, store, token }: cluster.Pinned): void =>
  rounds.takeConfirmation({ store, token, round, incarnation, nodeId: nodeOf(incarnation) });

beforeEach(() => {
  table = new MemberTable(1_000);
  ledger = new PinLedger(10_000);
  ledger.settle();
  grantFrom = -Infinity;
  now = 0;
  granted = [];
  told.clear();
  rounds = new PinRounds({
    connection,
    clock: { ...systemClock, now: () => now },
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
    await ask({}, {});
    for (const incarnation of [1, 2])
      expect(toldTo(incarnation)).toMatchObject([{ confirmTo: { nodeId: 'rounds-writer', incarnations: [1, 2] } }]);
    expect(ledger.isWaiting).toBe(false);
  });

  it('are told to all at once where all but one are named', async () => {
    rounds.takeListing({ ...own, nodeId: nodeOf(3), incarnation: 3, change: 3, adds: [[bucket, 0]], drops: [] });
    await ask({});
    expect(told.get(cluster.subjects.pinned)).toMatchObject([{ confirmTo: { incarnations: [1, 2, 3] } }]);
  });

  it('do not ask who holds the pin itself (R17), in this store of leases', async () => {
    await ask({ confirms: { store: own.store, incarnation: 1 } });
    expect(toldTo(2)).toMatchObject([{ confirmTo: { incarnations: [2] } }]);
    expect(toldTo(1)).toEqual([]);
    await ask({ confirms: { store: own.store + 1, incarnation: 1 } });
    expect(toldTo(1)).toMatchObject([{ confirmTo: { incarnations: [1, 2] } }]);
  });

  it.each<[string, () => void, Partial<cluster.PinRequest>[]]>([
    ['the writer is of a version before', () => undefined, [{ takesConfirmations: false }]],
    ['they are of several writers', () => undefined, [{}, { nodeId: 'another-writer' }]],
    ['a member is of a version before', () => join(5, false), [{}]],
    ['the table may not be complete', () => (grantFrom = Infinity), [{}]],
    [
      'they are renewed, by a writer that waits for nothing',
      () => undefined,
      [{ pins: [{ ...newPin(), renews: true }] }],
    ],
    ['they are too many to be named', () => Array.from({ length: 31 }, (_, each) => join(10 + each)), [{}]],
  ])('are confirmed to the leader when %s', async (_when, arrange, requests) => {
    arrange();
    await ask(...requests);
    expect(toldTo(1)).toMatchObject([{ leaderId: 'rounds-leader' }]);
    expect(toldTo(1)[0]?.confirmTo).toBeUndefined();
    expect(ledger.isWaiting).toBe(true);
  });

  it('are the leader’s, each pin in one of its own, when their writer asks again after a while', async () => {
    const [first, second] = [newPin(), newPin()];
    await ask({ pins: [first, second] });
    told.clear();
    now = 200;
    await ask({ pins: [first, second] });
    expect(toldTo(1)).toEqual([]);
    now = 400;
    const third = newPin();
    await ask({ pins: [first, second] }, { pins: [third] });
    expect(idsOf(toldTo(1))).toEqual([[third.id], [first.id], [second.id]]);
    const takenOver = toldTo(1).filter(({ confirmTo }) => !confirmTo);
    expect(idsOf(takenOver)).toEqual([[first.id], [second.id]]);
    for (const incarnation of [1, 2]) confirm(incarnation, takenOver[1] as cluster.Pinned);
    await heard();
    expect(granted).toEqual([second.id]);
  });

  it('are the leader’s at once when somebody whom it named is gone', async () => {
    const pin = newPin();
    await ask({ pins: [pin] });
    told.clear();
    table.left(2);
    rounds.gone([2]);
    await heard();
    const [pinned] = toldTo(1);
    expect(pinned).toMatchObject({ pins: [pin] });
    expect(pinned?.confirmTo).toBeUndefined();
    confirm(1, pinned as cluster.Pinned);
    await heard();
    expect(granted).toEqual([pin.id]);
  });

  it('are told again without the pins that have ended', async () => {
    const [ended, open] = [newPin(), newPin()];
    await ask({ pins: [ended, open], takesConfirmations: false });
    rounds.takeEnds({ ids: [ended.id] });
    told.clear();
    now = 300;
    rounds.tick(now);
    await heard();
    expect(idsOf(toldTo(1))).toEqual([[open.id]]);
  });
});
