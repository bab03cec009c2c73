import type { cluster } from '@tributary/contracts';

export interface Registered {
  readonly registration: cluster.MemberRegistration;
  readonly incarnation: number;
}

/**
 * Who is registered, as one coordinator sees it in the stream of leases while it doesn't lead; what a new leader begins with (R8).
 * Guarantee: from `completeFrom()` on, `atElection` names every incarnation that may still serve from caches.
 *
 * A key that ran out says only what a NATS server's clock believes (R4): its member may go on serving for a lease, and is named so
 * long. Nobody can know of keys that ran out before this coordinator began to watch, so it has to wait a lease for those.
 *
 * Pure: no timers, no messages; times are this process's monotonic clock.
 */
export class Registrations {
  private readonly current = new Map<string, Registered>();
  /** Whose keys are gone without a word of theirs, and when that was seen. */
  private readonly ranOut = new Map<number, Registered & { readonly seenAt: number }>();
  private since = Infinity;

  constructor(private readonly leaseMillis: number) {}

  /** The stream is watched from its present state on; what was known may have missed something. */
  watchBegan(now: number): void {
    this.current.clear();
    this.ranOut.clear();
    this.since = now;
  }

  /** A registration or a renewal. */
  put(registered: Registered, now: number): void {
    const { registration, incarnation } = registered;
    const before = this.current.get(registration.nodeId);
    this.current.set(registration.nodeId, registered);
    // The process itself says that the one which it replaces has lapsed; another one of this name may be a process that still runs.
    this.ranOut.delete(registration.replaces);
    if (before && before.incarnation !== incarnation && before.incarnation !== registration.replaces)
      this.expire(before, now);
  }

  /** A member gave its lease back. Answers its registration where that is known. */
  left(nodeId: string): Registered | undefined {
    const last = this.current.get(nodeId);
    this.current.delete(nodeId);
    return last;
  }

  /** A member's key is gone without a word of its own. */
  keyRanOut(nodeId: string, now: number): void {
    const last = this.left(nodeId);
    if (last) this.expire(last, now);
  }

  /** When a leader may rely on what it knows; it grants nothing before. */
  completeFrom(): number {
    return this.since + this.leaseMillis;
  }

  /** Everybody whom a new leader must count. */
  atElection(now: number): Registered[] {
    for (const [incarnation, { seenAt }] of this.ranOut)
      if (now - seenAt >= this.leaseMillis) this.ranOut.delete(incarnation);
    return [...this.current.values(), ...this.ranOut.values()];
  }

  private expire(registered: Registered, now: number): void {
    this.ranOut.set(registered.incarnation, { ...registered, seenAt: now });
  }
}
