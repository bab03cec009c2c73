import type { administration, cluster } from '@tributary/contracts';
import { HolderJudge, OtherClusterError, pinMillisOf } from '@tributary/cluster';
import { metrics, idle, systemClock, withDeadline, type Logger, type ServiceConfig } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import type { Coordinator } from '../leadership/coordinator.js';
import type { Hold } from '../leadership/leader.js';
import type { Alarms } from './alarms.js';
import { HolderRow, type Renewal } from './holder-row.js';

/** How many leases the hold outlasts its last renewal: members learn of a renewal one view later. */
const leasesPerHold = 2;
/** Part of the hold that isn't used, as of leases. */
const marginShare = 0.1;
/** How soon a coordinator that has just been elected takes the database. */
const idleMillis = 500;
/** A conflict that lasts is told again so often. */
const tellAgainMillis = 10_000;

const takenOverText =
  'NATS has lost what it held, or is another one: the database was taken over, and everything that hangs on lost events is looked at.';
const restoredText =
  'The database is older than what the cluster remembers, as after a restored backup: all caches begin anew, and the index is compared.';

type Leading = Pick<Coordinator, 'ledgerToken' | 'knownIdentity' | 'rememberIdentity' | 'countedNodes' | 'announce'>;

/**
 * The cluster's hold on its database: a lease in PostgreSQL beside those in NATS, renewed by the leader (docs/decisions/012).
 *
 * Guarantee: while `current` answers a hold, no other cluster may write to the database, and it was not older than what NATS knew when it was
 * renewed last. Clocks: this process's monotonic one, counted from before a renewal was sent. Not promised: that there is a hold; pins need none.
 */
export class DatabaseHold {
  /** Begins to watch before the database is opened. */
  readonly judge = new HolderJudge();
  private held: { store: number; epoch: number; from: number; until: number } | undefined;
  private known: cluster.ClusterIdentity | undefined;
  private toldAt = -Infinity;
  /** When the database answered last; a process that has just begun gives it a lease more. */
  private answeredAt: number;
  private restored = 0;
  private takeovers = 0;
  private conflict: string | undefined;
  private alarms: Pick<Alarms, 'raise'> | undefined;

  constructor(
    private readonly config: ServiceConfig,
    private readonly logger: Logger,
  ) {
    this.answeredAt = performance.now() + config.leaseMillis;
  }

  /** For how long no renewal was answered. */
  get silentMillis(): number {
    return Math.max(0, performance.now() - this.answeredAt);
  }

  /** For whoever is registered in this store of leases. */
  current(store: number): Hold {
    const { held } = this;
    const now = performance.now();
    if (!held || held.store !== store || now < held.from || now >= held.until) return undefined;
    return { epoch: held.epoch, millis: held.until - now };
  }

  /** Holds the database while this coordinator leads, until the signal aborts. `release` gives it up then. */
  keep(
    source: DataSource,
    coordinator: Leading,
    alarms: Pick<Alarms, 'raise'>,
  ): { stop(release: boolean): Promise<void> } {
    this.alarms = alarms;
    const stopping = new AbortController();
    const rows = new HolderRow(source, this.judge);
    const endCollecting = metrics.collect('safety', () => this.figures());
    const loop = this.run(rows, coordinator, stopping.signal);
    return {
      stop: async (release) => {
        endCollecting();
        stopping.abort();
        await loop;
        const { held } = this;
        this.held = undefined;
        if (release && held) await rows.release(held.store).catch((error: unknown) => this.notReleased(error));
      },
    };
  }

  private async run(rows: HolderRow, coordinator: Leading, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const term = coordinator.ledgerToken();
      if (term) await this.renew(rows, coordinator, term);
      const periodMillis = term && !this.isPending(term) ? this.config.renewMillis : idleMillis;
      await idle(systemClock.untilBeat(periodMillis), signal);
    }
  }

  /** Whether the database is waited for at this moment: it is looked at more often then. */
  private isPending({ store }: cluster.Term): boolean {
    return this.held?.store !== store && this.conflict === undefined;
  }

  private async renew(rows: HolderRow, coordinator: Leading, term: cluster.Term): Promise<void> {
    const sentAt = performance.now();
    const holdMillis = leasesPerHold * this.config.leaseMillis;
    const known = newest(this.known, coordinator.knownIdentity);
    try {
      const claim = { term, known, holdMillis, nodes: coordinator.countedNodes };
      const renewal = await withDeadline(
        rows.renew(claim, sentAt),
        holdMillis,
        () => new Error('The database did not answer in time'),
      );
      this.answeredAt = performance.now();
      if (!renewal) return;
      this.conflict = undefined;
      const { clusterId, epoch, beat } = renewal.holder;
      this.known = { clusterId, epoch, beat };
      // Writers of the silent store may still commit what they had begun: what is read before may not be kept.
      const from = renewal.how === 'takenOver' ? performance.now() + pinMillisOf(this.config) : sentAt;
      const isNew = this.held?.epoch !== epoch || this.held.store !== term.store;
      const until = sentAt + holdMillis * (1 - marginShare);
      this.held = { store: term.store, epoch, until, from: isNew ? from : (this.held?.from ?? from) };
      this.tell(renewal);
      if (isNew) coordinator.announce();
      await coordinator.rememberIdentity(this.known);
    } catch (error) {
      this.failed(error);
    }
  }

  private tell({ how, holder: { clusterId, epoch, nodes } }: Renewal): void {
    if (how === 'kept') return;
    this.logger.info({ clusterId, epoch, nodes, how }, 'the cluster holds its database');
    if (how === 'takenOver') {
      this.takeovers += 1;
      this.alarm('database-taken-over', `${takenOverText} It is epoch ${epoch} now`);
    }
    if (how === 'restored') {
      this.restored += 1;
      this.alarm('database-restored', `${restoredText} It is epoch ${epoch} now`);
    }
  }

  private failed(error: unknown): void {
    const isConflict = error instanceof OtherClusterError;
    if (isConflict) {
      this.answeredAt = performance.now();
      this.conflict = error.message;
      this.held = undefined;
    }
    const now = performance.now();
    if (now - this.toldAt < tellAgainMillis) return;
    this.toldAt = now;
    if (isConflict) this.alarm('database-conflict', error.message);
    else this.logger.warn({ err: error }, 'the hold on the database could not be renewed');
  }

  /** A database that is away keeps nobody from ending; whoever comes next waits until the hold is over. */
  private notReleased(error: unknown): void {
    this.logger.warn({ err: error }, 'the hold on the database could not be given back');
  }

  /** Not waited for: the hold is renewed meanwhile. */
  private alarm(kind: administration.Alarm['kind'], text: string): void {
    void this.alarms?.raise(kind, text);
  }

  private figures() {
    const { held } = this;
    const isHeld = held !== undefined && performance.now() < held.until;
    return [
      figure('database_held', 'gauge', 'Whether this coordinator holds the database for the cluster', Number(isHeld)),
      figure('cluster_epoch', 'gauge', 'How often the database changed hands', this.known?.epoch ?? 0),
      figure(
        'database_conflict',
        'gauge',
        'Whether another cluster holds the database',
        Number(this.conflict !== undefined),
      ),
      figure(
        'database_restored_total',
        'counter',
        'Times that the database was found to be an older one',
        this.restored,
      ),
      figure('database_takeovers_total', 'counter', 'Times that the database was taken over', this.takeovers),
    ];
  }
}

const figure = (name: string, type: 'gauge' | 'counter', help: string, value: number) => ({
  name: `tributary_${name}`,
  type,
  help,
  samples: [{ value }],
});

/** The later one of what this process and what NATS remembers; beats never go back. */
const newest = (
  one: cluster.ClusterIdentity | undefined,
  other: cluster.ClusterIdentity | undefined,
): cluster.ClusterIdentity | undefined => (one && other && other.beat > one.beat ? other : (one ?? other));
