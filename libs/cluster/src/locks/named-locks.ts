import type { NatsConnection } from '@nats-io/transport-node';
import type { administration } from '@tributary/contracts';
import { backoffMillis, idle, sleep, type ServiceConfig } from '@tributary/platform';
import { z } from 'zod';
import { isOtherRevision, LeaseStore } from '../lease-store.js';

const bucket = 'tributary-locks';
/** How long a lock outlives a holder that says nothing more. */
const ttlMillis = 10_000;
/** Part of that time that its holder doesn't use: for clocks that run at slightly different rates. */
const marginShare = 0.1;
const renewalsPerTtl = 5;

const namePattern = /^[A-Za-z0-9_-]{1,100}$/;
const Held = z.object({ nodeId: z.string(), token: z.number().int(), since: z.string() });
type Held = z.infer<typeof Held>;

/** A lock that this process was given. */
export interface NamedLock {
  readonly name: string;
  /** Grows with every holder. What the lock protects must refuse whoever comes with a smaller one than it has seen. */
  readonly token: number;
  /** Aborts when the lock may be somebody else's, by this process's monotonic clock. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

/**
 * Named locks of the whole cluster, for work that should not overlap.
 *
 * Guarantee: tokens of one name grow from holder to holder while the servers keep their data, and a holder's signal aborts when it has not renewed its lock for its time,
 * less a margin. Not promised: that only one process works at a time. The servers' clocks end a lock, and a process may be paused
 * between a look at the signal and what it does then: what must not be done twice has to check the token.
 */
export class NamedLocks {
  private readonly store: LeaseStore;

  constructor(
    connection: NatsConnection,
    private readonly config: Pick<ServiceConfig, 'natsReplicas' | 'nodeId'>,
  ) {
    this.store = new LeaseStore(connection, config.natsReplicas, bucket);
  }

  /** The lock if nobody has it, else undefined. */
  async tryAcquire(name: string): Promise<NamedLock | undefined> {
    if (!namePattern.test(name)) throw new Error(`No name for a lock: ${name}`);
    const held: Held = { nodeId: this.config.nodeId, token: 0, since: new Date().toISOString() };
    const askedAt = performance.now();
    const token = await this.ask(() => this.store.create(name, held, ttlMillis));
    return token === undefined ? undefined : new Holding(this.store, name, { ...held, token }, askedAt);
  }

  /** Waits for the lock until the signal aborts, and rejects with its reason then. */
  async acquire(name: string, signal: AbortSignal): Promise<NamedLock> {
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted();
      const lock = await this.tryAcquire(name);
      if (lock) return lock;
      await sleep(backoffMillis(attempt, 50, 1_000), signal);
    }
  }

  /** Locks that somebody holds now, by name. */
  async held(): Promise<administration.HeldLock[]> {
    const locks = (await this.ask(() => this.store.entries())).map((entry) => {
      const held = Held.parse(entry.json());
      return { ...held, name: entry.key, token: held.token || entry.revision };
    });
    return locks.toSorted((one, other) => one.name.localeCompare(other.name));
  }

  /** A bucket that the servers have lost is made anew. */
  private async ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch {
      this.store.forget();
      return question();
    }
  }
}

class Holding implements NamedLock {
  private readonly lost = new AbortController();
  private readonly ended = new AbortController();
  private revision: number;
  private readonly renewing: Promise<void>;
  private end: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: LeaseStore,
    readonly name: string,
    private readonly held: Held,
    askedAt: number,
  ) {
    this.revision = held.token;
    this.holdUntil(askedAt);
    this.renewing = this.keep();
  }

  get token(): number {
    return this.held.token;
  }

  get signal(): AbortSignal {
    return this.lost.signal;
  }

  async release(): Promise<void> {
    this.ended.abort();
    await this.renewing;
    clearTimeout(this.end);
    if (!this.signal.aborted) await this.store.release(this.name, this.revision);
    this.lost.abort(new Error(`The lock ${this.name} was released`));
  }

  /** Counts from before the store was asked. */
  private holdUntil(askedAt: number): void {
    clearTimeout(this.end);
    const leftMillis = askedAt + ttlMillis * (1 - marginShare) - performance.now();
    this.end = setTimeout(() => this.lose(), Math.max(0, leftMillis));
  }

  private lose(): void {
    this.lost.abort(new Error(`The lock ${this.name} was lost`));
    this.ended.abort();
  }

  private async keep(): Promise<void> {
    while (!this.ended.signal.aborted) {
      await idle(ttlMillis / renewalsPerTtl, this.ended.signal);
      if (this.ended.signal.aborted) return;
      const askedAt = performance.now();
      try {
        this.revision = await this.store.renew(this.name, this.held, this.revision, ttlMillis);
        if (!this.signal.aborted) this.holdUntil(askedAt);
      } catch (error) {
        // Asked again until its time is over; somebody else's renewal or lock ends it at once.
        if (isOtherRevision(error)) this.lose();
      }
    }
  }
}
