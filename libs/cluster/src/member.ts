import { randomBytes } from 'node:crypto';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { cluster, type administration } from '@tributary/contracts';
import {
  backoffMillis,
  pinDurations,
  systemClock,
  version,
  type Clock,
  type Logger,
  type ServiceConfig,
} from '@tributary/platform';
import type { AuditFigures, StaleEntry } from './cache-audit.js';
import { CacheGate } from './cache-gate.js';
import { agreeOnTimes, OtherTimesError } from './cluster-times.js';
import { isOtherRevision, LeaseStore, lostRenewal, type Leases } from './lease-store.js';
import { ListingClient } from './listing-client.js';
import { decodeMessage, encodeMessage } from './messages.js';
import { NearCache, type CacheDeclaration } from './near-cache.js';
import { PinClient } from './pin-client.js';

/** Part of a lease that is not used: for clocks that run at slightly different rates (5%), and a turn of the event loop. */
const leaseMarginShare = 0.1;
/** Time beyond a transaction's end that its pins last (R6). */
const pinMarginMillis = 2_000;
/** Own renewals that are remembered: views may be some late. */
const renewalsMax = 8;
/** A write waits this long for members to confirm; a dead one is counted out within a lease and a renewal. */
const pinDeadlineShare = 0.75;

export interface ClusterMemberOptions {
  readonly connection: NatsConnection;
  readonly config: ServiceConfig;
  readonly logger: Logger;
  /** URL or address under which this process can be reached. */
  readonly address: string;
  /** Whether this process keeps near caches. One that doesn't never makes a write wait. */
  readonly caches?: boolean;
  /** In a simulation; else the process's own, and the bucket in NATS. */
  readonly clock?: Clock;
  readonly leases?: Leases;
}

export type MemberStatus = Pick<administration.NodeReport, 'lease' | 'hasCaches' | 'isAdmitted' | 'caches'> & {
  readonly openPins: number;
  readonly audits: readonly AuditFigures[];
};

/** How long pins last: leader and members count the same. */
export const pinMillisOf = (config: Pick<ServiceConfig, 'transactionTimeoutMillis'>): number =>
  config.transactionTimeoutMillis + pinMarginMillis;

/**
 * This process as a member of the cluster: it holds a lease in JetStream, may use its caches while the lease and the leader's
 * admission hold, and pins what its writes change.
 *
 * Clocks: its own monotonic one. The lease counts from before a renewal was sent (R5), less a margin. A process that was paused
 * finds its lease over before it serves anything. Not promised: caches; without NATS or a leader everything is loaded anew (R12).
 */
export class ClusterMember {
  private readonly gate: CacheGate;
  private readonly leases: Leases;
  private readonly clock: Clock;
  private readonly pins: PinClient;
  private readonly listing: ListingClient;
  private readonly caches: NearCache<unknown>[] = [];
  private readonly subscriptions: Subscription[];
  private readonly stopping = new AbortController();
  private readonly stopExpiry: () => void;
  private readonly startedAt = new Date().toISOString();
  private incarnation = 0;
  private revision = 0;
  /** The last registration that was written; it may have been given up before it was used. */
  private lastRegistration = { store: -1, revision: 0 };
  /** The last renewals and when they were sent: a view that was sent after one says so by its revision. */
  private renewals: { revision: number; sentAt: number }[] = [];
  private wasServing = false;
  private loop: Promise<void> = Promise.resolve();
  private readonly firstRegistration = Promise.withResolvers<void>();

  private constructor(private readonly options: ClusterMemberOptions) {
    const { connection, config } = options;
    const deadlineMillis = Math.floor(config.transactionTimeoutMillis * pinDeadlineShare);
    if (deadlineMillis < config.leaseMillis + config.renewMillis) {
      throw new Error(
        'TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS must leave writes time to wait for a lease to end: at least twice the lease',
      );
    }
    const clock = options.clock ?? systemClock;
    this.clock = clock;
    this.gate = new CacheGate({ pinMillis: pinMillisOf(config) }, () => clock.now());
    this.leases = options.leases ?? new LeaseStore(connection, config.natsReplicas);
    const epoch = randomBytes(4).toString('hex');
    const acknowledge = (term: cluster.Term): boolean => this.gate.acknowledge(term);
    const pinTimes = { deadlineMillis, pinMillis: pinMillisOf(config) };
    this.pins = new PinClient(
      connection,
      config.nodeId,
      epoch,
      pinTimes,
      acknowledge,
      clock,
      options.caches ? this.gate : undefined,
    );
    this.listing = new ListingClient(connection, config.nodeId, this.gate, clock);
    this.subscriptions = options.caches ? this.listen() : [];
    this.stopExpiry = clock.every(1_000, () => {
      this.gate.expirePins();
      this.listing.tidy();
    });
  }

  /** Becomes a member, now or as soon as NATS lets it; the process works without caches until then. */
  static join(options: ClusterMemberOptions): Promise<ClusterMember> {
    const member = new ClusterMember(options);
    member.loop = member.holdLease();
    return Promise.resolve(member);
  }

  /** Resolves when it is registered for the first time: nothing can be written before. Rejects with OtherTimesError, and it never is. */
  registered(): Promise<void> {
    return this.firstRegistration.promise;
  }

  /** Declares a cache. Names are the cluster's: the same on every node. */
  cache<T>(declaration: CacheDeclaration<T>): NearCache<T> {
    if (!this.options.caches) throw new Error(`A member without caches can't have the cache ${declaration.name}`);
    const all = this.options.config.cacheBytes;
    const cache = new NearCache<T>({ ...declaration, bytesMax: Math.min(declaration.bytesMax ?? all, all) }, this.gate);
    this.caches.push(cache as NearCache<unknown>);
    return cache;
  }

  /** Before a commit: see PinClient. */
  async pin(tags: readonly string[]): Promise<{ release(): void }> {
    const askedAt = performance.now();
    let outcome = 'unavailable';
    try {
      const pin = await this.pins.pin(tags);
      outcome = 'granted';
      return pin;
    } finally {
      pinDurations.observe((performance.now() - askedAt) / 1_000, outcome);
    }
  }

  /** Whether caches may be used at this moment. */
  isServing(): boolean {
    return this.gate.isServing();
  }

  /** Whether this process is in touch with the majority, by its own monotonic clock: without that it runs no jobs. */
  holdsLease(): boolean {
    return this.gate.holdsLease();
  }

  /** The store of leases that this process is registered in: who holds the database is named by it. -1 before it is. */
  get store(): number {
    return this.gate.registeredIn;
  }

  /** How the membership is, for people. */
  status(): MemberStatus {
    return {
      lease: this.gate.lease,
      openPins: this.gate.openPins,
      hasCaches: this.options.caches ?? false,
      isAdmitted: this.gate.isServing(),
      caches: this.caches.map((cache) => cache.figures()),
      audits: this.caches.map((cache) => cache.auditFigures()),
    };
  }

  /** Empties the cache with this name, or all; answers how many entries each had. */
  flush(name?: string): { name: string; entries: number }[] {
    return this.caches
      .filter(({ declaration }) => name === undefined || declaration.name === name)
      .map((cache) => ({ name: cache.declaration.name, entries: cache.flush() }));
  }

  /** Compares some entries of every cache with what their owners say; answers those that are stale. */
  async audit(entriesMax: number, signal: AbortSignal): Promise<StaleEntry[]> {
    const stale: StaleEntry[] = [];
    for (const cache of this.caches) stale.push(...(await cache.audit(entriesMax, signal)));
    return stale;
  }

  /** Stops using caches and gives the lease back, so that no write waits for this process. */
  async leave(): Promise<void> {
    this.stopping.abort();
    this.stopExpiry();
    await this.loop;
    this.gate.lapse();
    this.pins.close();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    try {
      if (this.revision > 0) await this.leases.release(cluster.memberKey(this.options.config.nodeId), this.revision);
    } catch (error) {
      this.options.logger.warn({ err: error }, 'the lease could not be given back; it ends by itself');
    }
  }

  private listen(): Subscription[] {
    const { connection, config, logger } = this.options;
    const on = <T>(subject: string, take: (message: T) => void): Subscription =>
      connection.subscribe(subject, {
        callback: (error, message) => {
          if (error) logger.error({ err: error, subject }, 'a subscription failed');
          else take(decodeMessage<T>(message));
        },
      });
    const { subjects } = cluster;
    const takePins = (message: cluster.Pinned): void => this.takePins(message);
    const takeEnds = ({ ids }: cluster.Unpinned): void => this.gate.unpin(ids);
    return [
      on<cluster.Pinned>(subjects.pinned, takePins),
      on<cluster.Pinned>(subjects.pinnedAt(config.nodeId), takePins),
      on<cluster.Unpinned>(subjects.unpinned, takeEnds),
      on<cluster.Unpinned>(subjects.unpinnedAt(config.nodeId), takeEnds),
      on<cluster.Listed>(subjects.listed(config.nodeId), (answer) => this.gate.listed(answer)),
      on<cluster.View>(subjects.view, (view) => this.takeView(view)),
      on<cluster.Admission>(subjects.admitted(config.nodeId), (admission) => {
        if (this.gate.admit(admission)) this.listing.tellLeader();
        this.tellServing();
      }),
    ];
  }

  /** The hold on the database counts from a moment before the view was sent: that of the newest own renewal which its sender had seen. */
  private takeView(view: cluster.View): void {
    if (!this.gate.acknowledge(view)) return;
    this.gate.hear(view);
    if (view.lists) this.listing.tellLeader();
    if (!view.hold) return;
    const before = this.renewals.findLast(({ revision }) => revision <= view.seen);
    if (before) this.gate.holdsDatabase(view.hold.epoch, before.sentAt + view.hold.millis * (1 - leaseMarginShare));
    this.tellServing();
  }

  private tellServing(): void {
    const isServing = this.gate.isServing();
    if (isServing && !this.wasServing) this.options.logger.debug('caches may be used');
    this.wasServing = isServing;
  }

  private takePins(message: cluster.Pinned): void {
    const taken = this.gate.pin(message);
    this.gate.unpin(message.ends ?? []);
    this.gate.hear(message);
    if (taken) this.confirm(message);
  }

  private confirm({ store, token, round, leaderId, pins, confirmTo }: cluster.Pinned): void {
    const { incarnation } = this;
    const { connection, config } = this.options;
    const { subjects } = cluster;
    if (!confirmTo) {
      const confirmation: cluster.Confirmation = { store, token, round, nodeId: config.nodeId, incarnation };
      connection.publish(subjects.confirmed(leaderId), encodeMessage(confirmation));
    } else if (confirmTo.incarnations.includes(incarnation)) {
      const [of, ids] = [confirmTo.incarnations.length, pins.map(({ id }) => id)];
      const confirmation: cluster.ConfirmationToWriter = { store, token, round, incarnation, of, ids };
      connection.publish(subjects.confirmedToWriter(confirmTo.nodeId), encodeMessage(confirmation));
    }
  }

  private async holdLease(): Promise<void> {
    const { renewMillis } = this.options.config;
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        await this.renew();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.leases.forget();
        if (error instanceof OtherTimesError) this.firstRegistration.reject(error);
        this.options.logger.debug({ err: error }, 'the lease could not be renewed');
      }
      const pauseMillis =
        failures === 0 ? this.clock.untilBeat(renewMillis) : Math.min(renewMillis, backoffMillis(failures, 50));
      await this.clock.idle(pauseMillis, this.stopping.signal);
    }
  }

  /** Renews the lease, or registers when there is none or it is over. */
  private async renew(): Promise<void> {
    const { leaseMillis } = this.options.config;
    const key = cluster.memberKey(this.options.config.nodeId);
    const sentAt = this.clock.now();
    const leaseUntil = sentAt + leaseMillis * (1 - leaseMarginShare);
    if (this.revision > 0) {
      try {
        this.revision = await this.leases.renew(key, this.registration(this.incarnation), this.revision, leaseMillis);
        this.remember(sentAt);
        if (this.gate.renewed(leaseUntil)) return;
      } catch (error) {
        // Asked again until the lease is over: only then it is lost.
        if (!isOtherRevision(error)) throw error;
        if (await this.wasRenewed(key)) {
          await this.renew();
          return;
        }
      }
      this.gate.lapse();
      this.options.logger.warn('the lease was lost; all cached answers are forgotten');
    }
    await this.register(key);
  }

  /** Whether the other revision is an own renewal whose answer was lost. */
  private async wasRenewed(key: string): Promise<boolean> {
    const isOwn = (value: unknown): boolean =>
      cluster.MemberRegistration.safeParse(value).data?.incarnation === this.incarnation;
    const revision = await lostRenewal(this.leases, key, this.revision, isOwn);
    this.revision = revision ?? this.revision;
    return revision !== undefined;
  }

  private async register(key: string): Promise<void> {
    const { leaseMillis } = this.options.config;
    this.revision = 0;
    this.renewals = [];
    await agreeOnTimes(this.leases, this.options.config);
    const store = await this.leases.createdAt();
    // Another store's revisions mean other processes.
    const replaces = store === this.lastRegistration.store ? this.lastRegistration.revision : 0;
    const sentAt = this.clock.now();
    const revision = await this.leases.put(key, { ...this.registration(0), replaces }, leaseMillis);
    this.lastRegistration = { store, revision };
    await agreeOnTimes(this.leases, this.options.config);
    if ((await this.leases.createdAt()) !== store) throw new Error('The store of leases was replaced meanwhile');
    this.revision = revision;
    this.incarnation = revision;
    this.remember(sentAt);
    this.gate.registered(revision, sentAt + leaseMillis * (1 - leaseMarginShare), store);
    this.firstRegistration.resolve();
  }

  private remember(sentAt: number): void {
    this.renewals = [...this.renewals, { revision: this.revision, sentAt }].slice(-renewalsMax);
  }

  private registration(incarnation: number): cluster.MemberRegistration {
    const { config, address, caches } = this.options;
    return {
      service: config.service,
      nodeId: config.nodeId,
      address,
      version,
      startedAt: this.startedAt,
      pid: process.pid,
      caches: caches ?? false,
      incarnation,
      replaces: 0,
      confirmsToWriters: true,
      admitted: this.gate.isAdmitted,
    };
  }
}
