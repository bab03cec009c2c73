import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { errorStatus, ServiceError, type ErrorCode, type ErrorDetail } from '@tributary/contracts';
import { z } from 'zod';

/**
 * How a request looks on NATS. The payload is JSON; what a receiver needs without reading the payload stands in headers, so
 * that a gateway can pass an answer's bytes on as they are.
 */
export const headerNames = {
  /** Milliseconds that the caller still waits. Relative, because nothing may rest on wall clocks. */
  deadline: 'Tributary-Deadline-Millis',
  /** Version of the contracts that the sender knows; without it, the receiver's own. */
  contracts: 'Tributary-Contracts',
  /** How many copies passed the request on, because they could not work on it. */
  passedOn: 'Tributary-Passed-On',
  /** W3C trace context. */
  trace: 'traceparent',
  /** Code of the error, when the answer is one. */
  error: 'Tributary-Error',
  /** Tags of a cacheable answer, joined by commas, and those of the decision that the actor may see it. */
  dependsOn: 'Tributary-Depends-On',
  decisionDependsOn: 'Tributary-Decision-Depends-On',
  /** Present when the answer is this actor's only. */
  perActor: 'Tributary-Per-Actor',
} as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encodeJson = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));
export const decodeJson = (bytes: Uint8Array): unknown => JSON.parse(decoder.decode(bytes)) as unknown;

const ErrorPayload = z.object({ message: z.string(), details: z.array(z.custom<ErrorDetail>()).default([]) });

export function encodeError(error: ServiceError): { payload: Uint8Array; headers: MsgHdrs } {
  const meta = headers();
  meta.set(headerNames.error, error.code);
  return { payload: encodeJson({ message: error.message, details: error.details }), headers: meta };
}

/** The error that an answer carries, or undefined. An unknown code, from a newer version, counts as `internal`. */
export function decodeError(meta: MsgHdrs | undefined, payload: Uint8Array): ServiceError | undefined {
  const code = meta?.get(headerNames.error);
  if (!code) return undefined;
  const parsed = ErrorPayload.parse(decodeJson(payload));
  return new ServiceError(code in errorStatus ? (code as ErrorCode) : 'internal', parsed.message, parsed.details);
}

export const splitTags = (joined: string | undefined): string[] => (joined ? joined.split(',') : []);
