import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { figuresOf } from './figures.js';
import { ask, createPages, writePage } from './pages.js';
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
  /** Each after reads of a page, which one reader's gateway holds then, or every member. */
  readonly ofOne: TookAfterReads;
  readonly ofAll: TookAfterReads;
}

interface TookAfterReads {
  readonly trips: number[];
  /** What writes waited for their pins alone, and how long these took: events are stored meanwhile. */
  readonly waits: number[];
  readonly pins: number[];
  /** The bare messages of such pins. */
  readonly rounds: number[];
}

const nothingYet = (): TookAfterReads => ({ trips: [], waits: [], pins: [], rounds: [] });

/**
 * What pinning adds to one write in this cluster, beside NATS round trips at the same time: taken in turns, so that all see the same
 * machine; and one by one after the same reads, each of a page that was written since: what loading it leaves behind (garbage, listings,
 * processes that were just awake) makes the slowest hundredth slow, of round trips as of pins. Held pages are written over the REST API, by
 * the copy of pages, which is a member as well, and which tells how long they waited for their pins alone. Pins themselves stand beside the bare
 * messages of as many bare processes, which is what this machine can do.
 */
export function coherenceLatency(cluster: RunningCluster, members: number): Promise<CoherenceLatency> {
  return withWriter(cluster, async ({ member, connection, natsUrl }) => {
    const held = await HeldPages.create(cluster);
    const echo = await ReferenceProcess.start('echo', [natsUrl, echoSubject]);
    const bareOne = await BareRounds.start(connection, natsUrl, 1);
    const bareAll = await BareRounds.start(connection, natsUrl, members - 1);
    const took: Took = { trips: [], pins: [], ofOne: nothingYet(), ofAll: nothingYet() };
    let number = 0;
    const trip = () => connection.request(echoSubject, payload, { timeout: 5_000 });
    const pin = async (...tags: string[]) => (await member.pin(tags)).release();
    try {
      for (let turn = 0; turn < turns; turn += 1) {
        took.trips.push(...(await timed(samples / turns, warmUp, trip)));
        took.pins.push(
          ...(await timed(samples / turns, warmUp, () => pin(`content:bench${(number += 1)}`, 'space:BENCH'))),
        );
        const take = async (of: TookAfterReads, gateways: readonly string[], bare: BareRounds, times: number) => {
          for (let count = 0; count < times; count += 1) {
            of.trips.push(await held.timedAfterRead(gateways, trip));
            const { wait, pin: whole } = await held.writtenAfterRead(gateways);
            of.waits.push(wait);
            of.pins.push(whole);
            of.rounds.push(await held.timedAfterRead(gateways, () => bare.once()));
          }
        };
        await take(took.ofOne, cluster.gateways.slice(0, 1), bareOne, samplesOfOne / turns);
        await take(took.ofAll, cluster.gateways, bareAll, samplesOfAll / turns);
      }
    } finally {
      await Promise.all([echo.stop(), bareAll.stop(), bareOne.stop()]);
    }
    return {
      p50: percentile(took.pins, 0.5),
      p50OfOne: percentile(took.ofOne.waits, 0.5),
      comparisons: [0.5, 0.99].flatMap((share) => compared(took, members, share)),
    };
  });
}

/** Writes' waits for pins, and pins: how many, and how long together, in ms. */
interface Waited {
  readonly waits: number;
  readonly wait: number;
  readonly pins: number;
  readonly pin: number;
}

/** Pages that gateways read, so that they hold them, and that are written then. */
class HeldPages {
  private next = 0;
  private readonly versions = new Map<string, number>();
  private waited: Waited = { waits: 0, wait: 0, pins: 0, pin: 0 };

  private constructor(
    private readonly cluster: RunningCluster,
    private readonly ids: readonly string[],
    private readonly writerUrl: string,
  ) {}

  static async create(cluster: RunningCluster): Promise<HeldPages> {
    const ids = await createPages(cluster, 'COHERENCE', pages);
    const writer = (await cluster.nodes()).find(({ service }) => service === 'pages');
    if (!writer) throw new Error('No copy of pages writes');
    const held = new HeldPages(cluster, ids, writer.url);
    await held.waitedSince();
    return held;
  }

  /** How long `act` takes after a read; the page is written afterwards, so that its next read is a load. */
  async timedAfterRead(gateways: readonly string[], act: () => Promise<unknown>): Promise<number> {
    const id = await this.read(gateways);
    const since = performance.now();
    await act();
    const duration = performance.now() - since;
    await this.write(id);
    await this.waitedSince();
    return duration;
  }

  /** How long a write of a page that was read waited for its pin alone, and how long that took, in ms. */
  async writtenAfterRead(gateways: readonly string[]): Promise<{ wait: number; pin: number }> {
    await this.write(await this.read(gateways));
    const { waits, wait, pins, pin } = await this.waitedSince();
    if (waits !== 1 || pins !== 1) throw new Error(`A write took ${pins} pins, and waited for ${waits}`);
    return { wait, pin };
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
    await writePage(this.cluster, this.cluster.url, id, number);
    this.versions.set(id, number);
  }

  /** What the copy of pages has counted since this was asked last. */
  private async waitedSince(): Promise<Waited> {
    const figure = await figuresOf(this.writerUrl);
    const before = this.waited;
    this.waited = {
      waits: figure('tributary_pin_wait_seconds_count'),
      wait: figure('tributary_pin_wait_seconds_sum') * 1_000,
      pins: figure('tributary_pin_duration_seconds_count{outcome="granted"}'),
      pin: figure('tributary_pin_duration_seconds_sum{outcome="granted"}') * 1_000,
    };
    const since = (name: keyof Waited) => this.waited[name] - before[name];
    return { waits: since('waits'), wait: since('wait'), pins: since('pins'), pin: since('pin') };
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
      `${what}, ${members} members, p${share * 100}`,
      { value: percentile(measured, share), unit: 'ms' },
      { name, value: percentile(reference, share) },
      { atMost },
    );
  const held = (by: string, { trips, waits, pins, rounds }: TookAfterReads) => [
    row(`coherence of a write that ${by}`, waits, ['NATS round trip', trips], 3),
    row(`pin of a write that ${by}`, pins, ['its bare messages', rounds], 1.5),
  ];
  return [
    row('coherence of a write', took.pins, ['NATS round trip', took.trips], 3),
    ...held('one reader holds', took.ofOne),
    ...held('all hold', took.ofAll),
  ];
}
