import type { NatsConnection } from '@nats-io/transport-node';
import { publishEvent } from '@tributary/messaging';
import { backoffMillis, metrics, sleep, type Family, type Logger } from '@tributary/platform';
import type { DataSource } from 'typeorm';

interface OutboxRow {
  sequence: string;
  id: string;
  subject: string;
  payload: unknown;
}

/** Events that one transaction of the relay carries at most. */
const batchMax = 100;
/** How long a relay that was woken waits for further events, so that a burst of writes costs few transactions. */
const lingerMillis = 15;
/** How long an event waits at most for a relay that nobody woke: after a crash between commit and wake. */
const pollMillis = 1_000;
/** Events that are counted for the figures at most: beyond, how many doesn't matter any more. */
const countedMax = 100_000;

/**
 * Publishes the events of the outbox to JetStream and then removes them. Every copy of a service runs one; rows are locked and
 * skipped, so two relays never wait for each other. A crash between publication and removal publishes again under the same
 * id, which JetStream drops. Order between events is not promised: they name what changed, not what it became.
 */
export class OutboxRelay {
  private readonly stopping = new AbortController();
  private wakeUp: () => void = () => undefined;
  private woken = false;
  private readonly loop: Promise<void>;
  private readonly endCollecting: () => void;

  constructor(
    private readonly source: DataSource,
    private readonly connection: NatsConnection,
    private readonly logger: Logger,
  ) {
    this.loop = this.run();
    this.endCollecting = metrics.collect('outbox', () => this.depth());
  }

  /** Says that a transaction with events has committed. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  async stop(): Promise<void> {
    this.endCollecting();
    this.stopping.abort();
    this.wakeUp();
    await this.loop;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping.signal.aborted;) {
      try {
        this.woken = false;
        const count = await this.relayBatch();
        failures = 0;
        if (count === batchMax) continue;
        if (!this.woken) await this.waitForWork();
        await sleep(lingerMillis);
      } catch (error) {
        failures += 1;
        this.logger.warn({ err: error }, 'relaying events failed; trying again');
        await sleep(backoffMillis(failures, 100, 5_000));
      }
    }
  }

  private async depth(): Promise<Family[]> {
    const [row] = await this.source.query<{ count: number }[]>(
      `select count(*)::int as count from (select from outbox limit ${countedMax}) waiting`,
    );
    const help = 'Events of all copies of the service that wait for the relay';
    return [{ name: 'tributary_outbox_events', help, type: 'gauge', samples: [{ value: row?.count ?? 0 }] }];
  }

  private relayBatch(): Promise<number> {
    return this.source.transaction(async (transaction) => {
      // A removal that is lost with the server's memory only publishes again what JetStream drops.
      await transaction.query(`set local synchronous_commit = off`);
      const rows = await transaction.query<OutboxRow[]>(
        `select sequence, id, subject, payload from outbox order by sequence limit ${batchMax} for update skip locked`,
      );
      if (rows.length === 0) return 0;
      await Promise.all(rows.map((row) => publishEvent(this.connection, row)));
      await transaction.query(`delete from outbox where sequence = any($1::bigint[])`, [
        rows.map((row) => row.sequence),
      ]);
      return rows.length;
    });
  }

  private waitForWork(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMillis);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
