import { expect } from '@jest/globals';
import { until } from '@tributary/test-servers';

/** Longest that a screen takes to show what was done or has come. */
const waitMillisMax = 10_000;

/** Waits until what is read off a screen is as expected: a screen shows in its own time what was done, or has come. */
export async function becomes<T>(read: () => Promise<T> | T, expected: unknown): Promise<void> {
  let last: T | undefined;
  const isAsExpected = async (): Promise<boolean> => {
    last = await read();
    try {
      expect(last).toEqual(expected);
      return true;
    } catch {
      return false;
    }
  };
  await until('what is shown', isAsExpected, waitMillisMax).catch(() => expect(last).toEqual(expected));
}
