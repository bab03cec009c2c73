import { ClusterMember, type NearCache } from '@tributary/cluster';
import { cluster as protocol } from '@tributary/contracts';
import type { Logger, ServiceConfig } from '@tributary/platform';
import { Coordinator } from '../leadership/coordinator.js';
import { LeaseBucket } from './lease-bucket.js';
import { Network } from './network.js';
import { Chances } from './random.js';
import { Register } from './register.js';
import { SimulatedProcess } from './simulated-process.js';
import { Timeline } from './timeline.js';

const silent = () => undefined;
const logger = { trace: silent, debug: silent, info: silent, warn: silent, error: silent } as unknown as Logger;

const times = { leaseMillis: 400, renewMillis: 130, transactionTimeoutMillis: 900 };
const [readers, writers, coordinators] = [3, 2, 2];
/** How many processes are of a version before: all work together. */
const olderShare = 0.1;
/** Between two reads of a reader; one that reads rarely holds what others pin for nothing. */
const paces = [
  [1, 40],
  [1, 40],
  [20, 400],
] as const;
/** Time for a first leader to admit everybody, and then for faults. */
const [quietMillis, troubledMillis] = [1_500, 5_000];

/** What a run can be made without; each is a rule of the protocol, or what it assumes. */
export interface Without {
  /** Writers that do nothing but write: here they read through caches of their own, as copies of pages do. */
  readonly mereWriters?: boolean;
  /** What members confirm to writers: all of it is lost, and the leader has to take over. */
  readonly confirmationsToWriters?: boolean;
  /** R1: the commit comes before the pin. */
  readonly pinBeforeCommit?: boolean;
  /** R4: a key that ran out counts as its member's own word. */
  readonly silenceBeforeGone?: boolean;
  /** Who is deaf to the leader's pins learns all the same who leads. */
  readonly deafnessToLeaders?: boolean;
  /** R6: the database lets transactions live for longer than their pins. */
  readonly transactionTimeout?: boolean;
  /** R14 and what goes with it: the coordinators are all of the version before the directory. */
  readonly directory?: boolean;
}

export interface Run {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly reads: number;
  readonly writes: number;
  readonly hits: number;
  /** Words of new versions that processes of the version before didn't know. */
  readonly leftOut: number;
}

/** The real coordinators, members, caches and pins on a simulated network, bucket of leases and clocks; all chances are the seed's. */
export class SimulatedCluster {
  private readonly timeline = new Timeline();
  private readonly chances: Chances;
  private readonly network = new Network(times.leaseMillis * 2);
  private readonly bucket: LeaseBucket;
  private readonly registers: Register[];
  private readonly processes: SimulatedProcess[] = [];
  private readonly caches: NearCache<number>[] = [];
  private started = 0;

  private constructor(
    seed: number,
    private readonly without: Without,
  ) {
    this.chances = new Chances(seed);
    this.bucket = new LeaseBucket(this.timeline, this.network, without.silenceBeforeGone ? 'DEL' : 'PURGE');
    this.network.losesConfirmationsToWriters = without.confirmationsToWriters ?? false;
    const transactionMillis = without.transactionTimeout ? 20_000 : times.transactionTimeoutMillis;
    this.registers = ['a', 'b'].map((tag) => new Register(tag, this.timeline, this.network, transactionMillis));
  }

  static async run(seed: number, without: Without = {}): Promise<Run> {
    const cluster = new SimulatedCluster(seed, without);
    const random = Math.random;
    // Back-off and the like take theirs from it.
    Math.random = () => cluster.chances.fraction();
    try {
      await cluster.live();
    } finally {
      Math.random = random;
    }
    const sum = (of: (register: Register) => number) => cluster.registers.reduce((total, each) => total + of(each), 0);
    return {
      seed,
      violations: cluster.registers.flatMap((register) => register.violations),
      reads: sum((register) => register.reads),
      writes: sum((register) => register.writes),
      hits: cluster.caches.reduce((total, cache) => total + cache.figures().hits, 0),
      leftOut: cluster.network.leftOut,
    };
  }

  private async live(): Promise<void> {
    for (let count = 0; count < coordinators; count += 1) this.startCoordinator();
    for (let count = 0; count < readers; count += 1) this.startReader();
    for (let count = 0; count < writers; count += 1) this.startWriter();
    await this.timeline.runUntil(quietMillis);
    this.makeTrouble();
    await this.timeline.runUntil(quietMillis + troubledMillis);
  }

  private start(service: string): SimulatedProcess {
    const process = new SimulatedProcess(`${service}-${(this.started += 1)}`, this.timeline, this.chances);
    this.processes.push(process);
    if (this.chances.happens(olderShare)) this.network.withoutConfirmingToWriters.add(process);
    return process;
  }

  private startCoordinator(): void {
    const process = this.start('coordinator');
    if (this.without.directory || this.chances.happens(olderShare)) this.network.withoutDirectory.add(process);
    const config = configOf(process);
    new Coordinator({
      connection: this.network.connect(process),
      config,
      logger,
      // There is one cluster, and its database stays.
      hold: () => ({ epoch: 1, millis: 1e9 }),
      clock: process,
      leases: this.bucket.seenBy(process),
    });
  }

  private join(process: SimulatedProcess, caches: boolean): Promise<ClusterMember> {
    const connection = this.network.connect(process);
    const leases = this.bucket.seenBy(process);
    return ClusterMember.join({
      connection,
      config: configOf(process),
      logger,
      address: '',
      caches,
      clock: process,
      leases,
    });
  }

  /** Reads again and again through its cache. */
  private startReader(): void {
    const process = this.start('reader');
    const pace = this.chances.pick(paces);
    void this.join(process, true).then((member) => this.keepReading(process, member, pace));
  }

  private keepReading(process: SimulatedProcess, member: ClusterMember, pace: (typeof paces)[number]): void {
    const cache = member.cache<number>({ name: 'values' });
    this.caches.push(cache);
    this.again(process, pace, () => {
      const register = this.chances.pick(this.registers);
      const took = register.beginRead(process.name);
      const load = async () => {
        const value = await register.load(process, this.chances);
        return { value, dependsOn: [register.tag], sizeBytes: 8 };
      };
      void cache.get(register.tag, load).then(took);
    });
  }

  private startWriter(): void {
    const process = this.start('writer');
    const { mereWriters: reads = false } = this.without;
    void this.join(process, reads).then((member) => {
      this.again(process, [40, 300], () => void this.write(process, member).catch(silent));
      if (reads) this.keepReading(process, member, paces[0]);
    });
  }

  /** As `Writes.run` does it: lock, pin, commit, answer, unpin. */
  private async write(process: SimulatedProcess, member: ClusterMember): Promise<void> {
    const register = this.chances.pick(this.registers);
    const transaction = register.begin();
    if (!transaction) return;
    try {
      if (this.without.pinBeforeCommit) await register.commit(process, transaction);
      const pin = await member.pin([register.tag]);
      if (!this.without.pinBeforeCommit) await register.commit(process, transaction);
      pin.release();
    } finally {
      register.end(transaction);
    }
  }

  private again(process: SimulatedProcess, [least, most]: readonly [number, number], act: () => void): void {
    process.after(this.chances.between(least, most), () => {
      act();
      this.again(process, [least, most], act);
    });
  }

  /** Processes stand still, die and come anew, hear nothing, and the network is bad for a while, all at any time. */
  private makeTrouble(): void {
    const faults = Math.floor(this.chances.between(3, 12));
    const kinds = [
      () => this.pauseSomebody(),
      () => this.replace(this.chances.pick(this.processes)),
      () => this.disturbNetwork(),
      () => this.cutOffReader(),
      () => this.deafenReader(),
      () => this.bucket.leap(),
    ];
    for (let count = 0; count < faults; count += 1)
      this.timeline.after(this.chances.between(0, troubledMillis * 0.9), this.chances.pick(kinds));
  }

  private somebody(service: string): SimulatedProcess {
    return this.chances.pick(this.processes.filter(({ name, alive }) => alive && name.startsWith(service)));
  }

  private pauseSomebody(): void {
    this.chances.pick(this.processes).pause(this.chances.between(10, times.leaseMillis * 4));
  }

  /** A reader whom nothing reaches, while it goes on reading what it has. */
  private cutOffReader(): void {
    this.network.cut(this.somebody('reader'), { messages: 1, views: 1, leases: 1 }, this.chances.between(100, 1_200));
  }

  /** A reader that holds its lease and hears little of the leader, while something else goes wrong as well. */
  private deafenReader(): void {
    const reader = this.somebody('reader');
    const millis = this.chances.between(100, 1_500);
    const messages = this.chances.between(0.6, 1);
    this.network.cut(reader, { messages, views: this.without.deafnessToLeaders ? 0 : messages, leases: 0 }, millis);
    const others = [
      () => this.bucket.leap(),
      () => this.replace(this.somebody('coordinator')),
      () => this.pauseSomebody(),
      () => this.admitAnew(reader),
    ];
    this.timeline.after(this.chances.between(0, millis), this.chances.pick(others));
  }

  /** Its lease is gone, so it registers anew; and then an admission of its former incarnation comes once more (R13). */
  private admitAnew(reader: SimulatedProcess): void {
    this.bucket.leap();
    this.network.echo(protocol.subjects.admitted(reader.name), this.chances.between(50, 400));
  }

  private replace(victim: SimulatedProcess): void {
    if (!victim.alive) return;
    victim.kill();
    if (victim.name.startsWith('coordinator')) this.startCoordinator();
    else if (victim.name.startsWith('reader')) this.startReader();
    else this.startWriter();
  }

  private disturbNetwork(): void {
    this.network.trouble = this.chances.fraction();
    this.timeline.after(this.chances.between(10, 500), () => (this.network.trouble = 0));
  }
}

const configOf = (process: SimulatedProcess): ServiceConfig =>
  ({
    ...times,
    service: process.name.split('-')[0],
    nodeId: process.name,
    natsReplicas: 1,
    cacheBytes: 1_000_000,
  }) as ServiceConfig;
