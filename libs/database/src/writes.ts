import type { EventContract, PayloadOf } from '@tributary/contracts';
import { pinWaits, traced } from '@tributary/platform';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import { unavailable } from '@tributary/contracts';
import { asServiceError } from './errors.js';
import { heldByStore } from './holder.js';
import type { OutboxRelay } from './outbox-relay.js';
import { poolOf } from './pool.js';
import { releaseWhenOver } from './release-when-over.js';
import { Transaction } from './transaction.js';

/** A granted pin; `release` tells the members that the change is done, and is not waited for. */
export interface Pin {
  release(): void;
}

/** Keeps caches from serving what a transaction is about to change (COHERENCE.md, "A write"); `libs/cluster` has the real one. */
export interface WriteFence {
  /** Resolves when no member serves or fills entries with these tags; rejects with `unavailable` when that can't be had. */
  pin(tags: readonly string[]): Promise<Pin>;
  /** The store of leases that pins are granted in: its cluster must hold the database. */
  readonly store: number;
}

/** One write under way: its transaction, what it changes, what it tells. */
export interface Work {
  /** Runs SQL in the transaction. Statements that aren't waited for in between travel together, and run in their order. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Names tags whose answers this write changes. Every answer that it could change must be named. */
  changes(...tags: string[]): void;
  /** Puts an event into the outbox; it is published after the commit, or never. */
  emit<E extends EventContract<z.ZodType>>(event: E, payload: PayloadOf<E>): void;
}

/** What a change has named so far. */
interface Named {
  readonly tags: Set<string>;
  readonly events: { subject: string; payload: unknown }[];
}

/**
 * The one way to change data: begin -> `change` (locks its rows, names tags and events) -> pin -> commit -> unpin. The pin
 * comes last before the commit, so that entries are unusable for as short a time as can be; the rows are locked by then, so
 * nobody else commits a change of them in between.
 */
export class Writes {
  private readonly pool: pg.Pool;

  constructor(
    source: DataSource,
    private readonly fence: WriteFence,
    private readonly relay: OutboxRelay | undefined,
  ) {
    this.pool = poolOf(source);
  }

  /** Runs `change` in one transaction and returns its outcome after the commit. Any failure rolls everything back. */
  async run<T>(change: (work: Work) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw asServiceError(error);
    }
    const transaction = new Transaction(client);
    const named: Named = { tags: new Set(), events: [] };
    let changing: Promise<T> | undefined;
    let pin: Pin | undefined;
    try {
      // Not waited for by itself: the first statement of the change travels with it.
      const begun = Promise.all([transaction.begin(), this.requireHold(transaction)]);
      changing = started(() => change(workOf(transaction, named)));
      const [outcome] = await Promise.all([changing, begun]);
      pin = await this.prepare(transaction, named);
      await transaction.commit();
      if (named.events.length > 0) this.relay?.wake();
      return outcome;
    } catch (error) {
      await transaction.rollback();
      // What is refused may still be under way: its further statements fail, and nobody else gets the connection before it ends.
      await Promise.allSettled([changing]);
      throw asServiceError(error);
    } finally {
      // A commit whose answer was lost may still happen: then the pin stays until its backend is done.
      if (!transaction.isOutcomeUnknown) pin?.release();
      else if (pin) void releaseWhenOver(pin, this.pool, transaction.backend);
      transaction.end();
    }
  }

  /** Pins are worth nothing when another cluster's members cache what this one writes (docs/decisions/012). */
  private async requireHold(transaction: Transaction): Promise<void> {
    const rows = await transaction.query(heldByStore, [this.fence.store]);
    if (rows.length === 0) throw unavailable('The cluster does not hold its database. Nothing was changed');
  }

  /** Stores the events while the pin is on its way: both must be there before the commit, in whatever order. */
  private async prepare(transaction: Transaction, { tags, events }: Named): Promise<Pin | undefined> {
    let storedAt = 0;
    const [pinned, stored] = await Promise.allSettled([
      tags.size > 0 ? traced({ name: 'pin', kind: 'client' }, () => this.fence.pin([...tags])) : undefined,
      storeEvents(transaction, events).then(() => (storedAt = performance.now())),
    ]);
    const endedAt = performance.now();
    if (pinned.status === 'rejected') throw pinned.reason;
    if (stored.status === 'fulfilled') {
      if (pinned.value) pinWaits.observe((endedAt - storedAt) / 1_000);
      return pinned.value;
    }
    pinned.value?.release();
    throw stored.reason;
  }
}

/** Begins at once; what is thrown at once is a rejection as well. */
const started = async <T>(change: () => Promise<T>): Promise<T> => change();

const workOf = (transaction: Transaction, named: Named): Work => ({
  query: (sql, parameters) => transaction.query(sql, parameters),
  changes: (...changed) => changed.forEach((tag) => named.tags.add(tag)),
  emit: (event, payload) => named.events.push({ subject: event.subject, payload }),
});

async function storeEvents(transaction: Transaction, events: Named['events']): Promise<void> {
  if (events.length === 0) return;
  await transaction.query(`insert into outbox (subject, payload) select * from unnest($1::text[], $2::jsonb[])`, [
    events.map((event) => event.subject),
    events.map((event) => JSON.stringify(event.payload)),
  ]);
}
