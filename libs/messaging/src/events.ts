import { AckPolicy, jetstream, JetStreamApiError, jetstreamManager, type JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { EventContract, PayloadOf } from '@tributary/contracts';
import { backoffMillis, sleep, type Logger } from '@tributary/platform';
import type { z } from 'zod';
import { decodeJson, encodeJson } from './wire.js';

const streamName = 'tributary-events';
/** How long an event can be fetched: a consumer that was away longer rebuilds what it derives. */
const eventAgeDaysMax = 7;
/** JetStream drops a second publication of an id within this time; relays repeat within seconds. */
const deduplicationMinutes = 10;
const nanosPerMillisecond = 1_000_000;
/** JetStream's code for a stream that is there with another configuration. */
const streamIsThere = 10_058;

/**
 * Creates the stream of all events, or leaves it as it is, also when another version or another number of replicas made it. Safe to
 * call from every process at start.
 */
export async function ensureEventStream(connection: NatsConnection, replicas: number): Promise<void> {
  const manager = await jetstreamManager(connection);
  try {
    await manager.streams.add({
      name: streamName,
      subjects: ['events.>'],
      num_replicas: replicas,
      max_age: eventAgeDaysMax * 24 * 3_600_000 * nanosPerMillisecond,
      duplicate_window: deduplicationMinutes * 60_000 * nanosPerMillisecond,
    });
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === streamIsThere)) throw error;
  }
}

/** Publishes one event and waits until JetStream has it; the id de-duplicates a repetition. */
export async function publishEvent(
  connection: NatsConnection,
  event: { id: string; subject: string; payload: unknown },
): Promise<void> {
  await jetstream(connection).publish(event.subject, encodeJson(event.payload), { msgID: event.id, timeout: 5_000 });
}

/**
 * Hears events as they are published, from now on, until the returned function is called. For what may miss some: nothing is
 * repeated, and every process that listens hears all. A message that doesn't fit its contract is left out.
 */
export function hearEvents<Payload extends z.ZodType>(
  connection: NatsConnection,
  event: EventContract<Payload>,
  listener: (payload: z.infer<Payload>) => void,
): () => void {
  const subscription = connection.subscribe(event.subject, {
    callback: (error, message) => {
      if (error) return;
      const payload = event.payload.safeParse(decodeJson(message.data));
      if (payload.success) listener(payload.data);
    },
  });
  return () => subscription.unsubscribe();
}

export interface EventConsumer {
  stop(): Promise<void>;
}

export interface ConsumeOptions<E extends EventContract<z.ZodType>> {
  /** Who consumes: all copies of the service under one name. */
  readonly consumer: string;
  readonly event: E;
  /** Events that are handled at once at most. */
  readonly batchMax?: number;
  /** How long a batch waits for further events, so that a burst of changes is few batches. */
  readonly lingerMillis?: number;
  readonly replicas: number;
  readonly logger: Logger;
}

/**
 * Consumes one kind of events durably: each reaches one copy of the service at least once, and counts as done when `handle`
 * returns. One that fails comes again with back-off. `handle` must be idempotent.
 *
 * Each kind has a position of its own in the stream. So a copy of an older version never gets what it doesn't know, and takes nothing
 * of it from copies of the newer one; events of a kind that nobody knows yet, or no more, wait there.
 */
export function consumeEvent<E extends EventContract<z.ZodType>>(
  connection: NatsConnection,
  options: ConsumeOptions<E>,
  handle: (batch: readonly PayloadOf<E>[]) => Promise<void>,
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

type Options = ConsumeOptions<EventContract<z.ZodType>>;
type HandleBatch<E extends EventContract<z.ZodType>> = (batch: readonly PayloadOf<E>[]) => Promise<void>;

/** The name of the position in the stream, which can't hold dots. */
const durableOf = ({ consumer, event }: Options): string => `${consumer}-${event.subject.replaceAll('.', '-')}`;

async function consumeLoop<E extends EventContract<z.ZodType>>(
  connection: NatsConnection,
  options: ConsumeOptions<E>,
  handle: HandleBatch<E>,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    try {
      const consumer = await openConsumer(connection, options);
      while (!signal.aborted) {
        const batch = await fetchBatch(consumer, options);
        if (batch.length > 0) await handleBatch(batch, options, handle);
        failures = 0;
      }
    } catch (error) {
      failures += 1;
      options.logger.warn({ err: error, durable: durableOf(options) }, 'consuming events failed; trying again');
      await sleep(backoffMillis(failures, 100, 5_000));
    }
  }
}

type Consumer = Awaited<ReturnType<typeof openConsumer>>;

async function openConsumer(connection: NatsConnection, options: Options) {
  await ensureEventStream(connection, options.replicas);
  const manager = await jetstreamManager(connection);
  const durable = durableOf(options);
  await manager.consumers.add(streamName, {
    durable_name: durable,
    ack_policy: AckPolicy.Explicit,
    filter_subject: options.event.subject,
    ack_wait: 30_000 * nanosPerMillisecond,
    max_ack_pending: 2_000,
  });
  return jetstream(connection).consumers.get(streamName, durable);
}

/** Waits for a first event, lingers, then takes what is there by then. */
async function fetchBatch(
  consumer: Consumer,
  { batchMax = 100, lingerMillis = 0 }: Pick<Options, 'batchMax' | 'lingerMillis'>,
): Promise<JsMsg[]> {
  const first = await consumer.next({ expires: 1_000 });
  if (!first) return [];
  const batch = [first];
  if (lingerMillis > 0) await sleep(lingerMillis);
  const pending = lingerMillis > 0 ? (await consumer.info()).num_pending : first.info.pending;
  if (pending > 0 && batchMax > 1) {
    const rest = await consumer.fetch({ max_messages: Math.min(batchMax - 1, pending), expires: 1_000 });
    for await (const message of rest) batch.push(message);
  }
  return batch;
}

async function handleBatch<E extends EventContract<z.ZodType>>(
  batch: JsMsg[],
  options: ConsumeOptions<E>,
  handle: HandleBatch<E>,
): Promise<void> {
  const read = batch.flatMap((message) => payloadOf(message, options) ?? []);
  try {
    if (read.length > 0) await handle(read.map(({ payload }) => payload));
    for (const { message } of read) message.ack();
  } catch (error) {
    for (const { message } of read) message.nak(Math.ceil(backoffMillis(message.info.deliveryCount, 200, 30_000)));
    throw error;
  }
}

/**
 * What an event says to this version: fields that only a newer one knows are left out. One that can't be read never will be: it ends
 * here, and the log says so, instead of coming again for days and keeping back those of its batch.
 */
function payloadOf<E extends EventContract<z.ZodType>>(
  message: JsMsg,
  { event, logger }: ConsumeOptions<E>,
): { message: JsMsg; payload: PayloadOf<E> } | undefined {
  try {
    return { message, payload: event.payload.parse(decodeJson(message.data)) as PayloadOf<E> };
  } catch (error) {
    logger.error({ err: error, subject: message.subject, sequence: message.seq }, 'an event can not be read');
    message.term('can not be read');
    return undefined;
  }
}
