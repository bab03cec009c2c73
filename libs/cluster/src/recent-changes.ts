/**
 * When each tag, or bucket of tags, was last pinned or unpinned, in its owner's own sequence, for those of late: for loads whose tags are
 * known on arrival only (R3). Of `keysMax` keys at most; what was forgotten was noted at `forgottenSequence` at the latest.
 *
 * Two generations, and none of their entries is ever deleted: a tag that is noted again and again, as a busy space's is, would leave
 * its deleted places in the map, where each look-up passes them.
 */
export class RecentChanges<K> {
  private recent = new Map<K, number>();
  private older = new Map<K, number>();
  private olderUntil = 0;
  forgottenSequence = 0;

  constructor(private readonly keysMax: number) {}

  note(keys: Iterable<K>, sequence: number): void {
    for (const key of keys) this.recent.set(key, sequence);
    if (this.recent.size < this.keysMax / 2) return;
    this.forgottenSequence = this.olderUntil;
    this.older = this.recent;
    this.olderUntil = sequence;
    this.recent = new Map();
  }

  /** Whether the key may have been noted after that moment: of moments before `forgottenSequence` nothing is known. */
  isNotedAfter(key: K, sequence: number): boolean {
    return sequence < this.forgottenSequence || (this.recent.get(key) ?? this.older.get(key) ?? 0) > sequence;
  }
}
