import type { cluster } from '@tributary/contracts';
import { ListedBuckets, type Heard } from './listed-buckets.js';
import { RecentChanges } from './recent-changes.js';

/** Tags of recent pins that are remembered for loads whose tags are known on arrival only (R3). */
const recentTagsMax = 50_000;

/** The right to keep what one load brings: nothing that it depends on may have been pinned since. */
export interface Permit {
  readonly sequence: number;
  readonly incarnation: number;
  readonly epoch: number;
  readonly heard: Heard;
}

/** What the gate tells the caches of its process. */
export interface GatedCache {
  dropTags(tags: readonly string[]): void;
  dropAll(): void;
}

export interface GateTimes {
  /** Longer than any transaction (R6): a pin that nobody ends is over then. */
  readonly pinMillis: number;
}

/**
 * Whether this process may serve and fill its caches.
 *
 * Guarantee: while `isServing` holds, no entry depends on anything whose change was committed after the entry's load began
 * (rules R2, R3, R5, R7, R9, R13, R14, R17), as long as writers pin before they commit and the leader, or the writer for it, waits for this member; and nobody but this
 * cluster writes to the database, nor was it replaced by an older one, for as long as the cluster's hold on it lasts.
 * Clocks: only this process's monotonic clock, given as `now`, which may run at a slightly different rate than others'; a
 * margin of the lease covers that. Not promised: that it serves at all; every doubt ends in "no".
 *
 * Pure: no timers, no messages. Whoever owns it tells it what happened.
 */
export class CacheGate {
  private incarnation = 0;
  private leaseUntil = -Infinity;
  /** When the lease that was lost last was over; before the first one, the start. */
  private heldUntil: number;
  private lapses = 0;
  private admittedIncarnation = -1;
  /** The store of leases that this process is registered in, and the newest leader's token that was seen there. */
  private store = -1;
  private token = 0;
  /** The cluster's hold on its database, as the leader told of it. */
  private epoch = 0;
  private heldDatabaseUntil = -Infinity;
  /** Grows with every pin, every end of one, and whatever else divides loads; a permit is a moment in it. */
  private sequence = 0;
  private readonly open = new Map<string, { tags: readonly string[]; until: number }>();
  private readonly openTags = new Map<string, number>();
  private readonly recentTags = new RecentChanges<string>(recentTagsMax);
  private readonly caches: GatedCache[] = [];
  private heard: Heard = { token: 0, position: 0 };
  /** What the leader's directory knows of this process. */
  readonly lists = new ListedBuckets();

  constructor(
    private readonly times: GateTimes,
    private readonly now: () => number,
  ) {
    this.heldUntil = now();
  }

  add(cache: GatedCache): void {
    this.caches.push(cache);
  }

  isServing(): boolean {
    const now = this.now();
    return this.admittedIncarnation === this.incarnation && now < this.leaseUntil && now < this.heldDatabaseUntil;
  }

  /** Whether the lease holds, whoever leads; what must not go on in a minority asks this. */
  holdsLease(): boolean {
    return this.now() < this.leaseUntil;
  }

  /** How the lease is, for people. */
  get lease(): { readonly isHeld: boolean; readonly lapsedMillis: number; readonly lapses: number } {
    const isHeld = this.holdsLease();
    const until = this.leaseUntil === -Infinity ? this.heldUntil : this.leaseUntil;
    return { isHeld, lapsedMillis: isHeld ? 0 : Math.round(this.now() - until), lapses: this.lapses };
  }

  /** Pins that are open at this moment. */
  get openPins(): number {
    return this.open.size;
  }

  get isAdmitted(): boolean {
    return this.admittedIncarnation === this.incarnation;
  }

  /** Which incarnation this is, under which leader, as far as it knows. */
  get membership(): cluster.Term & { readonly incarnation: number } {
    const { store, token, incarnation } = this;
    return { store, token, incarnation };
  }

  /** The store of leases that this process is registered in; -1 before it is. */
  get registeredIn(): number {
    return this.store;
  }

  /** Takes note of a leader; false when a newer one is known (R9), or it leads another store: tokens of two stores have no order. */
  acknowledge({ store, token }: cluster.Term): boolean {
    if (store !== this.store || token < this.token) return false;
    this.token = token;
    return true;
  }

  /** How far a leader had come when it sent something. */
  hear({ store, token, position = 0 }: cluster.Term & cluster.Position): void {
    if (!this.acknowledge({ store, token })) return;
    if (token === this.heard.token && position <= this.heard.position) return;
    // Loads from before this moment are of an earlier position.
    this.sequence += 1;
    this.heard = { token, position };
  }

  /** A new registration: a joiner with empty caches, whatever it was before (R7). */
  registered(incarnation: number, leaseUntil: number, store: number): void {
    this.dropAll();
    if (store !== this.store) this.token = 0;
    this.heard = { token: 0, position: 0 };
    this.lists.begin(false);
    this.store = store;
    this.incarnation = incarnation;
    this.leaseUntil = leaseUntil;
    this.admittedIncarnation = -1;
  }

  /** A renewal in time. One that comes when the lease is over is too late: false, and the process must register anew. */
  renewed(leaseUntil: number): boolean {
    if (this.now() >= this.leaseUntil) {
      this.lapse();
      return false;
    }
    this.leaseUntil = leaseUntil;
    return true;
  }

  /** Stops serving and forgets every entry. */
  lapse(): void {
    if (this.leaseUntil > -Infinity) {
      this.heldUntil = Math.min(this.leaseUntil, this.now());
      this.lapses += 1;
    }
    this.leaseUntil = -Infinity;
    this.admittedIncarnation = -1;
    this.dropAll();
  }

  /** The leader counts this member from before it sent this; the open pins come with it. */
  admit({ store, token, incarnation, pins, lists = false }: cluster.Admission): boolean {
    if (!this.acknowledge({ store, token }) || incarnation !== this.incarnation) return false;
    if (!this.isAdmitted) this.lists.begin(lists);
    for (const pin of pins) this.openPin(pin);
    this.admittedIncarnation = incarnation;
    return true;
  }

  /** The cluster holds its database. In another epoch it may be another database: what was cached, or is being loaded, is of the former one. */
  holdsDatabase(epoch: number, until: number): void {
    if (epoch !== this.epoch) {
      this.dropAll();
      this.epoch = epoch;
      this.heldDatabaseUntil = until;
    }
    this.heldDatabaseUntil = Math.max(this.heldDatabaseUntil, until);
  }

  /** Tags are about to change. Answers whether to confirm: entries are dropped, and loads under way will not be kept. */
  pin({ store, token, pins }: cluster.Term & Pick<cluster.Pinned, 'pins'>): boolean {
    if (!this.acknowledge({ store, token })) return false;
    for (const pin of pins) this.openPin(pin);
    return true;
  }

  /** The leader's answer to a listing. */
  listed(answer: cluster.Listed): void {
    if (!this.acknowledge(answer) || answer.incarnation !== this.incarnation) return;
    for (const pin of answer.pins) this.openPin(pin);
    this.hear(answer);
    // Loads from before this moment can't rely on the directory where it says so.
    this.sequence += 1;
    this.lists.answered(answer, this.sequence);
  }

  /** The leader's word that pins are over. What this process holds itself is over by its own word alone. */
  unpin(ids: readonly string[]): void {
    for (const id of ids) if (this.open.get(id)?.until !== Infinity) this.closePin(id);
  }

  /**
   * A write of this process is about to ask for a pin. It holds here from now on, whichever incarnation this is or becomes, until
   * that write is over (R17).
   */
  holdOwn(pin: cluster.PinnedTags): void {
    this.openPin(pin, Infinity);
  }

  /** The write is over. */
  releaseOwn(id: string): void {
    this.closePin(id);
  }

  /** Ends pins whose time is over, for writers that died. */
  expirePins(): void {
    for (const [id, pin] of this.open) if (pin.until <= this.now()) this.closePin(id);
  }

  /** Taken before a load begins; undefined when nothing may be kept now. */
  permit(): Permit | undefined {
    const { sequence, incarnation, epoch, heard } = this;
    return this.isServing() ? { sequence, incarnation, epoch, heard } : undefined;
  }

  /** Whether an answer with these tags, loaded under this permit, may be kept. */
  mayKeep(permit: Permit, tags: readonly string[]): boolean {
    return this.isUnchanged(permit, tags) && tags.every((tag) => this.lists.covers(tag, permit.sequence) === 'yes');
  }

  /** Calls `keep` as soon as such an answer may be kept: at once, when the leader has listed it, or never. */
  keepWhenListed(permit: Permit, tags: readonly string[], keep: () => void): void {
    if (this.mayKeep(permit, tags)) keep();
    else if (this.isUnchanged(permit, tags) && tags.every((tag) => this.lists.covers(tag, permit.sequence) !== 'later'))
      this.lists.want(tags, permit, () => {
        if (this.mayKeep(permit, tags)) keep();
      });
  }

  private isUnchanged(permit: Permit, tags: readonly string[]): boolean {
    const isOfThisTime = permit.incarnation === this.incarnation && permit.epoch === this.epoch;
    if (!this.isServing() || !isOfThisTime) return false;
    return tags.every((tag) => !this.openTags.has(tag) && !this.recentTags.isNotedAfter(tag, permit.sequence));
  }

  private openPin({ id, tags }: cluster.PinnedTags, until = this.now() + this.times.pinMillis): void {
    const known = this.open.get(id);
    if (known) {
      known.until = Math.max(known.until, until);
      return;
    }
    this.open.set(id, { tags, until });
    for (const tag of tags) {
      this.lists.pinned(tag);
      this.openTags.set(tag, (this.openTags.get(tag) ?? 0) + 1);
    }
    this.remember(tags);
    for (const cache of this.caches) cache.dropTags(tags);
  }

  private closePin(id: string): void {
    const pin = this.open.get(id);
    if (!pin) return;
    this.open.delete(id);
    for (const tag of pin.tags) {
      const count = (this.openTags.get(tag) ?? 1) - 1;
      if (count === 0) this.openTags.delete(tag);
      else this.openTags.set(tag, count);
    }
    // A load that began while the pin was open may have read what was there before the commit.
    this.remember(pin.tags);
  }

  /** Loads that began before this moment may not keep anything with these tags. */
  private remember(tags: readonly string[]): void {
    this.sequence += 1;
    this.recentTags.note(tags, this.sequence);
  }

  private dropAll(): void {
    for (const cache of this.caches) cache.dropAll();
  }
}
