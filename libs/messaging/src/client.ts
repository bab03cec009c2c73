import { errors as natsErrors, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import {
  contractsVersion,
  ServiceError,
  unavailable,
  type Answer,
  type AnyRequestContract,
  type ReplyOf,
  type RequestInputOf,
} from '@tributary/contracts';
import { backoffMillis, sleep, traced, tracer } from '@tributary/platform';
import { ConnectionState } from './connection.js';
import { decodeError, decodeJson, encodeJson, headerNames, splitTags } from './wire.js';

export interface RequestOptions {
  /** Ends the waiting, with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Shorter than the contract's own deadline. */
  readonly deadlineMillis?: number;
  readonly traceparent?: string | undefined;
}

/** An answer whose payload is still the bytes that the service sent: JSON in UTF-8. */
export interface RawAnswer {
  readonly bytes: Uint8Array;
  readonly dependsOn: readonly string[];
  readonly decisionDependsOn: readonly string[];
  /** The answer is this actor's only: another reader may get another one. */
  readonly perActor: boolean;
}

/** One attempt at a safe request is given up for another copy after this part of the deadline. */
const safeAttemptShare = 0.3;

/** A request waits this long for a connection that is away: after the restart of one server it is there by then. */
const reconnectMillisMax = 1_500;

/** Sends requests to services by their contracts. Validates what is sent: it is the one place where input is checked. */
export class MessagingClient {
  private readonly state: ConnectionState;

  constructor(
    private readonly connection: NatsConnection,
    /** Another than this build's only in specs. */
    private readonly version: number = contractsVersion,
  ) {
    this.state = new ConnectionState(connection);
  }

  /** Whether requests can be sent at this moment. */
  get isConnected(): boolean {
    return this.state.isConnected;
  }

  /** The largest payload that the servers take, in bytes. */
  get payloadBytesMax(): number {
    return this.connection.info?.max_payload ?? 1024 * 1024;
  }

  /** Asks and returns the value of the answer. Throws ServiceError only. */
  async request<C extends AnyRequestContract>(
    contract: C,
    input: RequestInputOf<C>,
    options: RequestOptions = {},
  ): Promise<ReplyOf<C>> {
    return decodeJson((await this.requestRaw(contract, input, options)).bytes) as ReplyOf<C>;
  }

  /** Asks and returns the value with the tags that it depends on. */
  async requestAnswer<C extends AnyRequestContract>(
    contract: C,
    input: RequestInputOf<C>,
    options: RequestOptions = {},
  ): Promise<Required<Answer<ReplyOf<C>>>> {
    const { bytes, ...answer } = await this.requestRaw(contract, input, options);
    return { value: decodeJson(bytes) as ReplyOf<C>, ...answer };
  }

  /** Asks and returns the answer's bytes unread, for passing them on. */
  async requestRaw<C extends AnyRequestContract>(
    contract: C,
    input: RequestInputOf<C>,
    options: RequestOptions = {},
  ): Promise<RawAnswer> {
    const parsed = contract.request.safeParse(input);
    if (!parsed.success) throw invalidRequest(parsed.error.issues);
    const payload = encodeJson(parsed.data);
    if (payload.length > this.payloadBytesMax) {
      throw new ServiceError('payloadTooLarge', 'The request is larger than the server takes');
    }
    const message = await this.sendTraced(contract, payload, options);
    const failure = decodeError(message.headers, message.data);
    if (failure) throw failure;
    return {
      bytes: message.data,
      dependsOn: splitTags(message.headers?.get(headerNames.dependsOn)),
      decisionDependsOn: splitTags(message.headers?.get(headerNames.decisionDependsOn)),
      perActor: message.headers?.has(headerNames.perActor) ?? false,
    };
  }

  private sendTraced(contract: AnyRequestContract, payload: Uint8Array, options: RequestOptions): Promise<Msg> {
    if (!tracer()) return this.send(contract, payload, options);
    const attributes = { 'messaging.system': 'nats', 'messaging.destination.name': contract.subject };
    return traced({ name: `ask ${contract.subject}`, kind: 'client', attributes }, (span) =>
      this.send(contract, payload, span ? { ...options, traceparent: span.traceparent } : options),
    );
  }

  /**
   * Repeats what certainly was not taken (no copy is listening) and, for safe requests, what was not answered in time; all
   * within one deadline.
   */
  private async send(contract: AnyRequestContract, payload: Uint8Array, options: RequestOptions): Promise<Msg> {
    const deadline = performance.now() + Math.min(contract.deadlineMillis, options.deadlineMillis ?? Infinity);
    for (let attempt = 0; ; attempt += 1) {
      options.signal?.throwIfAborted();
      const leftMillis = deadline - performance.now();
      if (leftMillis <= 1) throw unavailable(`The ${contract.service} service did not answer in time`);
      const attemptMillis = contract.safe
        ? Math.min(leftMillis, contract.deadlineMillis * safeAttemptShare)
        : leftMillis;
      if (!(await this.state.connected(Math.min(leftMillis, reconnectMillisMax))))
        throw unavailable(`The ${contract.service} service can't be reached`);
      try {
        return await this.connection.request(contract.subject, payload, {
          timeout: attemptMillis,
          headers: this.headersOf(attemptMillis, options.traceparent),
        });
      } catch (error) {
        const cause = error instanceof natsErrors.RequestError && error.cause ? error.cause : error;
        const notTaken = isNoResponders(error);
        const mayRepeat = notTaken || (contract.safe && cause instanceof natsErrors.TimeoutError);
        if (!mayRepeat || this.connection.isClosed()) {
          throw unavailable(`The ${contract.service} service can't be reached`, error);
        }
        if (notTaken)
          await sleep(
            Math.min(backoffMillis(attempt, 20, 500), Math.max(deadline - performance.now(), 0)),
            options.signal,
          );
      }
    }
  }

  private headersOf(deadlineMillis: number, traceparent: string | undefined) {
    const meta = headers();
    meta.set(headerNames.deadline, String(Math.ceil(deadlineMillis)));
    meta.set(headerNames.contracts, String(this.version));
    if (traceparent) meta.set(headerNames.trace, traceparent);
    return meta;
  }
}

const isNoResponders = (error: unknown): boolean =>
  error instanceof natsErrors.NoRespondersError || (error instanceof natsErrors.RequestError && error.isNoResponders());

/** What a schema found, as the error that its sender gets. */
export function invalidRequest(issues: readonly { path: PropertyKey[]; message: string }[]): ServiceError {
  const details = issues.slice(0, 20).map((issue) => {
    const text = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ${issue.message}` : issue.message;
    return { message: { key: text, args: [], translation: text } };
  });
  return new ServiceError('badRequest', details[0]?.message.translation ?? 'The request is not valid', details);
}
