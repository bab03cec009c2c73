import { jetstream, jetstreamManager, AckPolicy, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { EventContract } from '@tributary/contracts';
import { backoffMillis, sleep, type Logger } from '@tributary/platform';
import type { z } from 'zod';
import { decodeJson, encodeJson } from './wire.js';

const streamName = 'tributary-events';
/** How long an event can be fetched: a consumer that was away longer rebuilds what it derives. */
const eventAgeDaysMax = 7;
/** JetStream drops a second publication of an id within this time; relays repeat within seconds. */
const deduplicationMinutes = 10;
const nanosPerMillisecond = 1_000_000;

/** Creates the stream of all events, or leaves it as it is. Safe to call from every process at start. */
export async function ensureEventStream(connection: NatsConnection, replicas: number): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: streamName,
    subjects: ['events.>'],
    num_replicas: replicas,
    max_age: eventAgeDaysMax * 24 * 3_600_000 * nanosPerMillisecond,
    duplicate_window: deduplicationMinutes * 60_000 * nanosPerMillisecond,
  });
}

/** Publishes one event and waits until JetStream has it; the id de-duplicates a repetition. */
export async function publishEvent(
  connection: NatsConnection,
  event: { id: string; subject: string; payload: unknown },
): Promise<void> {
  await jetstream(connection).publish(event.subject, encodeJson(event.payload), { msgID: event.id, timeout: 5_000 });
}

export interface ReceivedEvent {
  readonly subject: string;
  readonly payload: unknown;
}

export interface EventConsumer {
  stop(): Promise<void>;
}

/**
 * Consumes events durably: each reaches one copy of the service at least once, in batches of at most `batchMax`, and counts as
 * done when `handle` returns. One that fails comes again with back-off. `handle` must be idempotent.
 */
export function consumeEvents(
  connection: NatsConnection,
  options: {
    durable: string;
    events: readonly EventContract<z.ZodType>[];
    batchMax?: number;
    replicas: number;
    logger: Logger;
  },
  handle: (batch: readonly ReceivedEvent[]) => Promise<void>,
): EventConsumer {
  const stopping = new AbortController();
  const loop = consumeLoop(connection, options, handle, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

type ConsumeOptions = Parameters<typeof consumeEvents>[1];

async function consumeLoop(
  connection: NatsConnection,
  options: ConsumeOptions,
  handle: (batch: readonly ReceivedEvent[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      const consumer = await openConsumer(connection, options);
      while (!signal.aborted) {
        const batch = await fetchBatch(consumer, options.batchMax ?? 100);
        if (batch.length > 0) await handleBatch(batch, handle);
        failures = 0;
      }
    } catch (error) {
      failures += 1;
      options.logger.warn({ err: error, durable: options.durable }, 'consuming events failed; trying again');
      await sleep(backoffMillis(failures, 100, 5_000));
    }
  }
}

type Consumer = Awaited<ReturnType<typeof openConsumer>>;

async function openConsumer(connection: NatsConnection, options: ConsumeOptions) {
  await ensureEventStream(connection, options.replicas);
  const manager = await jetstreamManager(connection);
  await manager.consumers.add(streamName, {
    durable_name: options.durable,
    ack_policy: AckPolicy.Explicit,
    filter_subjects: options.events.map((event) => event.subject),
    ack_wait: 30_000 * nanosPerMillisecond,
    max_ack_pending: 2_000,
  });
  return jetstream(connection).consumers.get(streamName, options.durable);
}

/** Waits for a first event, then takes what is there already. */
async function fetchBatch(consumer: Consumer, batchMax: number): Promise<JsMsg[]> {
  const first = await consumer.next({ expires: 1_000 });
  if (!first) return [];
  const batch = [first];
  if (first.info.pending > 0 && batchMax > 1) {
    const rest = await consumer.fetch({ max_messages: Math.min(batchMax - 1, first.info.pending), expires: 1_000 });
    for await (const message of rest) batch.push(message);
  }
  return batch;
}

async function handleBatch(batch: JsMsg[], handle: (events: readonly ReceivedEvent[]) => Promise<void>): Promise<void> {
  try {
    await handle(batch.map((message) => ({ subject: message.subject, payload: decodeJson(message.data) })));
    for (const message of batch) message.ack();
  } catch (error) {
    for (const message of batch) message.nak(Math.ceil(backoffMillis(message.info.deliveryCount, 200, 30_000)));
    throw error;
  }
}
