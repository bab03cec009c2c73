import type { z } from 'zod';

/** The services that answer messages; also the names of their queue groups, schemas and processes. */
export const serviceNames = ['gateway', 'identity', 'pages', 'attachments', 'search', 'cluster-coordinator'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** How long a request may take, end to end, unless its contract says otherwise. */
export const deadlineMillisDefault = 10_000;

/**
 * One request that crosses NATS: where it goes, what it carries, what comes back. Copies of the owning service share the
 * load by a queue group. `safe` requests change nothing, so the caller may repeat them when an answer stays away.
 */
export interface RequestContract<Request extends z.ZodType, Reply extends z.ZodType> {
  readonly subject: string;
  readonly service: ServiceName;
  readonly request: Request;
  readonly reply: Reply;
  readonly safe: boolean;
  readonly deadlineMillis: number;
}

export type AnyRequestContract = RequestContract<z.ZodType, z.ZodType>;
export type RequestOf<C extends AnyRequestContract> = z.output<C['request']>;
export type RequestInputOf<C extends AnyRequestContract> = z.input<C['request']>;
export type ReplyOf<C extends AnyRequestContract> = z.output<C['reply']>;

/** Declares a request; its subject is `SERVICE.NAME`. */
export function defineRequest<Request extends z.ZodType, Reply extends z.ZodType>(
  service: ServiceName,
  name: string,
  shape: { request: Request; reply: Reply; safe?: boolean; deadlineMillis?: number },
): RequestContract<Request, Reply> {
  return {
    subject: `${service}.${name}`,
    service,
    request: shape.request,
    reply: shape.reply,
    safe: shape.safe ?? false,
    deadlineMillis: shape.deadlineMillis ?? deadlineMillisDefault,
  };
}

/**
 * An answer that may be cached, with the tags it depends on (COHERENCE.md, "Words"). A service that answers from several
 * sources names all their tags (rule R11). `decisionDependsOn` are the tags of "this actor may see it", kept apart
 * because one answer serves all readers while the decision is each reader's own.
 */
export interface Answer<T> {
  readonly value: T;
  readonly dependsOn: readonly string[];
  readonly decisionDependsOn?: readonly string[];
  /** True when the value itself differs between readers (it shows other, restricted content): cache it for this actor only. */
  readonly perActor?: boolean;
}

/** Event that a service publishes through its outbox; consumers are durable and idempotent. */
export interface EventContract<Payload extends z.ZodType> {
  readonly subject: string;
  readonly payload: Payload;
}
export type PayloadOf<E extends EventContract<z.ZodType>> = z.output<E['payload']>;

/** Declares an event; its subject is `events.SERVICE.NAME`. */
export function defineEvent<Payload extends z.ZodType>(
  service: ServiceName,
  name: string,
  payload: Payload,
): EventContract<Payload> {
  return { subject: `events.${service}.${name}`, payload };
}
