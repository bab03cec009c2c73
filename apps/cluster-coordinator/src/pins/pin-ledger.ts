import { cluster } from '@tributary/contracts';
import { RecentChanges } from '@tributary/cluster';

/** Open pins that a leader keeps at most; beyond it writes wait, and answer 503 at their deadline. */
const openPinsMax = 100_000;
/** What somebody hasn't confirmed by then, to the leader or to a writer that asks again, may have been lost. */
const repeatMillis = 250;
/** Buckets of pins of late that are remembered for what members list. */
const recentBucketsMax = 50_000;

/** Who was told of a pin, and hears of its end: everybody, or these incarnations. */
export type Told = 'everybody' | Set<number>;

interface OpenPin {
  readonly pin: cluster.PinnedTags;
  readonly writer: string;
  until: number;
  granted: boolean;
  told: Told;
  /** When members were asked to confirm it to its writer; Infinity where the leader waits for them, or nobody was asked yet. */
  askedDirectlyAt: number;
}

/** A pin that needs a round; one that isn't new was asked for before. */
export interface FreshPin {
  readonly pin: cluster.PinnedTags;
  readonly isNew: boolean;
}

/** Pins that a round is about, and who has to confirm them. */
export interface Round {
  readonly number: number;
  readonly pins: readonly cluster.PinnedTags[];
  readonly waitingFor: Set<number>;
  /** Whether all members are told, and not only those who confirm. */
  readonly isForAll: boolean;
  /** The writer to whom they confirm, where it isn't the leader (R18). */
  readonly confirmTo: string | undefined;
  sentAt: number;
}

/** Ids of granted pins, by the writer that waits for them. */
export type Grants = Map<string, string[]>;

/**
 * The pins that are open, and who still has to confirm them. Guarantee: a pin is granted when every incarnation that was concerned when
 * its round began has confirmed it or is gone (R1). Of pins whose members confirm to the writer (R18) it keeps whom they concern, and the
 * writer decides. Pins end by their writer's word or after longer than a transaction (R6).
 * Pure: no timers, no messages; `now` is the leader's monotonic clock.
 */
export class PinLedger {
  private readonly open = new Map<string, OpenPin>();
  private readonly openByBucket = new Map<number, Set<string>>();
  private readonly recentBuckets = new RecentChanges<number>(recentBucketsMax);
  private readonly rounds = new Map<number, Round>();
  private lastRound = 0;
  /** Pins and ends that were seen; those before `settled` say nothing of what a former leader granted. */
  private sequence = 0;
  private settledAt = Infinity;

  constructor(private readonly pinMillis: number) {}

  /**
   * Takes requests. Answers those that need a round, for they are new, are to last longer, or were not confirmed to their writer in time,
   * and grants again what was granted already.
   */
  request(writer: string, pins: readonly cluster.PinnedTags[], now: number): { fresh: FreshPin[]; grants: Grants } {
    const fresh: FreshPin[] = [];
    const granted: string[] = [];
    for (const pin of pins) {
      const known = this.open.get(pin.id);
      if (known?.granted) granted.push(pin.id);
      if (known && pin.renews) known.until = now + this.pinMillis;
      if (known && (pin.renews || now - known.askedDirectlyAt >= repeatMillis)) {
        known.askedDirectlyAt = Infinity;
        fresh.push({ pin, isNew: false });
      }
      if (known || this.open.size >= openPinsMax) continue;
      const until = now + this.pinMillis;
      this.open.set(pin.id, { pin, writer, until, granted: false, told: new Set(), askedDirectlyAt: Infinity });
      for (const bucket of this.note(pin))
        this.openByBucket.set(bucket, (this.openByBucket.get(bucket) ?? new Set()).add(pin.id));
      fresh.push({ pin, isNew: true });
    }
    return { fresh, grants: granted.length > 0 ? new Map([[writer, granted]]) : new Map() };
  }

  /**
   * Begins a round for pins with those whom they concern; they are granted at once when that is nobody. One with `confirmTo` is not kept: its
   * writer decides, and asks again when it can't.
   */
  begin(
    pins: readonly cluster.PinnedTags[],
    concerned: readonly number[],
    { isForAll = false, confirmTo }: { isForAll?: boolean; confirmTo?: string | undefined },
    now: number,
  ): { round: Round; grants: Grants } {
    const round: Round = {
      number: (this.lastRound += 1),
      pins,
      waitingFor: new Set(concerned),
      isForAll,
      confirmTo,
      sentAt: now,
    };
    for (const { id } of pins) {
      const open = this.open.get(id);
      if (!open) continue;
      if (isForAll) open.told = 'everybody';
      else addTo(open.told, concerned);
      if (confirmTo !== undefined) open.askedDirectlyAt = now;
    }
    if (confirmTo !== undefined) return { round, grants: new Map() };
    this.rounds.set(round.number, round);
    return { round, grants: this.grantsOf([round]) };
  }

  confirmed(number: number, incarnation: number): Grants {
    const round = this.rounds.get(number);
    round?.waitingFor.delete(incarnation);
    return this.grantsOf(round ? [round] : []);
  }

  /** Nobody waits for members that are gone. Answers also the pins whose writers may wait for them: they need a round of the leader's now. */
  gone(incarnations: readonly number[]): { fresh: FreshPin[]; grants: Grants } {
    for (const round of this.rounds.values())
      for (const incarnation of incarnations) round.waitingFor.delete(incarnation);
    const fresh: FreshPin[] = [];
    for (const open of this.open.values()) {
      const { pin, told, askedDirectlyAt } = open;
      if (askedDirectlyAt === Infinity || !incarnations.some((each) => told === 'everybody' || told.has(each)))
        continue;
      open.askedDirectlyAt = Infinity;
      fresh.push({ pin, isNew: false });
    }
    return { fresh, grants: this.grantsOf([...this.rounds.values()]) };
  }

  /** Ends pins; answers who was told of each. Of those that are unknown a former leader may have told everybody. */
  end(ids: readonly string[]): Map<string, Told> {
    return new Map(ids.map((id) => [id, this.endOne(id)]));
  }

  /** Rounds that somebody hasn't confirmed for a while, to be sent again. */
  overdue(now: number): Round[] {
    const late = [...this.rounds.values()].filter((round) => now - round.sentAt >= repeatMillis);
    for (const round of late) round.sentAt = now;
    return late;
  }

  /** Forgets pins whose time is over, and rounds that hold none any more. Answers them as `end` does. */
  expire(now: number): Map<string, Told> {
    const ids = [...this.open.values()].filter((open) => open.until <= now).map((open) => open.pin.id);
    const ended = this.end(ids);
    for (const round of this.rounds.values()) {
      if (!round.pins.some((pin) => this.open.has(pin.id))) this.rounds.delete(round.number);
    }
    return ended;
  }

  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  /** Whether somebody has to confirm something yet. */
  get isWaiting(): boolean {
    return this.rounds.size > 0;
  }

  /** From now on positions count: what a former leader granted is over (R8). */
  settle(): void {
    if (this.settledAt < Infinity) return;
    this.sequence += 1;
    this.settledAt = this.sequence;
  }

  get isSettled(): boolean {
    return this.settledAt < Infinity;
  }

  /** See Position in contracts. */
  get position(): number {
    return this.isSettled ? this.sequence : 0;
  }

  /** Those of the buckets with a pin that was open at some time since the position that is given with each. */
  touchedSince(buckets: readonly (readonly [bucket: number, since: number])[]): number[] {
    const isTouched = (bucket: number, since: number) =>
      since < this.settledAt || this.openByBucket.has(bucket) || this.recentBuckets.isNotedAfter(bucket, since);
    return buckets.filter(([bucket, since]) => isTouched(bucket, since)).map(([bucket]) => bucket);
  }

  /** Hands over open pins, all or those of some buckets, to somebody who hears of their ends from now on. */
  handTo(incarnation: number, buckets?: readonly number[]): cluster.PinnedTags[] {
    const ids = buckets ? buckets.flatMap((bucket) => [...(this.openByBucket.get(bucket) ?? [])]) : this.open.keys();
    return [...new Set(ids)].flatMap((id) => {
      const open = this.open.get(id);
      if (!open) return [];
      addTo(open.told, [incarnation]);
      return [open.pin];
    });
  }

  private endOne(id: string): Told {
    const open = this.open.get(id);
    if (!open) return 'everybody';
    this.open.delete(id);
    for (const bucket of this.note(open.pin)) {
      const ids = this.openByBucket.get(bucket);
      ids?.delete(id);
      if (ids?.size === 0) this.openByBucket.delete(bucket);
    }
    return open.told;
  }

  private note(pin: cluster.PinnedTags): number[] {
    const buckets = pin.tags.map(cluster.bucketOf);
    this.sequence += 1;
    this.recentBuckets.note(buckets, this.sequence);
    return buckets;
  }

  private grantsOf(rounds: readonly Round[]): Grants {
    const grants: Grants = new Map();
    for (const round of rounds) {
      if (round.waitingFor.size > 0) continue;
      this.rounds.delete(round.number);
      for (const { id } of round.pins) {
        const open = this.open.get(id);
        if (!open) continue;
        open.granted = true;
        const ids = grants.get(open.writer);
        if (ids) ids.push(id);
        else grants.set(open.writer, [id]);
      }
    }
    return grants;
  }
}

function addTo(told: Told, incarnations: readonly number[]): void {
  if (told !== 'everybody') for (const incarnation of incarnations) told.add(incarnation);
}
