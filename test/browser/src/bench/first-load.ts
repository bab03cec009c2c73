import type { Browser } from 'playwright-core';
import { percentile, type Measured } from './measured.js';
import { BenchReader, type Account } from './reader.js';

const times = 12;

/** From the address to the first picture of the page's text, as the page itself sees it. */
const watchText = () => {
  const look = () => {
    const text = document.querySelector('main .wiki-content p');
    // The frame after the one that drew it.
    if (text?.textContent)
      requestAnimationFrame(() => document.documentElement.setAttribute('data-text-at', String(performance.now())));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

/** What a page costs who opens it for the first time, and what writing costs on top of that. */
export async function measureFirstLoad(
  browser: Browser,
  origin: string,
  account: Account,
  path: string,
  pageId: string,
): Promise<Measured[]> {
  const textMillis: number[] = [];
  let pageBytes = 0;
  let editorBytes = 0;
  for (let time = 0; time < times; time += 1) {
    await using reader = await BenchReader.at(browser, origin, account);
    const { page } = reader;
    const bytes = await reader.countBytes();
    await page.addInitScript(watchText);
    await page.goto(path);
    const at = await page.waitForFunction(() => document.documentElement.dataset['textAt']);
    textMillis.push(Number(await at.jsonValue()));
    if (time > 0) continue;
    await page.waitForLoadState('networkidle');
    pageBytes = bytes();
    await page.goto(`/pages/resumedraft.action?draftId=${pageId}`);
    await page.locator('.editor-text').waitFor();
    // What it loads when nobody waits belongs to it.
    await page.waitForTimeout(4_000);
    await page.waitForLoadState('networkidle');
    editorBytes = await page.evaluate(() => {
      const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      return files.filter(({ name }) => name.includes('/assets/')).reduce((sum, file) => sum + file.transferSize, 0);
    });
  }
  return [
    { metric: 'First load of a page, over the wire', value: pageBytes / 1_000, unit: 'kB', most: 250 },
    { metric: 'The editor on top of that, over the wire', value: editorBytes / 1_000, unit: 'kB', most: 450 },
    { metric: `Text visible, cold, median of ${times}`, value: percentile(textMillis, 0.5), unit: 'ms', most: 700 },
    { metric: 'Text visible, cold, slowest', value: Math.max(...textMillis), unit: 'ms' },
  ];
}
