import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { ask, createPages, pageBody } from './pages.js';
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
  /** Each after a read of the page: round trips, pins of writes whose page one reader's gateway holds, or every member; bare messages of both. */
  readonly tripsOfOne: number[];
  readonly heldByOne: number[];
  readonly roundsOfOne: number[];
  readonly tripsOfAll: number[];
  readonly heldByAll: number[];
  readonly roundsOfAll: number[];
}

/**
 * What pinning adds to one write in this cluster, beside NATS round trips at the same time: taken in turns, so that all see the same
 * machine; and one by one after the same reads, each of a page that was written since: what loading it leaves behind (garbage, listings,
 * processes that were just awake) makes the slowest hundredth slow, of round trips as of pins. Held pages are written over the REST API, by
 * the copy of pages, which is a member as well. Pins of what everybody holds stand beside the bare messages of as many bare processes,
 * which is what this machine can do.
 */
export function coherenceLatency(cluster: RunningCluster, members: number): Promise<CoherenceLatency> {
  return withWriter(cluster, async ({ member, connection, natsUrl }) => {
    const held = await HeldPages.create(cluster);
    const echo = await ReferenceProcess.start('echo', [natsUrl, echoSubject]);
    const bareOne = await BareRounds.start(natsUrl, 1);
    const bareAll = await BareRounds.start(natsUrl, members - 1);
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
    const [one, all] = [cluster.gateways.slice(0, 1), cluster.gateways];
    try {
      for (let turn = 0; turn < turns; turn += 1) {
        took.trips.push(...(await timed(samples / turns, warmUp, trip)));
        took.pins.push(
          ...(await timed(samples / turns, warmUp, () => pin(`content:bench${(number += 1)}`, 'space:BENCH'))),
        );
        for (let count = 0; count < samplesOfOne / turns; count += 1) {
          took.tripsOfOne.push(await held.timedAfterRead(one, trip));
          took.heldByOne.push(await held.pinOfWriteAfterRead(one));
          took.roundsOfOne.push(await held.timedAfterRead(one, () => bareOne.once(connection)));
        }
        for (let count = 0; count < samplesOfAll / turns; count += 1) {
          took.tripsOfAll.push(await held.timedAfterRead(all, trip));
          took.heldByAll.push(await held.pinOfWriteAfterRead(all));
          took.roundsOfAll.push(await held.timedAfterRead(all, () => bareAll.once(connection)));
        }
      }
    } finally {
      await Promise.all([echo.stop(), bareAll.stop(), bareOne.stop()]);
    }
    return {
      p50: percentile(took.pins, 0.5),
      p50OfOne: percentile(took.heldByOne, 0.5),
      comparisons: [0.5, 0.99].flatMap((share) => compared(took, members, share)),
    };
  });
}

/** Pages that gateways read, so that they hold them, and that are written then. */
class HeldPages {
  private next = 0;
  private readonly versions = new Map<string, number>();
  private pinned: { readonly millis: number; readonly count: number } | undefined;

  private constructor(
    private readonly cluster: RunningCluster,
    private readonly ids: readonly string[],
    private readonly metricsUrl: string,
  ) {}

  static async create(cluster: RunningCluster): Promise<HeldPages> {
    const ids = await createPages(cluster, 'COHERENCE', pages);
    const writer = (await cluster.nodes()).find(({ service }) => service === 'pages');
    if (!writer) throw new Error('No copy of pages writes');
    const held = new HeldPages(cluster, ids, `${writer.url}/metrics`);
    await held.newPinMillis();
    return held;
  }

  /** How long `act` takes after a read; the page is written afterwards, so that its next read is a load. */
  async timedAfterRead(gateways: readonly string[], act: () => Promise<unknown>): Promise<number> {
    const id = await this.read(gateways);
    const since = performance.now();
    await act();
    const duration = performance.now() - since;
    await this.write(id);
    await this.newPinMillis();
    return duration;
  }

  /** How long a write of a page that was read waits for its pin, by the figures of the copy of pages. */
  async pinOfWriteAfterRead(gateways: readonly string[]): Promise<number> {
    await this.write(await this.read(gateways));
    return this.newPinMillis();
  }

  private async read(gateways: readonly string[]): Promise<string> {
    const id = this.ids[(this.next += 1) % this.ids.length] as string;
    const path = `/rest/api/content/${id}?expand=body.view`;
    await Promise.all(gateways.map((base) => ask(base, 'GET', path, this.cluster.administrator)));
    await sleep(listingMillis);
    return id;
  }

  private async write(id: string): Promise<void> {
    const number = (this.versions.get(id) ?? 1) + 1;
    const body = { storage: { value: pageBody(number), representation: 'storage' } };
    const change = { type: 'page', version: { number }, body };
    await ask(this.cluster.url, 'PUT', `/rest/api/content/${id}`, this.cluster.administrator, change);
    this.versions.set(id, number);
  }

  /** How long the copy of pages has waited for its pin since this was asked last, and that it was one. */
  private async newPinMillis(): Promise<number> {
    const figures = await (await fetch(this.metricsUrl)).text();
    const figure = (name: string) =>
      Number(new RegExp(`^tributary_pin_duration_seconds_${name}\\{outcome="granted"\\} (\\S+)`, 'm').exec(figures)?.[1]);
    const before = this.pinned;
    this.pinned = { millis: figure('sum') * 1_000, count: figure('count') };
    if (before && this.pinned.count - before.count !== 1)
      throw new Error(`A write took ${this.pinned.count - before.count} pins`);
    return this.pinned.millis - (before?.millis ?? 0);
  }
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
