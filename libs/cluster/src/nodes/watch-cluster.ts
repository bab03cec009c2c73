import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { administration } from '@tributary/contracts';
import { idle } from '@tributary/platform';
import type { z } from 'zod';
import { decodeMessage } from '../messages.js';
import { changesBetween, type NodeChange } from './node-changes.js';
import { NodeTable } from './node-table.js';

/** How often somebody who watches looks. */
const lookMillis = 250;
/** Actions and alarms that wait for a look; more are not told. */
const toldMax = 1_000;

export type ClusterEvent =
  | NodeChange
  | { readonly event: 'administered'; readonly record: administration.AuditRecord }
  | { readonly event: 'alarm'; readonly alarm: administration.Alarm };

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
  const told: ClusterEvent[] = [];
  const subscriptions = [
    hearNodes(connection, table),
    hear(connection, administration.administeredSubject, administration.AuditRecord, told, (record) => ({
      event: 'administered',
      record,
    })),
    hear(connection, administration.alarmSubject, administration.Alarm, told, (alarm) => ({ event: 'alarm', alarm })),
  ];
  try {
    for (let before = table.all(performance.now()); !signal.aborted;) {
      await idle(lookMillis, signal);
      const after = table.all(performance.now());
      yield [...told.splice(0), ...changesBetween(before, after)];
      before = after;
    }
  } finally {
    for (const subscription of subscriptions) subscription.unsubscribe();
  }
}

/** Collects what is told under a subject, as events. */
function hear<T>(
  connection: NatsConnection,
  subject: string,
  schema: z.ZodType<T>,
  told: ClusterEvent[],
  eventOf: (message: T) => ClusterEvent,
): Subscription {
  return connection.subscribe(subject, {
    callback: (error, message) => {
      if (error || told.length >= toldMax) return;
      const read = schema.safeParse(decodeMessage(message));
      if (read.success) told.push(eventOf(read.data));
    },
  });
}

/** Lets a table hear what all nodes report, until the subscription ends. */
export const hearNodes = (connection: NatsConnection, table: NodeTable): Subscription =>
  connection.subscribe(administration.heartbeatOf('*'), {
    callback: (error, { subject, data }) => {
      if (!error) table.take(subject.slice(administration.heartbeatPrefix.length), data, performance.now());
    },
  });
