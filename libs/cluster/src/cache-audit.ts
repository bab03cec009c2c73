import { isDeepStrictEqual } from 'node:util';

/** Entries of one cache that can be looked at: each holds what is needed to ask its owner again. */
const samplesMax = 64;

/** Asks the owner once more for an entry's value, past this cache. Must hold no secret and no request: it lives as long as the entry. */
export type AskAgain<T> = () => Promise<T>;

/** What the auditor looked at since the process started. */
export interface AuditFigures {
  readonly name: string;
  readonly same: number;
  /** What the owner says otherwise: a defect. */
  readonly stale: number;
  /** What changed while it was looked at, whose owner didn't answer, or who answers differently each time. */
  readonly unknown: number;
}

/** An entry while it is compared. */
export interface Audited<T> {
  readonly key: string;
  readonly value: T;
  readonly tags: readonly string[];
  /** Whether the entry is still there, and nothing that it depends on was about to change since the comparison began. */
  readonly isComparable: () => boolean;
}

/** A stale entry, as it is reported. */
export interface StaleEntry {
  readonly cache: string;
  readonly key: string;
  readonly tags: readonly string[];
}

export type AuditOutcome = 'same' | 'stale' | 'unknown';

/**
 * The entries of one cache that the auditor may look at, and what it found. Guarantee: `stale` is said only of an entry that its owner
 * contradicted twice with the same answer, while nothing that it depends on was being changed. Not promised: that all stale entries
 * are found; it is a sample, and an owner whose own cache is stale agrees with what it told before (owners' caches are audited as well).
 */
export class CacheAudit<T> {
  private readonly samples = new Map<string, AskAgain<T>>();
  private readonly counts: Record<AuditOutcome, number> = { same: 0, stale: 0, unknown: 0 };

  constructor(
    readonly name: string,
    private readonly same: (one: T, other: T) => boolean = isDeepStrictEqual,
  ) {}

  figures(): AuditFigures {
    return { name: this.name, ...this.counts };
  }

  /** Takes an entry into the sample, where it may have to make room for another; `entries` is how many there are of which it is one. */
  offer(key: string, again: AskAgain<T>, entries: number): void {
    if (this.samples.size >= samplesMax && !this.samples.has(key)) {
      if (Math.random() * entries >= samplesMax) return;
      const [oldest] = this.samples.keys();
      if (oldest !== undefined) this.samples.delete(oldest);
    }
    this.samples.set(key, again);
  }

  drop(key: string): void {
    this.samples.delete(key);
  }

  dropAll(): void {
    this.samples.clear();
  }

  /** Keys of the sample, in a random order. */
  keys(): string[] {
    return [...this.samples.keys()].toSorted(() => Math.random() - 0.5);
  }

  async compare(audited: Audited<T>): Promise<AuditOutcome> {
    const outcome = await this.outcomeOf(audited);
    this.counts[outcome] += 1;
    return outcome;
  }

  private async outcomeOf({ key, value, isComparable }: Audited<T>): Promise<AuditOutcome> {
    const again = this.samples.get(key);
    if (!again) return 'unknown';
    try {
      const truth = await again();
      if (this.same(value, truth)) return 'same';
      // Once more: what answers differently each time isn't stale.
      const isSteady = isComparable() && this.same(truth, await again());
      return isSteady && isComparable() ? 'stale' : 'unknown';
    } catch {
      // An owner that is away or refuses says nothing of the entry; it counts as such.
      return 'unknown';
    }
  }
}
