import { setTimeout as sleep } from 'node:timers/promises';

const pollMillis = 100;

/** Waits for a condition; throws with its name when it doesn't come true within `millisMax`. */
export async function until(what: string, condition: () => Promise<boolean>, millisMax = 30_000): Promise<void> {
  const end = performance.now() + millisMax;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`In vain waited for: ${what}`);
    await sleep(pollMillis);
  }
}
