import type { NatsConnection } from '@nats-io/transport-node';
import { encodeMessage } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import type { Clock } from '@tributary/platform';
import type { MemberTable } from '../membership/member-table.js';
import type { FreshPin, Grants, PinLedger, Round, Told } from './pin-ledger.js';
import { SharerDirectory } from './sharer-directory.js';

/** An end waits this long for a round to travel with: each message wakes a member, and nobody waits for an end. */
const endLingerMillis = 2;
/** More of them confirm to the leader: what each is told has all their names in it. */
const confirmDirectlyMax = 32;

interface UnsentPin extends FreshPin {
  /** An incarnation that holds it by itself (R17). */
  readonly confirmedBy?: number | undefined;
  /** The writer, where it takes confirmations (R18). */
  readonly takenBy?: string | undefined;
}

export interface PinRoundsOptions {
  readonly connection: NatsConnection;
  readonly clock: Clock;
  readonly nodeId: string;
  readonly own: cluster.Term;
  readonly table: MemberTable;
  readonly ledger: PinLedger;
  /** Whether the leader's lease holds at this moment, by its own monotonic clock. */
  readonly isLeading: () => boolean;
  /** From when the table is known to be complete: nothing is granted before. */
  readonly grantFrom: number;
  /** Called when a round waits for somebody. */
  readonly began: () => void;
}

/**
 * A leader's conversation about pins: takes requests, asks those members whom they concern, and tells of the ends. Mostly these confirm to the
 * writer (R18): whom it asks must be complete then, so it asks only while its lease holds. Else it grants what all of them have confirmed.
 * What the directory names nobody for is granted at once.
 */
export class PinRounds {
  private readonly directory = new SharerDirectory();
  private unsent: UnsentPin[] = [];
  private endsForAll: string[] = [];
  private readonly endsFor = new Map<number, string[]>();
  private sendingSoon = false;
  private endingSoon = false;

  constructor(private readonly options: PinRoundsOptions) {}

  /** Ends that wait are told. */
  stop(): void {
    this.publishEnds();
  }

  takePins({ nodeId, pins, ends = [], confirms, takesConfirmations = false }: cluster.PinRequest): void {
    this.takeEnds({ ids: ends });
    const { fresh, grants } = this.options.ledger.request(nodeId, pins, this.options.clock.now());
    this.grant(grants);
    const confirmedBy = confirms?.store === this.options.own.store ? confirms.incarnation : undefined;
    const takenBy = takesConfirmations ? nodeId : undefined;
    this.beginSoon(fresh.map((each) => ({ ...each, confirmedBy, takenBy })));
  }

  takeEnds({ ids }: cluster.UnpinRequest): void {
    this.tellEnds(this.options.ledger.end(ids));
  }

  takeConfirmation({ store, token, round, incarnation }: cluster.Confirmation): void {
    const { own, ledger } = this.options;
    if (store === own.store && token === own.token) this.grant(ledger.confirmed(round, incarnation));
  }

  /** A member says what it holds. It is counted as a member, or it isn't heard: a joiner holds nothing. */
  takeListing(listing: cluster.Listing): void {
    const { own, table, ledger, connection } = this.options;
    const { store, token, incarnation, change, adds, nodeId } = listing;
    if (store !== own.store || token !== own.token || !table.isMember(incarnation)) return;
    const isWhole = this.directory.take(listing);
    if (adds.length === 0 && listing.all === undefined) return;
    const answer: cluster.Listed = {
      ...own,
      incarnation,
      change,
      isWhole,
      isReady: ledger.isSettled,
      position: ledger.position,
      touched: ledger.touchedSince(adds),
      pins: ledger.handTo(
        incarnation,
        adds.map(([bucket]) => bucket),
      ),
    };
    connection.publish(cluster.subjects.listed(nodeId), encodeMessage(answer));
  }

  gone(incarnations: readonly number[]): void {
    const { ledger } = this.options;
    this.directory.forget(incarnations);
    for (const incarnation of incarnations) this.endsFor.delete(incarnation);
    const { fresh, grants } = ledger.gone(incarnations);
    this.grant(grants);
    this.beginSoon(fresh);
  }

  /** What time brings: rounds that are late, pins that are over. */
  tick(now: number): void {
    const { ledger } = this.options;
    this.tellEnds(ledger.expire(now));
    for (const round of ledger.overdue(now)) this.tell(round);
  }

  private beginSoon(pins: readonly UnsentPin[]): void {
    if (pins.length === 0) return;
    this.unsent.push(...pins);
    if (this.sendingSoon) return;
    this.sendingSoon = true;
    // Requests that wait in the socket already travel in the same round.
    this.options.clock.soon(() => this.beginRounds());
  }

  private beginRounds(): void {
    this.sendingSoon = false;
    const { isLeading, ledger } = this.options;
    if (!isLeading()) return;
    const unsent = this.unsent.splice(0).filter(({ pin }) => ledger.isOpen(pin.id));
    // A renewal has nobody who would ask again: the leader sees to it.
    this.beginRound(unsent.filter(({ pin }) => pin.renews));
    const waitedFor = unsent.filter(({ pin }) => !pin.renews);
    this.beginRound(waitedFor.filter(({ isNew }) => isNew));
    // Each by itself: whoever it waits for in vain must not hold up others.
    for (const each of waitedFor.filter(({ isNew }) => !isNew)) this.beginRound([each]);
  }

  private beginRound(unsent: readonly UnsentPin[]): void {
    if (unsent.length === 0) return;
    const { ledger, table, clock } = this.options;
    const members = table.confirming();
    const concerned = new Set<number>();
    const takers = new Set<string | undefined>();
    const [shared, alone]: [cluster.PinnedTags[], cluster.PinnedTags[]] = [[], []];
    for (const { pin, isNew, confirmedBy, takenBy } of unsent) {
      const sharers = this.directory.sharersOf(pin.tags, members).filter((each) => each !== confirmedBy);
      for (const incarnation of sharers) concerned.add(incarnation);
      if (sharers.length > 0) takers.add(isNew && !pin.renews ? takenBy : undefined);
      (sharers.length > 0 ? shared : alone).push(pin);
    }
    if (alone.length > 0) this.grant(ledger.begin(alone, [], {}, clock.now()).grants);
    if (shared.length === 0) return;
    const asked = [...concerned];
    // Older members hear what is told to everybody only; and one message to all, the writer too, is less than one to each.
    const isForAll =
      asked.some((each) => this.directory.isUnlisted(each)) || (asked.length > 1 && asked.length >= members.length - 1);
    const confirmTo = takers.size === 1 && this.mayConfirmToWriter(asked) ? [...takers][0] : undefined;
    const { round } = ledger.begin(shared, asked, { isForAll, confirmTo }, clock.now());
    this.options.began();
    this.tell(round);
  }

  /** What is asked before the table is complete is decided by the leader, later. */
  private mayConfirmToWriter(asked: readonly number[]): boolean {
    const { clock, grantFrom, table } = this.options;
    const knowsAll = clock.now() >= grantFrom;
    return knowsAll && asked.length <= confirmDirectlyMax && asked.every((each) => table.confirmsToWriters(each));
  }

  /** What has ended meanwhile isn't told again: nobody would end it. */
  private tell({ number, waitingFor, isForAll, confirmTo, ...round }: Round): void {
    const { connection, nodeId, own, ledger, table } = this.options;
    const pins = round.pins.filter(({ id }) => ledger.isOpen(id));
    if (pins.length === 0) return;
    const { position } = ledger;
    const direct = confirmTo === undefined ? {} : { confirmTo: { nodeId: confirmTo, incarnations: [...waitingFor] } };
    const message: cluster.Pinned = { ...own, leaderId: nodeId, round: number, pins, position, ...direct };
    if (isForAll) {
      const ends = this.endsForAll.splice(0);
      connection.publish(cluster.subjects.pinned, encodeMessage<cluster.Pinned>({ ...message, ends }));
      return;
    }
    const withoutEnds = encodeMessage(message);
    for (const incarnation of waitingFor) {
      const member = table.nodeIdOf(incarnation);
      if (member === undefined) continue;
      const ends = this.takeEndsFor(incarnation);
      const encoded = ends.length > 0 ? encodeMessage<cluster.Pinned>({ ...message, ends }) : withoutEnds;
      connection.publish(cluster.subjects.pinnedAt(member), encoded);
    }
  }

  private tellEnds(ended: ReadonlyMap<string, Told>): void {
    for (const [id, told] of ended) {
      if (told === 'everybody') this.endsForAll.push(id);
      else for (const incarnation of told) this.endsOf(incarnation).push(id);
    }
    if (this.endingSoon || (this.endsForAll.length === 0 && this.endsFor.size === 0)) return;
    this.endingSoon = true;
    this.options.clock.after(endLingerMillis, () => this.publishEnds());
  }

  private publishEnds(): void {
    this.endingSoon = false;
    const { connection, own, table } = this.options;
    if (connection.isClosed()) return;
    const publish = (subject: string, ids: readonly string[]): void =>
      connection.publish(subject, encodeMessage<cluster.Unpinned>({ ...own, ids }));
    const ids = this.endsForAll.splice(0);
    if (ids.length > 0) publish(cluster.subjects.unpinned, ids);
    for (const incarnation of this.endsFor.keys()) {
      const member = table.nodeIdOf(incarnation);
      const own = this.takeEndsFor(incarnation);
      if (member !== undefined) publish(cluster.subjects.unpinnedAt(member), own);
    }
  }

  private endsOf(incarnation: number): string[] {
    const ids = this.endsFor.get(incarnation) ?? [];
    this.endsFor.set(incarnation, ids);
    return ids;
  }

  private takeEndsFor(incarnation: number): string[] {
    const ids = this.endsOf(incarnation);
    this.endsFor.delete(incarnation);
    return ids;
  }

  private grant(grants: Grants): void {
    const { connection, own, isLeading, clock, grantFrom } = this.options;
    // Writers ask again for what they weren't told.
    if (grants.size === 0 || !isLeading() || clock.now() < grantFrom) return;
    for (const [writer, ids] of grants)
      connection.publish(cluster.subjects.granted(writer), encodeMessage<cluster.Granted>({ ...own, ids }));
  }
}
