import type { NatsConnection } from '@nats-io/transport-node';
import type { KvWatchEntry } from '@nats-io/kv';
import { LeaseStore, pinMillisOf, type Leases } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { backoffMillis, systemClock, type Clock, type Logger, type ServiceConfig } from '@tributary/platform';
import { MemberTable } from '../membership/member-table.js';
import { Registrations } from '../membership/registrations.js';
import { PinLedger } from '../pins/pin-ledger.js';
import { Leader } from './leader.js';

/** Part of the leader's lease that it doesn't use, as members do. */
const leaseMarginShare = 0.1;
/** The leader's lease beside a member's: writes wait for a new leader, so it is shorter. */
const leadShare = 0.6;

interface Term {
  readonly leader: Leader;
  readonly table: MemberTable;
  readonly token: number;
  revision: number;
  leaseUntil: number;
  /** The newest renewal: its revision and when it was sent. It marks a place in the stream, and counts when it is seen. */
  mark: { revision: number; sentAt: number } | undefined;
  renewing: boolean;
}

/** A leader's token with the time when the store of leases was made: tokens of a store that was lost don't count any more. */
export interface LedgerToken {
  readonly store: number;
  readonly token: number;
}

/**
 * One copy of the coordinator: follows the stream of leases, and leads when it gets the leader's key.
 *
 * Guarantee: at most one copy acts under a token, and stops when its lease is over by its own monotonic clock, or as soon as it sees
 * another's election. All consequences of registrations are drawn in the stream's order (R8): a leader that has been replaced
 * admits nobody who registered after its replacement. Not promised: that there is a leader at every moment.
 */
export class Coordinator {
  private readonly stopping = new AbortController();
  private readonly registrations: Registrations;
  private storeCreatedAt = 0;
  private leaderIsGone = true;
  private leaderSeenAt = -Infinity;
  private seenLeader = { token: 0, revision: 0 };
  private elected: { token: number; leaseUntil: number } | undefined;
  private term: Term | undefined;
  private watching: { stop(): void } | undefined;
  private readonly loops: Promise<void>[];
  private wake: () => void = () => undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly config: ServiceConfig,
    private readonly logger: Logger,
    /** In a simulation others than the process's own. */
    private readonly clock: Clock = systemClock,
    private readonly store: Leases = new LeaseStore(connection, config.natsReplicas),
  ) {
    this.registrations = new Registrations(config.leaseMillis);
    this.loops = [this.follow(), this.campaign()];
  }

  isLeading(): boolean {
    return this.term !== undefined && this.clock.now() < this.term.leaseUntil;
  }

  /** The fencing token for what outlives the leases, while this copy leads by its own clock. */
  ledgerToken(): LedgerToken | undefined {
    return this.isLeading() && this.term ? { store: this.storeCreatedAt, token: this.term.token } : undefined;
  }

  /** Gives the lead away at once, and stops. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    const term = this.term;
    this.resign('stopping');
    if (term)
      await this.store
        .release(cluster.leaderKey, term.revision)
        .catch((error: unknown) => this.logger.warn({ err: error }, 'the lead could not be given away'));
    this.watching?.stop();
    await Promise.all(this.loops);
  }

  private async follow(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted; failures += 1) {
      try {
        this.storeCreatedAt = await this.store.createdAt();
        const watch = await this.store.watch();
        this.registrations.watchBegan(this.clock.now());
        this.watching = watch;
        for await (const entry of watch) {
          failures = 0;
          this.take(entry);
        }
      } catch (error) {
        this.logger.warn({ err: error }, 'the leases can not be watched; trying again');
        this.store.forget();
      }
      // What was missed is unknown: a leader that can't see leases can't know who is a member.
      this.resign('the leases can not be watched');
      await this.clock.sleep(backoffMillis(failures, 100, 1_000), this.stopping.signal).catch(() => undefined);
    }
  }

  private take(entry: KvWatchEntry): void {
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
      table,
      ledger,
      grantFrom: this.registrations.completeFrom(),
      admitFrom: now + leaseMillis + transactionTimeoutMillis,
      viewMillis: renewMillis,
      isLeading: () => this.term?.token === token && this.isLeading(),
      writeMark: () => void this.renewTerm(),
    });
    this.term = { leader, table, token, revision: token, leaseUntil, mark: undefined, renewing: false };
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

  private get leadMillis(): number {
    return Math.round(this.config.leaseMillis * leadShare);
  }

  private async campaign(): Promise<void> {
    const { renewMillis } = this.config;
    while (!this.stopping.signal.aborted) {
      try {
        if (this.term) await this.renewTerm();
        else if (this.mayRun()) await this.runForLeader();
      } catch (error) {
        this.logger.debug({ err: error }, 'the lead could not be had');
      }
      await this.pause(renewMillis / 2);
    }
  }

  /** Whether there may be no leader: one that has been silent for long may have gone while nothing could be seen. */
  private mayRun(): boolean {
    const silent = this.clock.now() - this.leaderSeenAt >= 2 * this.config.leaseMillis;
    return (this.leaderIsGone || silent) && !this.elected && this.watching !== undefined;
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
      if (error instanceof Error && /wrong last sequence/i.test(error.message)) this.resign('the lease was lost');
    } finally {
      term.renewing = false;
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
