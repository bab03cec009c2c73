import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { startBrowser } from './chromium.js';
import { Visitor } from './visitor.js';

/** Opens somebody's own browser window, before the load balancer or one gateway; it is closed after the test. */
export type Visit = (options?: BrowserContextOptions, gateway?: 0 | 1) => Promise<Visitor>;

/** One Chromium for all tests of a file, and each test's own visitors. */
export function visits(): Visit {
  let browser: Browser | undefined;
  const visitors: Visitor[] = [];
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterEach(async () => {
    await Promise.all(visitors.splice(0).map((visitor) => visitor[Symbol.asyncDispose]()));
  });
  afterAll(() => browser?.close());
  return async (options, gateway) => {
    if (!browser) throw new Error('Somebody visits before the browser runs');
    const visitor = await Visitor.at(browser, options, gateway);
    visitors.push(visitor);
    return visitor;
  };
}
