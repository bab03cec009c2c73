import type { EventContract, PayloadOf } from '@tributary/contracts';
import type pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import type { z } from 'zod';
import { asServiceError } from './errors.js';
import type { OutboxRelay } from './outbox-relay.js';
import { prepared } from './prepared.js';

/** A granted pin; `release` tells the members that the change is done, and is not waited for. */
export interface Pin {
  release(): void;
}

/** Keeps caches from serving what a transaction is about to change (COHERENCE.md, "A write"); `libs/cluster` has the real one. */
export interface WriteFence {
  /** Resolves when no member serves or fills entries with these tags; rejects with `unavailable` when that can't be had. */
  pin(tags: readonly string[]): Promise<Pin>;
}

/** One write under way: its transaction, what it changes, what it tells. */
export interface Work {
  readonly manager: EntityManager;
  /** Runs SQL in the transaction. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Names tags whose answers this write changes. Every answer that it could change must be named. */
  changes(...tags: string[]): void;
  /** Puts an event into the outbox; it is published after the commit, or never. */
  emit<E extends EventContract<z.ZodType>>(event: E, payload: PayloadOf<E>): void;
}

/**
 * The one way to change data: begin -> `change` (locks its rows, names tags and events) -> pin -> commit -> unpin. The pin
 * comes last before the commit, so that entries are unusable for as short a time as can be; the rows are locked by then, so
 * nobody else commits a change of them in between.
 */
export class Writes {
  constructor(
    private readonly source: DataSource,
    private readonly fence: WriteFence,
    private readonly relay: OutboxRelay | undefined,
  ) {}

  /** Runs `change` in one transaction and returns its outcome after the commit. Any failure rolls everything back. */
  async run<T>(change: (work: Work) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    let pin: Pin | undefined;
    let outcomeKnown = true;
    try {
      const client = (await runner.connect()) as pg.PoolClient;
      await runner.startTransaction();
      const tags = new Set<string>();
      const events: { subject: string; payload: unknown }[] = [];
      const query = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
        (await client.query(prepared(sql, parameters))).rows as Row[];
      const outcome = await change({
        manager: runner.manager,
        query,
        changes: (...changed) => changed.forEach((tag) => tags.add(tag)),
        emit: (event, payload) => events.push({ subject: event.subject, payload }),
      });
      await storeEvents(query, events);
      if (tags.size > 0) pin = await this.fence.pin([...tags]);
      outcomeKnown = false;
      await runner.commitTransaction();
      outcomeKnown = true;
      if (events.length > 0) this.relay?.wake();
      return outcome;
    } catch (error) {
      // A connection that broke has rolled back already; what counts is the first error.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw asServiceError(error);
    } finally {
      // A commit whose answer was lost may still happen: then the pin stays until it ends by itself, after any transaction.
      if (outcomeKnown) pin?.release();
      await runner.release();
    }
  }
}

async function storeEvents(
  query: Work['query'],
  events: readonly { subject: string; payload: unknown }[],
): Promise<void> {
  if (events.length === 0) return;
  await query(`insert into outbox (subject, payload) select * from unnest($1::text[], $2::jsonb[])`, [
    events.map((event) => event.subject),
    events.map((event) => JSON.stringify(event.payload)),
  ]);
}
