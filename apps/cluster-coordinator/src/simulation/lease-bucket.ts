import type { KvWatchEntry } from '@nats-io/kv';
import type { Leases } from '@tributary/cluster';
import type { Network } from './network.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { Timeline } from './timeline.js';

interface Kept {
  readonly text: string;
  readonly revision: number;
  readonly endExpiry: () => void;
}

type Watcher = (entry: KvWatchEntry) => void;

/** What an answer that stays away takes. */
const deadlineMillis = 120;

/**
 * The bucket of leases as NATS keeps it: one order of all changes, and keys that run out when the server's clock says so, which
 * may be far too early.
 */
export class LeaseBucket {
  private readonly kept = new Map<string, Kept>();
  private readonly watchers = new Set<Watcher>();
  private sequence = 0;

  constructor(
    private readonly timeline: Timeline,
    private readonly network: Network,
    /** What watchers are told of a key that ran out. */
    private readonly expiredAs: 'PURGE' | 'DEL' = 'PURGE',
  ) {}

  /** The bucket as one process reaches it. */
  seenBy(process: SimulatedProcess): Leases {
    const ask = <T>(act: () => T): Promise<T> => this.ask(process, act);
    return {
      put: (key, value, ttlMillis) => ask(() => this.write(process, key, value, ttlMillis)),
      renew: (key, value, revision, ttlMillis) =>
        ask(() => {
          if (this.kept.get(key)?.revision !== revision) throw new Error('wrong last sequence');
          return this.write(process, key, value, ttlMillis);
        }),
      create: (key, value, ttlMillis) =>
        ask(() => (this.kept.has(key) ? undefined : this.write(process, key, value, ttlMillis))),
      release: (key, revision) =>
        ask(() => {
          if (this.kept.get(key)?.revision === revision) this.drop(key, 'DEL');
        }),
      find: (key) =>
        ask(() => {
          const kept = this.kept.get(key);
          return kept && { value: JSON.parse(kept.text) as unknown, revision: kept.revision };
        }),
      keys: () => ask(() => [...this.kept.keys()]),
      watch: () => ask(() => this.watch(process)),
      // Only what outlives the leases asks for it, and a simulation has nothing of that.
      createdAt: () => Promise.resolve(0),
      forget: () => undefined,
    };
  }

  /** The server's clock leaps forward: all keys run out at this moment. */
  leap(): void {
    for (const key of this.kept.keys()) this.drop(key, this.expiredAs);
  }

  /** There and back; either way may be late or lost, and then nobody knows whether it was done. */
  private ask<T>(process: SimulatedProcess, act: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const cancel = process.after(deadlineMillis, () => reject(new Error('timeout')));
    const there = this.network.delay(process);
    if (there === undefined || this.network.loses(process, 'leases')) return promise;
    this.timeline.after(there, () => {
      let answer: () => void;
      try {
        const value = act();
        answer = () => resolve(value);
      } catch (error) {
        answer = () => reject(error as Error);
      }
      // Some answers come just before nobody waits for them any more (R5).
      const late = process.chances.happens(0.15);
      const back = late ? process.chances.between(60, deadlineMillis - 5) : this.network.delay(process);
      if (back === undefined || this.network.loses(process, 'leases')) return;
      this.timeline.after(back, () =>
        process.run(() => {
          cancel();
          answer();
        }),
      );
    });
    return promise;
  }

  private write(process: SimulatedProcess, key: string, value: unknown, ttlMillis = Infinity): number {
    const { chances } = process;
    const text = this.network.known(process, JSON.stringify(value));
    this.kept.get(key)?.endExpiry();
    // Mostly right; sometimes a clock that runs far too fast, for all keys may run out early (R4).
    const ttl = ttlMillis * (chances.happens(0.03) ? chances.between(0.1, 1) : chances.between(1, 1.3));
    const revision = (this.sequence += 1);
    const endExpiry = this.timeline.after(ttl, () => this.drop(key, this.expiredAs));
    this.kept.set(key, { text, revision, endExpiry });
    this.tell(key, 'PUT', revision, text);
    return revision;
  }

  private drop(key: string, operation: 'PURGE' | 'DEL'): void {
    this.kept.get(key)?.endExpiry();
    this.kept.delete(key);
    this.tell(key, operation, (this.sequence += 1), '');
  }

  private tell(key: string, operation: 'PUT' | 'PURGE' | 'DEL', revision: number, text: string): void {
    for (const watcher of this.watchers) watcher(entryOf(key, operation, revision, text));
  }

  /** All keys as they are, then every change in order, each sooner or later. */
  private watch(process: SimulatedProcess) {
    const queue: KvWatchEntry[] = [];
    let wake: () => void = () => undefined;
    let stopped = false;
    let lastAt = 0;
    const deliver: Watcher = (entry) => {
      lastAt = Math.max(lastAt, this.timeline.now + (this.network.delay(process) ?? 50));
      this.timeline.after(lastAt - this.timeline.now, () =>
        process.run(() => {
          queue.push(entry);
          wake();
        }),
      );
    };
    for (const [key, { revision, text }] of this.kept) deliver(entryOf(key, 'PUT', revision, text));
    this.watchers.add(deliver);
    const stop = (): void => {
      stopped = true;
      this.watchers.delete(deliver);
      wake();
    };
    async function* entries(): AsyncGenerator<KvWatchEntry> {
      while (!stopped) {
        const entry = queue.shift();
        if (entry) yield entry;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    return { [Symbol.asyncIterator]: entries, stop };
  }
}

const entryOf = (key: string, operation: 'PUT' | 'PURGE' | 'DEL', revision: number, text: string): KvWatchEntry =>
  ({ key, operation, revision, json: () => JSON.parse(text) as unknown }) as unknown as KvWatchEntry;
