import type { NatsConnection } from '@nats-io/transport-node';
import type { KvWatchEntry } from '@nats-io/kv';
import { isOtherRevision, LeaseStore, lostRenewal, pinMillisOf, type Leases } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { systemClock, type Clock, type Logger, type ServiceConfig } from '@tributary/platform';
import { MemberTable } from '../membership/member-table.js';
import { Registrations } from '../membership/registrations.js';
import { PinLedger } from '../pins/pin-ledger.js';
import { LeaseWatch } from './lease-watch.js';
import { Leader, type Hold } from './leader.js';

/** Part of the leader's lease that it doesn't use, as members do. */
const leaseMarginShare = 0.1;
/** The leader's lease beside a member's: writes wait for a new leader, so it is shorter. */
const leadShare = 0.6;
/** The longest that a leader waits for its database's answer, in leases. */
const patienceLeasesMax = 10;

interface Term {
  readonly leader: Leader;
  readonly table: MemberTable;
  readonly token: number;
  readonly begunAt: number;
  revision: number;
  leaseUntil: number;
  /** The newest renewal: its revision and when it was sent. It marks a place in the stream, and counts when it is seen. */
  mark: { revision: number; sentAt: number } | undefined;
  renewing: boolean;
}

/** A leader's token with the time when the store of leases was made: tokens of a store that was lost don't count any more. */
export type LedgerToken = cluster.Term;

export interface CoordinatorOptions {
  readonly connection: NatsConnection;
  readonly config: ServiceConfig;
  readonly logger: Logger;
  /** The hold on the database of whoever is registered in this store of leases. */
  readonly hold: (store: number) => Hold;
  /** For how long the database has not answered the renewals of its hold, in milliseconds. */
  readonly databaseSilentMillis?: () => number;
  /** Whether this copy may become the leader at this moment. */
  readonly mayLead?: () => boolean;
  /** In a simulation others than the process's own. */
  readonly clock?: Clock;
  readonly leases?: Leases;
}

/**
 * One copy of the coordinator: follows the stream of leases, and leads when it gets the leader's key.
 *
 * Guarantee: at most one copy acts under a token, and stops when its lease is over by its own monotonic clock, or as soon as it sees
 * another's election; one whose database does not answer lets another lead. All consequences of registrations are drawn in the stream's
 * order (R8): a leader that has been replaced admits nobody who registered after its replacement. Not promised: that there is a leader
 * at every moment.
 */
export class Coordinator {
  private readonly stopping = new AbortController();
  private readonly registrations: Registrations;
  private readonly connection: NatsConnection;
  private readonly config: ServiceConfig;
  private readonly logger: Logger;
  private readonly clock: Clock;
  private readonly store: Leases;
  private storeCreatedAt = 0;
  private seen = 0;
  private identity: cluster.ClusterIdentity | undefined;
  private leaderIsGone = true;
  private leaderSeenAt = -Infinity;
  private seenLeader = { token: 0, revision: 0 };
  private elected: { token: number; leaseUntil: number } | undefined;
  private term: Term | undefined;
  /** How long a term goes on without its database; longer after each that ended so, for it may be away for everybody. */
  private patienceMillis: number;
  /** The term that ended so last: another coordinator's comes first then. */
  private gaveWayIn = -1;
  private readonly watch: LeaseWatch;
  private readonly loops: Promise<void>[];
  private wake: () => void = () => undefined;

  constructor(private readonly options: CoordinatorOptions) {
    const { connection, config, logger, clock, leases } = options;
    this.connection = connection;
    this.config = config;
    this.logger = logger;
    this.clock = clock ?? systemClock;
    this.store = leases ?? new LeaseStore(connection, config.natsReplicas);
    this.registrations = new Registrations(config.leaseMillis);
    const { leaseMillis } = config;
    this.patienceMillis = leaseMillis;
    this.watch = new LeaseWatch({
      store: this.store,
      clock: this.clock,
      logger,
      leaseMillis,
      began: (createdAt) => {
        this.storeCreatedAt = createdAt;
        this.registrations.watchBegan(this.clock.now());
        this.identity = undefined;
      },
      take: (entry) => this.take(entry),
      // A leader that can't see leases can't know who is a member; another one may see them.
      lost: () => this.giveLeadAway('the leases can not be watched'),
    });
    this.loops = [this.watch.follow(this.stopping.signal), this.campaign()];
  }

  isLeading(): boolean {
    return this.term !== undefined && this.clock.now() < this.term.leaseUntil;
  }

  /** The fencing token for what outlives the leases, while this copy leads by its own clock. */
  ledgerToken(): LedgerToken | undefined {
    return this.isLeading() && this.term ? { store: this.storeCreatedAt, token: this.term.token } : undefined;
  }

  /** What the cluster is, as the store of leases knows it; undefined when that is new. */
  get knownIdentity(): cluster.ClusterIdentity | undefined {
    return this.identity;
  }

  /** Writes down what the cluster is, beside the leases. */
  async rememberIdentity(identity: cluster.ClusterIdentity): Promise<void> {
    await this.store.put(cluster.identityKey, identity);
  }

  /** Whether the leader counts nobody but coordinators: nobody serves or writes then. */
  get isAlone(): boolean {
    return this.term?.table.all().every(({ registration }) => registration.service === this.config.service) ?? false;
  }

  /** The nodes that this leader counts, by name. */
  get countedNodes(): string[] {
    return (this.term?.table.all() ?? []).map(({ registration }) => registration.nodeId).toSorted();
  }

  /** Tells members at once how the hold on the database is now. */
  announce(): void {
    this.term?.leader.publishView();
  }

  /** Gives the lead away at once, and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.giveLeadAway('stopping');
    this.watch.stop();
    await Promise.all(this.loops);
  }

  private take(entry: KvWatchEntry): void {
    this.seen = entry.revision;
    if (entry.key === cluster.identityKey && entry.operation === 'PUT')
      this.identity = cluster.ClusterIdentity.parse(entry.json());
    if (entry.key === cluster.leaderKey) this.takeLeader(entry);
    else if (entry.key.startsWith(cluster.memberKeyPrefix)) this.takeMember(entry);
  }

  private takeMember(entry: KvWatchEntry): void {
    const nodeId = entry.key.slice(cluster.memberKeyPrefix.length);
    const term = this.term;
    if (entry.operation === 'PUT') {
      const registration = cluster.MemberRegistration.parse(entry.json());
      const incarnation = registration.incarnation || entry.revision;
      const now = this.clock.now();
      this.registrations.put({ registration, incarnation }, now);
      if (term) term.leader.membersGone(term.table.seen(registration, incarnation, now, incarnation < term.token));
      return;
    }
    // DEL is the member's own word. A key that ran out says only what a server's clock believes (R4).
    if (entry.operation !== 'DEL') {
      this.registrations.keyRanOut(nodeId, this.clock.now());
      return;
    }
    const last = this.registrations.left(nodeId);
    if (last && term) term.leader.membersGone(term.table.left(last.incarnation));
  }

  private takeLeader(entry: KvWatchEntry): void {
    this.leaderIsGone = entry.operation !== 'PUT';
    this.leaderSeenAt = this.clock.now();
    if (this.leaderIsGone) {
      this.wake();
      return;
    }
    const { token } = cluster.LeaderRegistration.parse(entry.json());
    this.seenLeader = { token: token || entry.revision, revision: entry.revision };
    this.drawConsequences();
  }

  /** What the newest entry of the leader's key means here; the watch may be faster than the answer to our own write, or slower. */
  private drawConsequences(): void {
    const { token, revision } = this.seenLeader;
    if (this.elected?.token === token) this.beginTerm(this.elected);
    const term = this.term;
    if (!term) return;
    if (token > term.token) {
      this.resign('another coordinator leads');
      return;
    }
    if (!term.mark || revision < term.mark.revision) return;
    term.leader.membersGone(term.table.countOut(term.mark.sentAt));
    term.mark = undefined;
  }

  /** The own election came back through the watch: everybody who registered before it has been seen (R8). */
  private beginTerm({ token, leaseUntil }: { token: number; leaseUntil: number }): void {
    this.elected = undefined;
    const { leaseMillis, transactionTimeoutMillis, renewMillis, nodeId } = this.config;
    const now = this.clock.now();
    const table = new MemberTable(leaseMillis);
    for (const { registration, incarnation } of this.registrations.atElection(now)) {
      table.seen(registration, incarnation, now, incarnation < token);
    }
    const ledger = new PinLedger(pinMillisOf(this.config));
    const leader = new Leader({
      connection: this.connection,
      clock: this.clock,
      nodeId,
      logger: this.logger,
      token,
      store: this.storeCreatedAt,
      table,
      ledger,
      seen: () => this.seen,
      hold: () => this.options.hold(this.storeCreatedAt),
      grantFrom: this.registrations.completeFrom(),
      admitFrom: now + leaseMillis + transactionTimeoutMillis,
      viewMillis: renewMillis,
      isLeading: () => this.term?.token === token && this.isLeading(),
      writeMark: () => void this.renewTerm(),
    });
    this.term = { leader, table, token, begunAt: now, revision: token, leaseUntil, mark: undefined, renewing: false };
    this.logger.info({ token, members: table.all().length }, 'leading');
    void this.renewTerm();
  }

  private resign(reason: string): void {
    this.elected = undefined;
    if (!this.term) return;
    this.logger.info({ token: this.term.token, reason }, 'not leading any more');
    this.term.leader.stop();
    this.term = undefined;
  }

  private async giveLeadAway(reason: string): Promise<void> {
    const term = this.term;
    this.resign(reason);
    if (!term) return;
    try {
      await this.store.release(cluster.leaderKey, term.revision);
    } catch (error) {
      this.logger.warn({ err: error }, 'the lead could not be given away');
    }
  }

  private get leadMillis(): number {
    return Math.round(this.config.leaseMillis * leadShare);
  }

  private async campaign(): Promise<void> {
    const { renewMillis } = this.config;
    while (!this.stopping.signal.aborted) {
      try {
        this.watch.endIfDeaf();
        if (this.term && this.shouldGiveWay(this.term)) await this.giveWay(this.term);
        else if (this.term) await this.renewTerm();
        else if (this.mayRun()) await this.runForLeader();
      } catch (error) {
        this.logger.debug({ err: error }, 'the lead could not be had');
      }
      await this.pause(this.clock.untilBeat(renewMillis / 2));
    }
  }

  /** Whether there may be no leader: one that has been silent for long may have gone while nothing could be seen. */
  private mayRun(): boolean {
    const silent = this.clock.now() - this.leaderSeenAt >= 2 * this.config.leaseMillis;
    const isOthersTurn = this.seenLeader.token === this.gaveWayIn && !silent;
    const isReady = this.watch.isOn && (this.options.mayLead?.() ?? true);
    return (this.leaderIsGone || silent) && !isOthersTurn && !this.elected && isReady;
  }

  /** Without the leader's hold on the database all caches go off, and jobs wait: another coordinator may reach it. */
  private shouldGiveWay({ table, begunAt }: Term): boolean {
    const { nodeId, service, leaseMillis } = this.config;
    const silentMillis = this.options.databaseSilentMillis?.() ?? 0;
    if (silentMillis < leaseMillis) this.patienceMillis = leaseMillis;
    const hasWaited = Math.min(silentMillis, this.clock.now() - begunAt) > this.patienceMillis;
    return (
      hasWaited &&
      table.all().some(({ registration }) => registration.service === service && registration.nodeId !== nodeId)
    );
  }

  private async giveWay({ token }: Term): Promise<void> {
    this.patienceMillis = Math.min(2 * this.patienceMillis, patienceLeasesMax * this.config.leaseMillis);
    this.gaveWayIn = token;
    await this.giveLeadAway('the database does not answer here');
  }

  private async runForLeader(): Promise<void> {
    const { nodeId } = this.config;
    const leaseUntil = this.clock.now() + this.leadMillis * (1 - leaseMarginShare);
    const registration: cluster.LeaderRegistration = { nodeId, token: 0 };
    const token = await this.store.create(cluster.leaderKey, registration, this.leadMillis);
    if (token === undefined) return;
    // The term begins when the watch shows this election; it may have been faster.
    this.elected = { token, leaseUntil };
    this.drawConsequences();
  }

  /** Renews the leader's key; the renewal is also a mark in the stream's order, by which silent members are counted out. */
  private async renewTerm(): Promise<void> {
    const term = this.term;
    if (!term || term.renewing) return;
    term.renewing = true;
    const sentAt = this.clock.now();
    if (sentAt >= term.leaseUntil) {
      this.resign('the lease is over');
      return;
    }
    const { nodeId } = this.config;
    try {
      const revision = await this.store.renew(
        cluster.leaderKey,
        { nodeId, token: term.token },
        term.revision,
        this.leadMillis,
      );
      if (this.clock.now() >= term.leaseUntil) {
        this.resign('the lease was renewed too late');
        return;
      }
      term.revision = revision;
      term.leaseUntil = sentAt + this.leadMillis * (1 - leaseMarginShare);
      term.mark = { revision, sentAt };
      this.drawConsequences();
    } catch (error) {
      this.logger.warn({ err: error }, "the leader's lease could not be renewed");
      if (isOtherRevision(error) && !(await this.wasRenewed(term))) this.resign('the lease was lost');
    } finally {
      term.renewing = false;
    }
  }

  /** Whether the other revision is an own renewal whose answer was lost: the next one follows it, while the lease lasts. */
  private async wasRenewed(term: Term): Promise<boolean> {
    const isOwn = (value: unknown): boolean => cluster.LeaderRegistration.safeParse(value).data?.token === term.token;
    try {
      const revision = await lostRenewal(this.store, cluster.leaderKey, term.revision, isOwn);
      term.revision = revision ?? term.revision;
      return revision !== undefined;
    } catch (error) {
      this.logger.debug({ err: error }, "whose the leader's key is could not be read");
      return false;
    }
  }

  private async pause(millis: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.clock.after(millis, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }
}
