import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';

/** Longest that a screen takes to show what was done or has come. */
const waitMillisMax = 10_000;
const pollMillis = 50;

/** Waits until what is read off a screen is as expected: a screen shows in its own time what was done, or has come. */
export async function becomes<T>(read: () => Promise<T> | T, expected: unknown): Promise<void> {
  const end = performance.now() + waitMillisMax;
  let last = await read();
  while (!isDeepStrictEqual(last, expected) && performance.now() < end) {
    await sleep(pollMillis);
    last = await read();
  }
  expect(last).toEqual(expected);
}
