/**
 * When each tag was last pinned or unpinned, in the gate's own sequence, for the tags of late: for loads whose tags are known on
 * arrival only (R3). Of `tagsMax` tags at most; what was forgotten was noted at `forgottenSequence` at the latest.
 *
 * Two generations, and none of their entries is ever deleted: a tag that is noted again and again, as a busy space's is, would leave
 * its deleted places in the map, where each look-up passes them.
 */
export class RecentTags {
  private recent = new Map<string, number>();
  private older = new Map<string, number>();
  private olderUntil = 0;
  forgottenSequence = 0;

  constructor(private readonly tagsMax: number) {}

  note(tags: readonly string[], sequence: number): void {
    for (const tag of tags) this.recent.set(tag, sequence);
    if (this.recent.size < this.tagsMax / 2) return;
    this.forgottenSequence = this.olderUntil;
    this.older = this.recent;
    this.olderUntil = sequence;
    this.recent = new Map();
  }

  /** Whether the tag was noted after that moment; unknown, and false, for moments before `forgottenSequence`. */
  isNotedAfter(tag: string, sequence: number): boolean {
    return (this.recent.get(tag) ?? this.older.get(tag) ?? 0) > sequence;
  }
}
