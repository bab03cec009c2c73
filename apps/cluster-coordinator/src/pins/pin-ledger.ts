import type { cluster } from '@tributary/contracts';

/** Open pins that a leader keeps at most; beyond it writes wait, and answer 503 at their deadline. */
const openPinsMax = 100_000;

interface OpenPin {
  readonly pin: cluster.PinnedTags;
  readonly writer: string;
  readonly until: number;
  granted: boolean;
}

interface Round {
  readonly number: number;
  readonly pins: readonly cluster.PinnedTags[];
  readonly waitingFor: Set<number>;
  sentAt: number;
}

/** Ids of granted pins, by the writer that waits for them. */
export type Grants = Map<string, string[]>;

/**
 * The pins that are open, and who still has to confirm them. Guarantee: a pin is granted when every incarnation that was a member when it
 * was broadcast has confirmed it or is gone (R1). Pins end by their writer's word or after longer than a transaction (R6).
 * Pure: no timers, no messages; `now` is the leader's monotonic clock.
 */
export class PinLedger {
  private readonly open = new Map<string, OpenPin>();
  private readonly rounds = new Map<number, Round>();
  private lastRound = 0;

  constructor(private readonly pinMillis: number) {}

  /** Takes requests. Answers those that are new, for a round, and grants again what was granted already. */
  request(
    writer: string,
    pins: readonly cluster.PinnedTags[],
    now: number,
  ): { fresh: cluster.PinnedTags[]; grants: Grants } {
    const fresh: cluster.PinnedTags[] = [];
    const granted: string[] = [];
    for (const pin of pins) {
      const known = this.open.get(pin.id);
      if (known?.granted) granted.push(pin.id);
      if (known || this.open.size >= openPinsMax) continue;
      this.open.set(pin.id, { pin, writer, until: now + this.pinMillis, granted: false });
      fresh.push(pin);
    }
    return { fresh, grants: granted.length > 0 ? new Map([[writer, granted]]) : new Map() };
  }

  /** Begins a round for pins; they are granted at once when nobody has to confirm. */
  begin(
    pins: readonly cluster.PinnedTags[],
    members: readonly number[],
    now: number,
  ): { round: number; grants: Grants } {
    const round: Round = { number: (this.lastRound += 1), pins, waitingFor: new Set(members), sentAt: now };
    this.rounds.set(round.number, round);
    return { round: round.number, grants: this.grantsOf([round]) };
  }

  confirmed(number: number, incarnation: number): Grants {
    const round = this.rounds.get(number);
    round?.waitingFor.delete(incarnation);
    return this.grantsOf(round ? [round] : []);
  }

  /** Nobody waits for members that are gone. */
  gone(incarnations: readonly number[]): Grants {
    for (const round of this.rounds.values())
      for (const incarnation of incarnations) round.waitingFor.delete(incarnation);
    return this.grantsOf([...this.rounds.values()]);
  }

  /** Ends pins; answers nothing for those that are unknown. */
  end(ids: readonly string[]): void {
    for (const id of ids) this.open.delete(id);
  }

  /** Rounds that somebody hasn't confirmed for a while, to be sent again. */
  overdue(now: number, afterMillis: number): { number: number; pins: readonly cluster.PinnedTags[] }[] {
    const late = [...this.rounds.values()].filter((round) => now - round.sentAt >= afterMillis);
    for (const round of late) round.sentAt = now;
    return late;
  }

  /** Forgets pins whose time is over, and rounds that hold none any more. Answers the ids. */
  expire(now: number): string[] {
    const ids = [...this.open.values()].filter((open) => open.until <= now).map((open) => open.pin.id);
    this.end(ids);
    for (const round of this.rounds.values()) {
      if (!round.pins.some((pin) => this.open.has(pin.id))) this.rounds.delete(round.number);
    }
    return ids;
  }

  /** Whether somebody has to confirm something yet. */
  get isWaiting(): boolean {
    return this.rounds.size > 0;
  }

  openPins(): cluster.PinnedTags[] {
    return [...this.open.values()].map((open) => open.pin);
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
