import type { Browser } from 'playwright-core';
import type { RestClient } from '../sample-wiki.js';
import { percentile, type Measured } from './measured.js';
import { BenchReader, type Account } from './reader.js';

const children = 10_000;
const atOnce = 16;
/** What one turn of a wheel scrolls, in pixels, and how long people take for it. */
const wheelPixels = 600;
const wheelMillis = 30;
const titled = (number: number): string => `Child ${String(number).padStart(5, '0')}`;

/** A space whose home page has very many children; answers the home page's address. */
async function createWideTree(rest: RestClient): Promise<string> {
  const key = `WIDE${process.pid}`;
  const { homepage } = await rest.send<{ homepage: { id: string } }>('POST', '/rest/api/space?expand=homepage', {
    key,
    name: 'A wide tree',
  });
  for (let from = 1; from <= children; from += atOnce) {
    const numbers = Array.from({ length: Math.min(atOnce, children + 1 - from) }, (_, index) => from + index);
    await Promise.all(
      numbers.map((number) =>
        rest.send('POST', '/rest/api/content', {
          type: 'page',
          title: titled(number),
          space: { key },
          ancestors: [{ id: homepage.id }],
          body: { storage: { value: '<p>A child.</p>', representation: 'storage' } },
        }),
      ),
    );
  }
  return `/display/${key}`;
}

/** Runs in the page: the time between two frames, for as long as it is open. */
const watchFrames = () => {
  const frames: number[] = [];
  Object.assign(globalThis, { frames });
  let last = performance.now();
  const note = (now: number) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
};

/** Scrolling with the wheel through all children of a page, while they are read some at a time. */
export async function measureTree(
  browser: Browser,
  origin: string,
  account: Account,
  rest: RestClient,
): Promise<Measured[]> {
  const address = await createWideTree(rest);
  await using reader = await BenchReader.at(browser, origin, account);
  const { page, devTools } = reader;
  await devTools.send('Performance.enable');
  await page.goto(address);
  const line = page.getByRole('treeitem', { name: titled(1), exact: true });
  await line.hover();
  await page.evaluate(watchFrames);
  const isAtEnd = (title: string) =>
    [...document.querySelectorAll('[role="treeitem"]')].some(({ textContent }) => textContent === title);
  const since = performance.now();
  let turns = 0;
  while (!(await page.evaluate(isAtEnd, titled(children)))) {
    await page.mouse.wheel(0, wheelPixels);
    await page.waitForTimeout(wheelMillis);
    turns += 1;
    if (turns > children) throw new Error('The end of the tree was not reached');
  }
  const seconds = (performance.now() - since) / 1_000;
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
  const drawn = await page.evaluate(() => document.querySelectorAll('[role="treeitem"]').length);
  const named = `${children.toLocaleString('en')} children of a page`;
  return [
    {
      metric: `Between two frames while ${named} are scrolled by, p95`,
      value: percentile(frames, 0.95),
      unit: 'ms',
      most: 34,
    },
    { metric: 'The same, median', value: percentile(frames, 0.5), unit: 'ms' },
    { metric: 'The same, p99', value: percentile(frames, 0.99), unit: 'ms' },
    { metric: `From the first to the last of them, ${turns} turns of the wheel`, value: seconds, unit: 's' },
    { metric: 'Rows that are drawn at the end', value: drawn, unit: 'rows', most: 120 },
  ];
}
