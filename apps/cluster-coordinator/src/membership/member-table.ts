import type { cluster } from '@tributary/contracts';

export interface CountedMember {
  readonly registration: cluster.MemberRegistration;
  readonly incarnation: number;
  /** When this leader last saw a renewal, on its own monotonic clock. */
  seenAt: number;
  /** `member`: writes wait for it. `joining`: it may not use caches yet. */
  state: 'joining' | 'member';
  admitted: boolean;
}

/**
 * Whom the leader counts. Guarantee: an incarnation that may still serve from caches is in here as `member` (rules R4, R7, R8, R13).
 *
 * Clocks: the leader's monotonic one, passed in. Silence is counted from what the leader saw; and since what it sees may be late, nobody
 * is counted out before a mark that was written after the silence was long enough has been seen as well: everything stored before
 * that mark has then been seen. Not promised: that members are alive; only that those who aren't counted don't serve.
 *
 * Pure: no timers, no messages.
 */
export class MemberTable {
  private readonly members = new Map<number, CountedMember>();
  /** Never counted again: an incarnation that was given up can't come back, its process registers anew. */
  private readonly gone = new Set<number>();
  epoch = 0;

  constructor(private readonly leaseMillis: number) {}

  /**
   * A registration or a renewal was seen. Those from before the election count as members at once (R8). Answers the incarnations
   * that went by it.
   */
  seen(registration: cluster.MemberRegistration, incarnation: number, now: number, beforeElection: boolean): number[] {
    const known = this.members.get(incarnation);
    if (known) {
      known.seenAt = now;
      known.admitted = registration.admitted;
      return [];
    }
    if (this.gone.has(incarnation)) return [];
    const state = beforeElection ? 'member' : 'joining';
    this.members.set(incarnation, { registration, incarnation, seenAt: now, state, admitted: registration.admitted });
    this.epoch += 1;
    // The process itself says that this one has lapsed, and it has dropped its entries.
    if (registration.replaces === 0) return [];
    this.remove(registration.replaces);
    return [registration.replaces];
  }

  /** A member gave its lease back: it has dropped its entries. Answers the incarnations that went. */
  left(incarnation: number): number[] {
    if (!this.members.has(incarnation)) return [];
    this.remove(incarnation);
    return [incarnation];
  }

  /** Whether somebody has been silent for a lease, so that a mark is worth writing. */
  someoneIsSilent(now: number): boolean {
    return [...this.members.values()].some((member) => now - member.seenAt >= this.leaseMillis);
  }

  /** Counts out who was silent for a lease when the mark was written that has now been seen. Answers the incarnations that went. */
  countOut(markWrittenAt: number): number[] {
    const went = [...this.members.values()]
      .filter((member) => markWrittenAt - member.seenAt >= this.leaseMillis)
      .map((member) => member.incarnation);
    for (const incarnation of went) this.remove(incarnation);
    return went;
  }

  /** Counts all joiners as members from now on, and answers who needs an admission (again). */
  admitAll(): CountedMember[] {
    const toAdmit = [...this.members.values()].filter((member) => member.registration.caches && !member.admitted);
    for (const member of this.members.values()) {
      if (member.state === 'joining') {
        member.state = 'member';
        this.epoch += 1;
      }
    }
    return toAdmit;
  }

  /** Who must confirm a pin now. */
  confirming(): number[] {
    return [...this.members.values()]
      .filter((member) => member.state === 'member' && member.registration.caches)
      .map((member) => member.incarnation);
  }

  has(incarnation: number): boolean {
    return this.members.has(incarnation);
  }

  /** Whether writes wait for it. */
  isMember(incarnation: number): boolean {
    return this.members.get(incarnation)?.state === 'member';
  }

  /** Whether it confirms to writers, if it is asked to (R18). */
  confirmsToWriters(incarnation: number): boolean {
    return this.members.get(incarnation)?.registration.confirmsToWriters ?? false;
  }

  nodeIdOf(incarnation: number): string | undefined {
    return this.members.get(incarnation)?.registration.nodeId;
  }

  all(): readonly CountedMember[] {
    return [...this.members.values()];
  }

  private remove(incarnation: number): void {
    if (this.members.delete(incarnation)) this.epoch += 1;
    this.gone.add(incarnation);
  }
}
