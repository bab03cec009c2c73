import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { decodeMessage, encodeMessage } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import type { Clock, Logger } from '@tributary/platform';
import type { MemberTable } from '../membership/member-table.js';
import type { Grants, PinLedger } from '../pins/pin-ledger.js';

/** How often the leader looks at what time brings: silence, late confirmations, pins that are over. */
const tickMillis = 50;
/** A broadcast that somebody hasn't confirmed may have been lost. */
const repeatMillis = 250;

export interface LeaderOptions {
  readonly connection: NatsConnection;
  readonly clock: Clock;
  readonly nodeId: string;
  readonly logger: Logger;
  /** The fencing token: every command carries it (R9). */
  readonly token: number;
  readonly table: MemberTable;
  readonly ledger: PinLedger;
  /** From when the table is known to be complete: nothing is granted before. */
  readonly grantFrom: number;
  /** From when joiners may be admitted: a lease and a transaction after the election (R8). */
  readonly admitFrom: number;
  readonly viewMillis: number;
  /** Whether the leader's lease holds at this moment, by its own monotonic clock. */
  readonly isLeading: () => boolean;
  /** Writes a mark into the stream of leases; it comes back through the watch. */
  readonly writeMark: () => void;
}

/**
 * One coordinator's time as leader: carries out pins and admissions. It acts only while its lease holds, which is checked before every
 * grant and admission. A former leader's commands carry an older token, and are refused by whoever saw a newer one.
 */
export class Leader {
  private readonly subscriptions: Subscription[];
  private readonly timers: (() => void)[];
  private unsent: cluster.PinnedTags[] = [];
  private sendingSoon = false;
  private publishedEpoch = -1;
  private nextAdmissionAt = 0;

  constructor(private readonly options: LeaderOptions) {
    const { connection, nodeId } = options;
    const { subjects } = cluster;
    const on = (subject: string, take: (message: Msg) => void): Subscription =>
      connection.subscribe(subject, {
        callback: (error, message) => {
          if (!error && options.isLeading()) take(message);
        },
      });
    this.subscriptions = [
      on(subjects.pin, (message) => this.takePins(decodeMessage<cluster.PinRequest>(message))),
      on(subjects.unpin, (message) => this.takeEnds(decodeMessage<cluster.UnpinRequest>(message))),
      on(subjects.confirmed(nodeId), (message) => this.takeConfirmation(decodeMessage<cluster.Confirmation>(message))),
      on(subjects.getView, (message) => void message.respond(encodeMessage(this.view()))),
    ];
    this.timers = [
      options.clock.every(tickMillis, () => this.tick()),
      options.clock.every(options.viewMillis, () => this.publishView()),
    ];
    this.publishView();
  }

  /** Ends at once: nothing more is granted. Writers ask the next leader. */
  stop(): void {
    for (const stopTimer of this.timers) stopTimer();
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  /** Members that the table doesn't count any more. */
  membersGone(incarnations: readonly number[]): void {
    if (incarnations.length === 0) return;
    this.options.logger.info({ incarnations }, 'members are gone');
    this.grant(this.options.ledger.gone(incarnations));
  }

  private takePins({ nodeId, pins }: cluster.PinRequest): void {
    const { fresh, grants } = this.options.ledger.request(nodeId, pins, this.options.clock.now());
    this.grant(grants);
    if (fresh.length === 0) return;
    this.unsent.push(...fresh);
    if (this.sendingSoon) return;
    this.sendingSoon = true;
    // Requests that wait in the socket already travel in the same broadcast.
    this.options.clock.soon(() => this.beginRound());
  }

  private beginRound(): void {
    this.sendingSoon = false;
    if (!this.options.isLeading()) return;
    const pins = this.unsent.splice(0);
    const { round, grants } = this.options.ledger.begin(
      pins,
      this.options.table.confirming(),
      this.options.clock.now(),
    );
    this.broadcast(round, pins);
    this.grant(grants);
  }

  private broadcast(round: number, pins: readonly cluster.PinnedTags[]): void {
    const { connection, token, nodeId } = this.options;
    connection.publish(
      cluster.subjects.pinned,
      encodeMessage<cluster.Pinned>({ token, leaderId: nodeId, round, pins }),
    );
  }

  private takeConfirmation({ token, round, incarnation }: cluster.Confirmation): void {
    if (token === this.options.token) this.grant(this.options.ledger.confirmed(round, incarnation));
  }

  private takeEnds({ ids }: cluster.UnpinRequest): void {
    this.options.ledger.end(ids);
    this.publishEnds(ids);
  }

  private publishEnds(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const { connection, token } = this.options;
    connection.publish(cluster.subjects.unpinned, encodeMessage<cluster.Unpinned>({ token, ids }));
  }

  private grant(grants: Grants): void {
    // Writers ask again for what they weren't told.
    if (grants.size === 0 || !this.options.isLeading() || this.options.clock.now() < this.options.grantFrom) return;
    const { connection, token } = this.options;
    for (const [writer, ids] of grants) {
      connection.publish(cluster.subjects.granted(writer), encodeMessage<cluster.Granted>({ token, ids }));
    }
  }

  private tick(): void {
    const { table, ledger, isLeading, writeMark } = this.options;
    if (!isLeading()) return;
    const now = this.options.clock.now();
    if (table.someoneIsSilent(now)) writeMark();
    for (const { number, pins } of ledger.overdue(now, repeatMillis)) this.broadcast(number, pins);
    this.publishEnds(ledger.expire(now));
    if (now >= this.options.admitFrom && now >= this.nextAdmissionAt) this.admit(now);
    if (table.epoch !== this.publishedEpoch) this.publishView();
  }

  /** Counts joiners first, and tells them then; told again until their renewals show that they know. */
  private admit(now: number): void {
    const { table, ledger, connection, token } = this.options;
    const toAdmit = table.admitAll();
    if (toAdmit.length === 0) return;
    this.nextAdmissionAt = now + repeatMillis;
    const pins = ledger.openPins();
    for (const { incarnation, registration } of toAdmit) {
      connection.publish(
        cluster.subjects.admitted(registration.nodeId),
        encodeMessage<cluster.Admission>({ token, incarnation, pins }),
      );
    }
  }

  private publishView(): void {
    if (!this.options.isLeading()) return;
    this.publishedEpoch = this.options.table.epoch;
    this.options.connection.publish(cluster.subjects.view, encodeMessage(this.view()));
  }

  private view(): cluster.View {
    const { token, nodeId, table } = this.options;
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
    return { token, epoch: table.epoch, leaderId: nodeId, members };
  }
}
