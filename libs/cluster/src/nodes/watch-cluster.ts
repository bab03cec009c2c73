import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { administration } from '@tributary/contracts';
import { sleep } from '@tributary/platform';
import { decodeMessage } from '../messages.js';
import { changesBetween, type NodeChange } from './node-changes.js';
import { NodeTable } from './node-table.js';

/** How often somebody who watches looks. */
const lookMillis = 250;
/** Actions that wait for a look; more are not told. */
const recordsMax = 1_000;

export type ClusterEvent = NodeChange | { readonly event: 'administered'; readonly record: administration.AuditRecord };

/**
 * What happens in the cluster from now on, as this process hears of it; one list a look, mostly empty. `known` is where it begins. Ends
 * when the signal aborts. Not promised: that each event is seen; of two that cancel each other between two looks neither is.
 */
export async function* watchCluster(
  connection: NatsConnection,
  { leaseMillis, known, signal }: { leaseMillis: number; known: administration.ClusterNode[]; signal: AbortSignal },
): AsyncGenerator<ClusterEvent[]> {
  const table = new NodeTable(leaseMillis);
  table.seed(known, performance.now());
  const records: administration.AuditRecord[] = [];
  const subscriptions = [
    hearNodes(connection, table),
    connection.subscribe(administration.administeredSubject, {
      callback: (error, message) => {
        if (error || records.length >= recordsMax) return;
        const record = administration.AuditRecord.safeParse(decodeMessage(message));
        if (record.success) records.push(record.data);
      },
    }),
  ];
  try {
    for (let before = table.all(performance.now()); !signal.aborted;) {
      await sleep(lookMillis, signal).catch(() => undefined);
      const after = table.all(performance.now());
      const administered = records.splice(0).map((record) => ({ event: 'administered' as const, record }));
      yield [...administered, ...changesBetween(before, after)];
      before = after;
    }
  } finally {
    for (const subscription of subscriptions) subscription.unsubscribe();
  }
}

/** Lets a table hear what all nodes report, until the subscription ends. */
export const hearNodes = (connection: NatsConnection, table: NodeTable): Subscription =>
  connection.subscribe(administration.heartbeatOf('*'), {
    callback: (error, { subject, data }) => {
      if (!error) table.take(subject.slice(administration.heartbeatPrefix.length), data, performance.now());
    },
  });
