import { setTimeout as delay } from 'node:timers/promises';

/** Waits; ends early with the signal's reason when it aborts. */
export const sleep = (millis: number, signal?: AbortSignal): Promise<void> => delay(millis, undefined, { signal });

/** Waits; ends early, and without an error, when the signal aborts: for loops, which look at it themselves. */
export async function idle(millis: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(millis, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Exponential back-off with full jitter, so that many that failed together don't come back together. */
export function backoffMillis(attempt: number, baseMillis = 50, mostMillis = 2_000): number {
  return Math.random() * Math.min(mostMillis, baseMillis * 2 ** Math.min(attempt, 20));
}

/** The promise's outcome, or `onTimeout()` thrown after `millis`. The work itself is not stopped: pass it a signal for that. */
export async function withDeadline<T>(work: Promise<T>, millis: number, onTimeout: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(onTimeout()), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
