import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { MessagePattern, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import {
  areNeighbours,
  contractsVersion,
  ServiceError,
  type Answer,
  type AnyRequestContract,
  type ReplyOf,
  type RequestOf,
} from '@tributary/contracts';
import { messageDurations, traced, tracer, type Logger } from '@tributary/platform';
import { isObservable, lastValueFrom, throwError, type Observable } from 'rxjs';
import { ArrivalClock } from './arrival-clock.js';
import { invalidRequest } from './client.js';
import { decodeJson, encodeError, encodeJson, headerNames } from './wire.js';

/** What a handler knows of its request beside the input. */
export interface RequestContext {
  /** Aborts when the caller no longer waits, or the process ends. */
  readonly signal: AbortSignal;
  /** When the caller stops waiting, on this process's `performance.now()`. */
  readonly deadlineAt: number;
  readonly traceparent: string | undefined;
}

/** Makes the signal when a handler asks for it: most don't, and a timer with its signals costs as much as a small answer. */
class HandlerContext implements RequestContext {
  private made: { readonly signal: AbortSignal; readonly timer: NodeJS.Timeout } | undefined;

  constructor(
    readonly deadlineAt: number,
    readonly traceparent: string | undefined,
    private readonly stopping: AbortSignal,
  ) {}

  get signal(): AbortSignal {
    this.made ??= this.make();
    return this.made.signal;
  }

  end(): void {
    clearTimeout(this.made?.timer);
  }

  private make() {
    const deadline = new AbortController();
    const abort = () => deadline.abort(new ServiceError('unavailable', 'The deadline is over'));
    const timer = setTimeout(abort, Math.max(this.deadlineAt - performance.now(), 0));
    return { signal: AbortSignal.any([deadline.signal, this.stopping]), timer };
  }
}

/** Requests that one process works on at the same time; more are refused with `unavailable`, so that queues stay short. */
const concurrentRequestsMax = 2_000;

/** A request is passed on so often; by then another copy would have got it, and this one does what it can. */
const passesMax = 8;

/** What the handlers of this process handle, by subject. */
const handled = new Map<string, AnyRequestContract>();

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
    handled.set(contract.subject, contract);
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
  private readonly arrivals: ArrivalClock;
  private canNotWork: () => boolean = () => false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly queueGroup: string,
    private readonly log: Logger,
    /** Another than this build's only in specs. */
    private readonly version: number = contractsVersion,
  ) {
    super();
    this.arrivals = new ArrivalClock(connection);
  }

  /** Leaves requests to other copies while this one can not work on them, as when its database does not answer. */
  passOnWhile(canNotWork: () => boolean): void {
    this.canNotWork = canNotWork;
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
    this.arrivals.stop();
    this.stopping.abort(new ServiceError('unavailable', 'The service is stopping'));
  }

  override on(): never {
    throw new Error('This transport reports its state through the connection');
  }

  override unwrap<T>(): T {
    return this.connection as T;
  }

  private take(subject: string, message: Msg): void {
    if (this.canNotWork() && this.passOn(message)) return;
    if (this.underWay.size >= concurrentRequestsMax) {
      respondError(message, new ServiceError('unavailable', 'The service is overloaded'));
      return;
    }
    const work = this.handle(subject, message).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Gives a request to its queue group again: another copy may take it. */
  private passOn({ subject, data, reply, headers: meta = headers() }: Msg): boolean {
    const passes = Number(meta.get(headerNames.passedOn) || 0);
    if (passes >= passesMax || !reply) return false;
    meta.set(headerNames.passedOn, String(passes + 1));
    this.connection.publish(subject, data, { reply, headers: meta });
    return true;
  }

  /**
   * What the sender checked already, by the same schema. A sender of the neighbouring version used another one: what it doesn't know
   * gets its default, what only it knows is left out.
   */
  private inputOf(subject: string, message: Msg): unknown {
    const input = decodeJson(message.data);
    const sender = Number(message.headers?.get(headerNames.contracts) || this.version);
    if (sender === this.version) return input;
    if (!areNeighbours(sender, this.version)) {
      throw new ServiceError(
        'unavailable',
        `Version ${sender} of the contracts is too far from version ${this.version} to work together`,
      );
    }
    const parsed = handled.get(subject)?.request.safeParse(input);
    if (parsed && !parsed.success) throw invalidRequest(parsed.error.issues);
    return parsed ? parsed.data : input;
  }

  private async outcomeOf(subject: string, message: Msg, context: RequestContext): Promise<unknown> {
    const handler = this.messageHandlers.get(subject);
    if (!handler) throw new ServiceError('notImplemented', `Nobody handles ${subject}`);
    const outcome: unknown = await handler(this.inputOf(subject, message), context);
    return isObservable(outcome) ? await lastValueFrom(outcome, { defaultValue: {} }) : outcome;
  }

  private async handle(subject: string, message: Msg): Promise<void> {
    const takenAt = performance.now();
    let outcomeName = 'ok';
    const leftMillis = Number(message.headers?.get(headerNames.deadline)) || 10_000;
    const context = new HandlerContext(
      this.arrivals.earliest() + leftMillis,
      message.headers?.get(headerNames.trace),
      this.stopping.signal,
    );
    try {
      // It was answered 503 long ago, and may have been asked again since.
      if (context.deadlineAt <= performance.now()) throw new ServiceError('unavailable', 'The deadline is over');
      const work = () => this.outcomeOf(subject, message, context);
      const details = { name: subject, kind: 'server', traceparent: context.traceparent } as const;
      respond(message, await (tracer() ? traced(details, work) : work()), this.connection);
    } catch (error) {
      if (!(error instanceof ServiceError)) this.log.error({ err: error, subject }, 'a request failed unexpectedly');
      const failure = asServiceError(error);
      outcomeName = failure.code;
      respondError(message, failure);
    } finally {
      context.end();
      messageDurations.observe((performance.now() - takenAt) / 1_000, subject, outcomeName);
    }
  }
}

/** Answers with an error. Of an unexpected failure the outside learns that it happened. */
export function respondError(message: Msg, error: unknown): void {
  const { payload, headers: meta } = encodeError(asServiceError(error));
  message.respond(payload, { headers: meta });
}

const asServiceError = (error: unknown): ServiceError =>
  error instanceof ServiceError ? error : new ServiceError('internal', 'An unexpected error occurred');

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
