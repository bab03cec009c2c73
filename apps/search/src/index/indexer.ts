import { pages } from '@tributary/contracts';
import { consumeEvent, type MessagingClient } from '@tributary/messaging';
import { backoffMillis, idle } from '@tributary/platform';
import type { StartedContext } from '@tributary/service';
import type { SearchIndex } from './search-index.js';

/** Contents that are asked for and written at once. */
const batchMax = 50;
/** Events of one batch; how long it waits for them. Nobody finds a page sooner than they can type. */
const eventsMax = 100;
const lingerMillis = 50;

/**
 * Keeps the index up to date: events say which contents changed, the owner says what they are now. So events may come twice, late
 * and in any order. Copies of the service that work on the same content at the same time wait for each other; otherwise the one
 * that asked earlier could write later.
 */
export class Indexer {
  constructor(
    private readonly context: StartedContext,
    private readonly index: SearchIndex,
    private readonly messaging: MessagingClient,
  ) {}

  start(): { stop(): Promise<void> } {
    const { connection, config, logger } = this.context;
    const stopping = new AbortController();
    const options = {
      consumer: 'search',
      event: pages.contentChanged,
      batchMax: eventsMax,
      lingerMillis,
      replicas: config.natsReplicas,
      logger,
    };
    const consumer = consumeEvent(connection, options, (batch) => this.refresh(batch.flatMap(({ ids }) => ids)));
    const building = this.buildOnce(stopping.signal);
    return {
      async stop() {
        stopping.abort();
        await Promise.all([consumer.stop(), building]);
      },
    };
  }

  /** Brings these contents up to date, or removes those that aren't there any more. */
  async refresh(changed: readonly string[]): Promise<void> {
    const ids = [...new Set(changed)].sort((one, other) => Number(one) - Number(other));
    for (let start = 0; start < ids.length; start += batchMax) {
      const part = ids.slice(start, start + batchMax);
      await this.context.source.transaction(async (transaction) => {
        await transaction.query(
          `select pg_advisory_xact_lock(hashtext('tributary-index'), (id % 2147483647)::int) from unnest($1::bigint[]) as ids(id)`,
          [part],
        );
        const { documents } = await this.messaging.request(pages.indexDocuments, { ids: part });
        const present = new Set(documents.map((document) => document.id));
        await this.index.write(documents);
        await this.index.remove(part.filter((id) => !present.has(id)));
      });
    }
  }

  /** Fills an index that was never filled: its events may be gone. */
  private async buildOnce(signal: AbortSignal): Promise<void> {
    const { source, logger } = this.context;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        const [built] = await source.query<unknown[]>(`select 1 from index_state where name = 'contents'`);
        if (built) return;
        await this.build(signal);
        if (signal.aborted) return;
        await source.query(`insert into index_state (name) values ('contents') on conflict do nothing`);
        logger.info('the index is built');
        return;
      } catch (error) {
        logger.warn({ err: error }, 'building the index failed; trying again');
        await idle(backoffMillis(attempt, 500, 10_000), signal);
      }
    }
  }

  private async build(signal: AbortSignal): Promise<void> {
    for (let after: string | undefined; !signal.aborted;) {
      const { ids } = await this.messaging.request(pages.listContentIds, { after, limit: 1_000 });
      await this.refresh(ids);
      after = ids.at(-1);
      if (after === undefined) return;
    }
  }
}
