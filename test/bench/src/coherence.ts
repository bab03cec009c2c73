import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { ask, createPages } from './pages.js';
import { BareRounds } from './references/bare-rounds.js';
import { percentile, timed } from './percentile.js';
import { ReferenceProcess } from './references/process.js';
import { compare, type Comparison } from './report.js';
import { withWriter } from './writer.js';

const samples = 3_000;
/** Each comes after a read and a pause, so they are fewer; of the slowest hundredth there must be some nevertheless. */
const samplesOfOne = 1_600;
const samplesOfAll = 600;
const warmUp = 500;
const turns = 4;
const pages = 40;
/** A member lists what it has read within this time. */
const listingMillis = 8;
const holdersOfOne = 2;
const echoSubject = 'bench.echo';
const payload = new Uint8Array(200);

export interface CoherenceLatency {
  readonly p50: number;
  /** Of a write whose page one reader's gateway holds. */
  readonly p50OfOne: number;
  readonly comparisons: readonly Comparison[];
}

interface Took {
  /** One after the other: round trips, and pins of what nobody holds. */
  readonly trips: number[];
  readonly pins: number[];
  /** Each after a read of the page: round trips, pins of what one reader's gateway holds, or every member; bare messages of both. */
  readonly tripsOfOne: number[];
  readonly heldByOne: number[];
  readonly roundsOfOne: number[];
  readonly tripsOfAll: number[];
  readonly heldByAll: number[];
  readonly roundsOfAll: number[];
}

/**
 * What pinning adds to one write in this cluster, beside NATS round trips at the same time: taken in turns, so that all see the same
 * machine; and one by one after the same reads, each of a page that was pinned since: what loading it leaves behind (garbage, listings,
 * processes that were just awake) makes the slowest hundredth slow, of round trips as of pins. Pins of what everybody holds stand beside
 * the bare messages of as many bare processes, which is what this machine can do.
 */
export function coherenceLatency(cluster: RunningCluster, members: number): Promise<CoherenceLatency> {
  return withWriter(cluster, async ({ member, connection, natsUrl }) => {
    const ids = await createPages(cluster, 'COHERENCE', pages);
    const echo = await ReferenceProcess.start('echo', [natsUrl, echoSubject]);
    const bareAll = await BareRounds.start(natsUrl, members);
    // A reader's gateway, and the copy of pages that answered it.
    const bareOne = members === holdersOfOne ? bareAll : await BareRounds.start(natsUrl, holdersOfOne);
    const took: Took = {
      trips: [],
      pins: [],
      tripsOfOne: [],
      heldByOne: [],
      roundsOfOne: [],
      tripsOfAll: [],
      heldByAll: [],
      roundsOfAll: [],
    };
    let number = 0;
    const trip = () => connection.request(echoSubject, payload, { timeout: 5_000 });
    const pin = async (...tags: string[]) => (await member.pin(tags)).release();
    const pinPage = (id: string) => pin(`content:${id}`);
    /** Lets gateways read a page that was pinned since they read it last, so that they hold it, and takes the time of what follows. */
    const afterRead = async (gateways: readonly string[], act: (id: string) => Promise<unknown>): Promise<number> => {
      const id = ids[(number += 1) % ids.length] as string;
      const path = `/rest/api/content/${id}?expand=body.view`;
      await Promise.all(gateways.map((base) => ask(base, 'GET', path, cluster.administrator)));
      await sleep(listingMillis);
      const since = performance.now();
      await act(id);
      const duration = performance.now() - since;
      await pinPage(id);
      return duration;
    };
    const [one, all] = [cluster.gateways.slice(0, 1), cluster.gateways];
    try {
      for (let turn = 0; turn < turns; turn += 1) {
        took.trips.push(...(await timed(samples / turns, warmUp, trip)));
        took.pins.push(
          ...(await timed(samples / turns, warmUp, () => pin(`content:bench${(number += 1)}`, 'space:BENCH'))),
        );
        for (let count = 0; count < samplesOfOne / turns; count += 1) {
          took.tripsOfOne.push(await afterRead(one, trip));
          took.heldByOne.push(await afterRead(one, pinPage));
          took.roundsOfOne.push(await afterRead(one, () => bareOne.once(connection)));
        }
        for (let count = 0; count < samplesOfAll / turns; count += 1) {
          took.tripsOfAll.push(await afterRead(all, trip));
          took.heldByAll.push(await afterRead(all, pinPage));
          took.roundsOfAll.push(await afterRead(all, () => bareAll.once(connection)));
        }
      }
    } finally {
      await Promise.all([echo.stop(), bareAll.stop(), ...(bareOne === bareAll ? [] : [bareOne.stop()])]);
    }
    return {
      p50: percentile(took.pins, 0.5),
      p50OfOne: percentile(took.heldByOne, 0.5),
      comparisons: [0.5, 0.99].flatMap((share) => compared(took, members, share)),
    };
  });
}

function compared(took: Took, members: number, share: number): Comparison[] {
  const row = (
    what: string,
    measured: readonly number[],
    [name, reference]: [name: string, reference: readonly number[]],
    atMost: number,
  ): Comparison =>
    compare(
      `coherence of a write${what}, ${members} members, p${share * 100}`,
      { value: percentile(measured, share), unit: 'ms' },
      { name, value: percentile(reference, share) },
      { atMost },
    );
  return [
    row('', took.pins, ['NATS round trip', took.trips], 3),
    row(' that one reader holds', took.heldByOne, ['NATS round trip', took.tripsOfOne], 3),
    row(' that one reader holds', took.heldByOne, ['its bare messages', took.roundsOfOne], 1.5),
    row(' that all hold', took.heldByAll, ['NATS round trip', took.tripsOfAll], 3),
    row(' that all hold', took.heldByAll, ['its bare messages', took.roundsOfAll], 1.5),
  ];
}
