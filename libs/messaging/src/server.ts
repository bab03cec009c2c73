import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { MessagePattern, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { ServiceError, type Answer, type AnyRequestContract, type ReplyOf, type RequestOf } from '@tributary/contracts';
import { messageDurations, type Logger } from '@tributary/platform';
import { isObservable, lastValueFrom, throwError, type Observable } from 'rxjs';
import { decodeJson, encodeError, encodeJson, headerNames } from './wire.js';

/** What a handler knows of its request beside the input. */
export interface RequestContext {
  /** Aborts when the caller no longer waits, or the process ends. */
  readonly signal: AbortSignal;
  /** When the caller stops waiting, on this process's `performance.now()`. */
  readonly deadlineAt: number;
  readonly traceparent: string | undefined;
}

/** Requests that one process works on at the same time; more are refused with `unavailable`, so that queues stay short. */
const concurrentRequestsMax = 2_000;

/**
 * Marks a controller's method as the handler of a request. The method gets the checked input and the context, and returns the
 * reply, or an `Answer` with the tags that it depends on.
 */
export function Handle<C extends AnyRequestContract>(contract: C) {
  return <T extends (input: RequestOf<C>, context: RequestContext) => Promise<ReplyOf<C> | Answer<ReplyOf<C>>>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T>,
  ): void => {
    MessagePattern(contract.subject)(target, key, descriptor as PropertyDescriptor);
  };
}

/** Lets errors reach the transport as they were thrown; Nest's own filter would turn them into a text without meaning. */
@Catch()
export class PassErrors implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

const isAnswer = (value: unknown): value is Answer<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  'dependsOn' in value &&
  'value' in value &&
  Array.isArray(value.dependsOn);

/**
 * Nest's transport for our messages: queue groups, deadlines, typed errors, raw bytes of answers. Nest's own NATS transport
 * wraps payloads in an envelope of its own and passes neither deadline nor headers of the answer, hence this strategy.
 */
export class MessagingServer extends Server implements CustomTransportStrategy {
  private readonly subscriptions: Subscription[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly connection: NatsConnection,
    private readonly queueGroup: string,
    private readonly log: Logger,
  ) {
    super();
  }

  override listen(callback: (error?: unknown) => void): void {
    for (const subject of this.messageHandlers.keys()) {
      this.subscriptions.push(
        this.connection.subscribe(subject, {
          queue: this.queueGroup,
          callback: (error, message) => {
            if (error) this.log.error({ err: error, subject }, 'a subscription failed');
            else this.take(subject, message);
          },
        }),
      );
    }
    callback();
  }

  /** Stops taking requests, lets those under way finish. The connection stays: others of the process still need it. */
  override async close(): Promise<void> {
    // Nest closes its strategy once more when the application closes.
    const open = this.subscriptions.splice(0).filter((subscription) => !subscription.isClosed());
    await Promise.all(open.map((subscription) => subscription.drain()));
    await Promise.all(this.underWay);
    this.stopping.abort(new ServiceError('unavailable', 'The service is stopping'));
  }

  override on(): never {
    throw new Error('This transport reports its state through the connection');
  }

  override unwrap<T>(): T {
    return this.connection as T;
  }

  private take(subject: string, message: Msg): void {
    if (this.underWay.size >= concurrentRequestsMax) {
      respondError(message, new ServiceError('unavailable', 'The service is overloaded'));
      return;
    }
    const work = this.handle(subject, message).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  private async handle(subject: string, message: Msg): Promise<void> {
    const takenAt = performance.now();
    let outcomeName = 'ok';
    const leftMillis = Number(message.headers?.get(headerNames.deadline)) || 10_000;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(new ServiceError('unavailable', 'The deadline is over')), leftMillis);
    const context: RequestContext = {
      signal: AbortSignal.any([deadline.signal, this.stopping.signal]),
      deadlineAt: takenAt + leftMillis,
      traceparent: message.headers?.get(headerNames.trace),
    };
    try {
      const handler = this.messageHandlers.get(subject);
      if (!handler) throw new ServiceError('notImplemented', `Nobody handles ${subject}`);
      const outcome: unknown = await handler(decodeJson(message.data), context);
      respond(
        message,
        isObservable(outcome) ? await lastValueFrom(outcome, { defaultValue: {} }) : outcome,
        this.connection,
      );
    } catch (error) {
      if (!(error instanceof ServiceError)) this.log.error({ err: error, subject }, 'a request failed unexpectedly');
      const failure = asServiceError(error);
      outcomeName = failure.code;
      respondError(message, failure);
    } finally {
      clearTimeout(timer);
      messageDurations.observe((performance.now() - takenAt) / 1_000, subject, outcomeName);
    }
  }
}

/** What the outside learns of an unexpected failure: that it happened. */
const asServiceError = (error: unknown): ServiceError =>
  error instanceof ServiceError ? error : new ServiceError('internal', 'An unexpected error occurred');

function respondError(message: Msg, error: ServiceError): void {
  const { payload, headers: meta } = encodeError(error);
  message.respond(payload, { headers: meta });
}

function respond(message: Msg, outcome: unknown, connection: NatsConnection): void {
  const meta = headers();
  if (isAnswer(outcome)) {
    meta.set(headerNames.dependsOn, outcome.dependsOn.join(','));
    if (outcome.perActor) meta.set(headerNames.perActor, '1');
    if (outcome.decisionDependsOn) meta.set(headerNames.decisionDependsOn, outcome.decisionDependsOn.join(','));
  }
  const payload = encodeJson(isAnswer(outcome) ? outcome.value : outcome);
  if (payload.length > (connection.info?.max_payload ?? Infinity)) {
    throw new ServiceError('payloadTooLarge', 'The answer is larger than the server can send: ask for less');
  }
  message.respond(payload, { headers: meta });
}
