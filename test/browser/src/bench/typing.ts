import type { Browser } from 'playwright-core';
import { blockCount, type BenchWiki } from './bench-wiki.js';
import { percentile, type Measured } from './measured.js';
import { BenchReader, type Account } from './reader.js';

const keystrokes = 200;
/** Fast typing; long enough for all that a key sets off, drafts that are saved in between included. */
const pauseMillis = 120;
const text = 'typing goes on in the middle of a long page ';

/** Notes for each key how long it was until its frame was drawn. */
const watchKeys = () => {
  const drawn: number[] = [];
  Object.assign(window, { drawn });
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => drawn.push(performance.now() - timeStamp);
        port2.postMessage(0);
      });
    },
    { capture: true },
  );
};

/**
 * What a key costs in the middle of a long page: all work of the browser's main thread from its keydown until the next one. That is more than
 * the letter needs: saves of the draft, timers and the collection of garbage are in it too, and no waiting is. How long a person waits for the
 * letter is measured beside it, with the wait for the next frame and for whatever else the machine does.
 */
export async function measureTyping(
  browser: Browser,
  origin: string,
  account: Account,
  { longPageId }: BenchWiki,
): Promise<Measured[]> {
  await using reader = await BenchReader.at(browser, origin, account);
  const { page, devTools } = reader;
  page.setDefaultTimeout(60_000);
  await page.addInitScript(watchKeys);
  const since = performance.now();
  await page.goto(`/pages/resumedraft.action?draftId=${longPageId}`);
  await page.locator('.editor-text').waitFor();
  const openMillis = performance.now() - since;
  await page
    .locator('.editor-text > p')
    .nth(blockCount / 4)
    .click();
  await page.keyboard.press('End');
  await page.waitForTimeout(5_000);
  // Its own processor time: what other programs take meanwhile isn't the application's.
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const work: number[] = [];
  for (let key = 0; key < keystrokes; key += 1) {
    const before = await reader.metric('TaskDuration');
    await page.keyboard.press(text[key % text.length] === ' ' ? 'Space' : (text[key % text.length] ?? 'x'));
    await page.waitForTimeout(pauseMillis);
    work.push(((await reader.metric('TaskDuration')) - before) * 1_000);
  }
  const drawn = await page.evaluate(() => (window as unknown as { drawn: number[] }).drawn.slice(-200));
  return [
    {
      metric: `A key in a page of ${blockCount.toLocaleString('en')} blocks, work, p95 of ${keystrokes}`,
      value: percentile(work, 0.95),
      unit: 'ms',
      most: 16,
    },
    { metric: 'The same, median', value: percentile(work, 0.5), unit: 'ms' },
    {
      metric: 'The same, until its frame is drawn (frames are 16.7 ms apart), p95',
      value: percentile(drawn, 0.95),
      unit: 'ms',
    },
    { metric: `Opening the editor with ${blockCount.toLocaleString('en')} blocks`, value: openMillis, unit: 'ms' },
  ];
}
