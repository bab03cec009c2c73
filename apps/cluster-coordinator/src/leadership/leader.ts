import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { decodeMessage, encodeMessage } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import type { Clock, Logger } from '@tributary/platform';
import type { MemberTable } from '../membership/member-table.js';
import type { PinLedger } from '../pins/pin-ledger.js';
import { PinRounds } from '../pins/pin-rounds.js';

/** How often the leader looks at what time brings: silence, late confirmations, pins that are over. */
const tickMillis = 50;
/** While nobody waits for a confirmation: each look wakes a process that has nothing to do. */
const idleTickMillis = 500;
/** An admission may have been lost. */
const repeatMillis = 250;

/** The cluster's hold on its database at this moment, and for how long from now on; undefined while there is none. */
export type Hold = { readonly epoch: number; readonly millis: number } | undefined;

export interface LeaderOptions {
  readonly connection: NatsConnection;
  readonly clock: Clock;
  readonly nodeId: string;
  readonly logger: Logger;
  /** The fencing token: every command carries it (R9). */
  readonly token: number;
  /** The store of leases that it was elected in. */
  readonly store: number;
  readonly table: MemberTable;
  readonly ledger: PinLedger;
  /** From when the table is known to be complete: nothing is granted before. */
  readonly grantFrom: number;
  /** From when joiners may be admitted: a lease and a transaction after the election (R8). */
  readonly admitFrom: number;
  readonly viewMillis: number;
  /** Whether the leader's lease holds at this moment, by its own monotonic clock. */
  readonly isLeading: () => boolean;
  /** The newest revision of the leases that this coordinator has seen. */
  readonly seen: () => number;
  readonly hold: () => Hold;
  /** Writes a mark into the stream of leases; it comes back through the watch. */
  readonly writeMark: () => void;
}

/**
 * One coordinator's time as leader: carries out pins and admissions. It acts only while its lease holds, which is checked before every round of
 * pins, grant and admission. A former leader's commands carry an older token, and are refused by whoever saw a newer one.
 */
export class Leader {
  private readonly subscriptions: Subscription[];
  private readonly timers: (() => void)[];
  private readonly rounds: PinRounds;
  private publishedEpoch = -1;
  private nextAdmissionAt = 0;
  private nextTick: { readonly isSoon: boolean; readonly cancel: () => void } | undefined;

  constructor(private readonly options: LeaderOptions) {
    const { connection, nodeId } = options;
    const { subjects } = cluster;
    this.rounds = new PinRounds({ ...options, own: this.own, began: () => this.planTick() });
    const on = (subject: string, take: (message: Msg) => void): Subscription =>
      connection.subscribe(subject, {
        callback: (error, message) => {
          if (!error && options.isLeading()) take(message);
        },
      });
    this.subscriptions = [
      on(subjects.pin, (message) => this.rounds.takePins(decodeMessage<cluster.PinRequest>(message))),
      on(subjects.unpin, (message) => this.rounds.takeEnds(decodeMessage<cluster.UnpinRequest>(message))),
      on(subjects.confirmed(nodeId), (message) =>
        this.rounds.takeConfirmation(decodeMessage<cluster.Confirmation>(message)),
      ),
      on(subjects.listing, (message) => this.rounds.takeListing(decodeMessage<cluster.Listing>(message))),
    ];
    this.timers = [options.clock.every(options.viewMillis, () => this.publishView())];
    this.planTick();
    this.publishView();
  }

  /** Ends at once: nothing more is granted. Writers ask the next leader. */
  stop(): void {
    for (const stopTimer of this.timers) stopTimer();
    this.nextTick?.cancel();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    this.rounds.stop();
  }

  /** Members that the table doesn't count any more. */
  membersGone(incarnations: readonly number[]): void {
    if (incarnations.length === 0) return;
    this.options.logger.info({ incarnations }, 'members are gone');
    this.rounds.gone(incarnations);
  }

  /** Looks again soon while rounds are under way, else later; a look that is planned for later is brought forward. */
  private planTick(): void {
    const isSoon = this.options.ledger.isWaiting;
    if (this.nextTick?.isSoon || (this.nextTick && !isSoon)) return;
    this.nextTick?.cancel();
    const { clock } = this.options;
    const cancel = clock.after(isSoon ? tickMillis : clock.untilBeat(idleTickMillis), () => {
      this.nextTick = undefined;
      this.planTick();
      this.tick();
    });
    this.nextTick = { isSoon, cancel };
  }

  private tick(): void {
    const { table, ledger, isLeading, writeMark } = this.options;
    if (!isLeading()) return;
    const now = this.options.clock.now();
    if (table.someoneIsSilent(now)) writeMark();
    this.rounds.tick(now);
    if (now >= this.options.admitFrom) ledger.settle();
    if (now >= this.options.admitFrom && now >= this.nextAdmissionAt) this.admit(now);
    if (table.epoch !== this.publishedEpoch) this.publishView();
  }

  /** Counts joiners first, and tells them then; told again until their renewals show that they know. */
  private admit(now: number): void {
    const { table, ledger, connection } = this.options;
    const toAdmit = table.admitAll();
    if (toAdmit.length === 0) return;
    this.nextAdmissionAt = now + repeatMillis;
    for (const { incarnation, registration } of toAdmit) {
      const pins = ledger.handTo(incarnation);
      connection.publish(
        cluster.subjects.admitted(registration.nodeId),
        encodeMessage<cluster.Admission>({ ...this.own, incarnation, pins, lists: true }),
      );
    }
  }

  private get own(): cluster.Term {
    const { store, token } = this.options;
    return { store, token };
  }

  /** Tells everybody whom it counts when that changed, and how the hold on the database is. */
  publishView(): void {
    const { table, isLeading, connection } = this.options;
    if (!isLeading()) return;
    const view = table.epoch === this.publishedEpoch ? this.view() : this.wholeView();
    this.publishedEpoch = table.epoch;
    connection.publish(cluster.subjects.view, encodeMessage(view));
  }

  private view(): cluster.View {
    const { nodeId, table, ledger, seen, hold } = this.options;
    const { position } = ledger;
    const known = { epoch: table.epoch, leaderId: nodeId, seen: seen(), lists: true, position };
    return { ...this.own, ...known, hold: hold() ?? null };
  }

  private wholeView(): cluster.View {
    const { nodeId, table } = this.options;
    const members = table.all().map(({ registration, incarnation, state }) => {
      const { service, nodeId: member, address, version, startedAt, pid } = registration;
      return {
        service,
        nodeId: member,
        address,
        version,
        startedAt,
        pid,
        incarnation,
        state,
        leader: member === nodeId,
      };
    });
    return { ...this.view(), members };
  }
}
