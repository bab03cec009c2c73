import { BucketSet } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';

interface SharerList {
  buckets: BucketSet;
  isWhole: boolean;
  lastChange: number;
}

/**
 * Which incarnation of a member may hold answers of which buckets of tags: a pin asks those alone. Guarantee: whoever isn't named by
 * `sharersOf` holds nothing with these tags, and keeps nothing of them before this leader has answered its listing (R14). Who hasn't told
 * all to this leader yet is asked of everything (R15); what is withdrawn counts only where no later listing was seen (R16).
 *
 * It is what directory-based cache coherence calls its directory (Censier and Feautrier, 1978), with buckets for lines.
 * Pure: no timers, no messages.
 */
export class SharerDirectory {
  private readonly lists = new Map<number, SharerList>();

  /** Takes a listing, which may come late or twice. Answers whether the whole list is known. */
  take({ incarnation, change, all, adds, drops }: cluster.Listing): boolean {
    const list = this.listOf(incarnation);
    if (change > list.lastChange) {
      list.lastChange = change;
      // A list that can't be read isn't known: its member stays asked of everything.
      const whole = all === undefined ? undefined : BucketSet.parse(all);
      if (whole) {
        list.buckets = whole;
        list.isWhole = true;
      }
      for (const bucket of drops) list.buckets.delete(bucket);
    }
    for (const [bucket] of adds) list.buckets.add(bucket);
    return list.isWhole;
  }

  /** Whether it is asked of every pin, for want of its list. */
  isUnlisted(incarnation: number): boolean {
    return !this.lists.get(incarnation)?.isWhole;
  }

  /** Those of the members who may hold something with one of these tags. */
  sharersOf(tags: readonly string[], members: readonly number[]): number[] {
    const buckets = tags.map(cluster.bucketOf);
    return members.filter((incarnation) => {
      const list = this.lists.get(incarnation);
      return !list?.isWhole || buckets.some((bucket) => list.buckets.has(bucket));
    });
  }

  forget(incarnations: readonly number[]): void {
    for (const incarnation of incarnations) this.lists.delete(incarnation);
  }

  private listOf(incarnation: number): SharerList {
    const known = this.lists.get(incarnation);
    if (known) return known;
    const list: SharerList = { buckets: BucketSet.of(), isWhole: false, lastChange: -1 };
    this.lists.set(incarnation, list);
    return list;
  }
}
