import { cluster } from '@tributary/contracts';
import { BucketSet } from './bucket-set.js';

/** Answers that wait at most for the leader's word that they may be kept; beyond it they are loaded again. */
const waitingMax = 256;
/** Buckets of one listing; a cold cache that is filled lists many. */
const addsMax = 4_000;

/** Buckets that stay listed although nothing is kept of them at the moment: what was read is read again. */
const activeMax = 20_000;

/** A moment of a load: the gate's sequence when it began, and the leader's position that was known then. */
export interface Moment {
  readonly sequence: number;
  readonly heard: Heard;
}
/** What was heard last of a leader's position. */
export interface Heard {
  readonly token: number;
  readonly position: number;
}

interface Batch {
  change: number;
  readonly adds: Map<number, Moment>;
  readonly drops: Set<number>;
  readonly keeps: (() => void)[];
  sentAt: number;
}

interface ActiveBucket {
  /** The gate's sequence: answers of loads that began earlier can't rely on the directory. */
  readonly since: number;
  entries: number;
}

/**
 * What this process lists in the leader's directory: the buckets of the tags whose answers it keeps (R14). Guarantee: while a bucket is
 * active for a moment, every pin of it since then has come, or comes, to this process before it is granted.
 *
 * Pure: no timers, no messages; whoever owns it sends what `takeUnsent` and `whole` answer, and tells what came back.
 */
export class ListedBuckets {
  private readonly active = new Map<number, ActiveBucket>();
  private readonly sent = new Map<number, Batch>();
  private readonly pending = new Map<number, Batch>();
  private unsent = emptyBatch();
  private lastChange = 0;
  private waiting = 0;
  /** The leader that knows the whole list. */
  private knownBy = -1;
  /** False under a leader without a directory: every pin comes then. */
  isUsed = false;
  /** Called when there is something to send. */
  tell: () => void = () => undefined;

  /** A new incarnation: it holds nothing, and no leader knows it. */
  begin(isUsed: boolean): void {
    this.isUsed = isUsed;
    this.active.clear();
    this.sent.clear();
    this.pending.clear();
    this.unsent = emptyBatch();
    this.waiting = 0;
    this.knownBy = -1;
  }

  /** Whether pins of this tag have come here since that moment: `later` when they do from now on, for another load. */
  covers(tag: string, sequence: number): 'yes' | 'later' | 'no' {
    if (!this.isUsed) return 'yes';
    const bucket = this.active.get(cluster.bucketOf(tag));
    if (!bucket) return 'no';
    return bucket.since <= sequence ? 'yes' : 'later';
  }

  /** Asks for what isn't active; `keep` is called when the leader has answered for all of it. */
  want(tags: readonly string[], moment: Moment, keep: () => void): void {
    if (this.waiting >= waitingMax || this.unsent.adds.size >= addsMax) return;
    let batch: Batch | undefined;
    for (const bucket of new Set(tags.map(cluster.bucketOf))) {
      if (this.active.has(bucket)) continue;
      const asked = this.pending.get(bucket);
      if (!asked && !this.unsent.adds.has(bucket)) this.unsent.adds.set(bucket, moment);
      if (!asked) batch = this.unsent;
      else if (!batch || (batch !== this.unsent && asked.change > batch.change)) batch = asked;
    }
    if (!batch) return;
    batch.keeps.push(keep);
    this.waiting += 1;
    if (batch === this.unsent) this.tell();
  }

  /** A pin of this tag came. What nothing is kept of isn't listed any more, so that writes stop asking for it. */
  pinned(tag: string): void {
    const bucket = cluster.bucketOf(tag);
    if (this.active.get(bucket)?.entries === 0) this.drop(bucket);
  }

  /** Entries with these tags came into a cache (+1) or left it (-1). */
  counted(tags: readonly string[], difference: 1 | -1): void {
    for (const tag of tags) {
      const bucket = this.active.get(cluster.bucketOf(tag));
      if (bucket) bucket.entries += difference;
    }
  }

  get hasUnsent(): boolean {
    return this.unsent.adds.size > 0 || this.unsent.drops.size > 0;
  }

  /** What is to be told to the leader with this token, which it answers by its `change`. */
  takeUnsent(token: number, now: number): Pick<cluster.Listing, 'change' | 'adds' | 'drops'> {
    const batch = this.unsent;
    this.unsent = emptyBatch();
    batch.sentAt = now;
    const change = (this.lastChange += 1);
    batch.change = change;
    this.sent.set(change, batch);
    for (const bucket of batch.adds.keys()) this.pending.set(bucket, batch);
    const adds = [...batch.adds].map(
      ([bucket, { heard }]) => [bucket, heard.token === token ? heard.position : 0] as const,
    );
    return { change, adds, drops: [...batch.drops] };
  }

  /** Whether that leader still asks this process of every pin, for want of its list. */
  isUnknownTo(token: number): boolean {
    return this.isUsed && this.knownBy !== token;
  }

  /** The whole list, for a new leader: what is active, and what a former leader, or this one, may yet make so. */
  whole(): Required<Pick<cluster.Listing, 'change' | 'all'>> {
    const all = BucketSet.of([...this.active.keys(), ...this.pending.keys()]).toText();
    return { change: (this.lastChange += 1), all };
  }

  /** The leader's answer; `sequence` is the gate's, after it took the answer's pins. */
  answered({ token, change, isWhole, isReady, touched }: cluster.Listed, sequence: number): void {
    if (isWhole) this.knownBy = token;
    const batch = this.sent.get(change);
    if (!batch) return;
    this.forget(change, batch);
    if (!isReady) return;
    const isTouched = new Set(touched);
    for (const [bucket, moment] of batch.adds)
      this.active.set(bucket, { since: isTouched.has(bucket) ? sequence : moment.sequence, entries: 0 });
    for (const keep of batch.keeps) keep();
  }

  /** Doesn't wait any more for answers to what was sent before that time: the message, its answer, or its leader is lost. */
  giveUp(sentBefore: number): void {
    for (const [change, batch] of this.sent) if (batch.sentAt < sentBefore) this.forget(change, batch);
  }

  /** Takes what nothing is kept of off a list that has grown long. */
  shorten(): void {
    if (this.active.size <= activeMax) return;
    for (const [bucket, { entries }] of this.active) if (entries === 0) this.drop(bucket);
  }

  private drop(bucket: number): void {
    this.active.delete(bucket);
    this.unsent.drops.add(bucket);
    this.tell();
  }

  private forget(change: number, batch: Batch): void {
    this.sent.delete(change);
    this.waiting -= batch.keeps.length;
    for (const bucket of batch.adds.keys()) this.pending.delete(bucket);
  }
}

const emptyBatch = (): Batch => ({ adds: new Map(), drops: new Set(), keeps: [], change: Infinity, sentAt: Infinity });
