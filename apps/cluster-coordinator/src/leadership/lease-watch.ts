import type { KvWatchEntry } from '@nats-io/kv';
import { isStoreLost, type Leases } from '@tributary/cluster';
import { backoffMillis, type Clock, type Logger } from '@tributary/platform';

/** Turns of its owner without an entry before a watch can be deaf: one may follow a pause, with entries that wait in the socket. */
const quietTurnsMin = 2;

export interface LeaseWatchOptions {
  readonly store: Leases;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly leaseMillis: number;
  /** All keys follow, and then every change. */
  readonly began: (storeCreatedAt: number) => void;
  readonly take: (entry: KvWatchEntry) => void;
  /** What was missed from now on is unknown. */
  readonly lost: () => Promise<void>;
}

/**
 * Follows the stream of leases, and begins anew when it can't. Guarantee: a watch that has gone deaf, without its client's noticing, is
 * begun anew after a lease; one of a store that was lost, when that is noticed. Clocks: the process's monotonic one. Not promised: that anything can be seen at any moment.
 */
export class LeaseWatch {
  private current: { stop(): void } | undefined;
  private sawSomethingAt = 0;
  private quietTurns = 0;

  constructor(private readonly options: LeaseWatchOptions) {}

  get isOn(): boolean {
    return this.current !== undefined;
  }

  stop(): void {
    this.current?.stop();
  }

  async follow(signal: AbortSignal): Promise<void> {
    const { store, clock, logger, leaseMillis, began, take, lost } = this.options;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const createdAt = await store.createdAt();
        const watch = await store.watch();
        began(createdAt);
        this.heard();
        this.current = watch;
        const endGuard = clock.every(leaseMillis, () => void this.endIfStoreLost(watch, createdAt));
        try {
          for await (const entry of watch) {
            failures = 0;
            this.heard();
            take(entry);
          }
        } finally {
          endGuard();
        }
      } catch (error) {
        logger.warn({ err: error }, 'the leases can not be watched; trying again');
        store.forget();
      }
      this.current = undefined;
      await lost();
      await clock.idle(backoffMillis(failures, 100, 1_000), signal);
    }
  }

  /**
   * To be called every now and then. A watch that shows nothing for a lease is deaf, since members renew all the time, this process's own
   * too. It became so when the nats-server died that kept its place in the stream; its client would find out a minute later.
   */
  endIfDeaf(): void {
    this.quietTurns += 1;
    const { clock, logger, leaseMillis } = this.options;
    const isQuiet = this.quietTurns > quietTurnsMin && clock.now() - this.sawSomethingAt >= leaseMillis;
    if (!this.current || !isQuiet) return;
    logger.warn('the watch of the leases shows nothing; beginning it anew');
    this.end();
  }

  /** A watch of a store that is gone may wait for ever, and in one that was made anew for revisions that come much later. */
  private async endIfStoreLost(watch: { stop(): void }, createdAt: number): Promise<void> {
    const { store, logger } = this.options;
    try {
      if ((await store.createdAt()) === createdAt) return;
    } catch (error) {
      // Servers that don't answer may have it still.
      if (!isStoreLost(error)) return;
    }
    if (this.current !== watch) return;
    logger.warn('the store of leases was lost');
    store.forget();
    this.end();
  }

  private end(): void {
    this.current?.stop();
    this.current = undefined;
  }

  private heard(): void {
    this.sawSomethingAt = this.options.clock.now();
    this.quietTurns = 0;
  }
}
