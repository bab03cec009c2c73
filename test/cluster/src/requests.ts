import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';

/** What people see of a cluster, however its processes run. */
export type ServedCluster = Pick<RunningCluster, 'call' | 'url' | 'gateways' | 'gatewayUrls'>;

/** What a request may take by contract, and what comes on top of it on a busy machine. */
export const deadlineMillis = 10_000;
export const busyMillis = 1_500;

/** A body as the REST API takes it. */
export const storage = (value: string) => ({ storage: { value, representation: 'storage' } });

export interface Outcome {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly millis: number;
}

/** Clients wait longer than any answer may take: one that never comes is found. */
export const clientGivesUp = (): AbortSignal => AbortSignal.timeout(3 * deadlineMillis);

/** Asks as the administrator; rejects when the gateway can't be reached. */
export async function ask(
  cluster: Pick<ServedCluster, 'call'>,
  gateway: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Outcome> {
  const since = performance.now();
  const { status, json } = await cluster.call(gateway, method, path, body, clientGivesUp());
  return { status, json, millis: performance.now() - since };
}

/** What is wrong with a failure that isn't the client's mistake: it must be a 503 in the documented shape, in time. */
export function dishonesty(what: string, { status, json, millis }: Outcome): string[] {
  const wrong: string[] = [];
  const { statusCode, message, reason } = json;
  if (status !== 503 || statusCode !== 503 || reason !== 'Service Unavailable' || typeof message !== 'string')
    wrong.push(`${what} failed by ${status}: ${JSON.stringify(json)}`);
  if (millis > deadlineMillis + busyMillis) wrong.push(`${what} failed after ${Math.round(millis)} ms`);
  return wrong;
}

/** After a failure: not at once again. */
export const patience = (): Promise<void> => sleep(20);

export function pick<T>(from: readonly T[], chance: () => number): T {
  const chosen = from[Math.floor(chance() * from.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from');
  return chosen;
}
