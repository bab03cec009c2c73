import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import type { Browser, Page } from 'playwright-core';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { ownPage } from './own-page.js';
import { storedBody, Writer } from './writer.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const blockCount = 400;
const wide = `<table><tbody><tr>${'<td>wide_enough_to_scroll</td>'.repeat(20)}</tr></tbody></table>`;
const paragraphs = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `<p>number ${from + index}</p>`).join('');
const body = `${paragraphs(0, 200)}<h2>Middle</h2>${wide}${paragraphs(202, blockCount - 202)}`;

const opened = async (): Promise<{ id: string; writer: Writer }> => {
  const id = await ownPage('Long', body);
  return { id, writer: await Writer.at(browser, id) };
};

/** The distances between paragraphs that follow one another, as far as a screen or two, in tenths of a pixel. */
const gapsOf = (page: Page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('.editor-text > *')].slice(0, 30);
    const gaps = all.flatMap((block, at) => {
      const next = all[at + 1];
      return next ? [next.getBoundingClientRect().top - block.getBoundingClientRect().bottom] : [];
    });
    return gaps.map((gap) => Math.round(gap * 10));
  });

const clickAt = async (writer: Writer, words: string): Promise<void> => {
  await writer.text.getByText(words, { exact: true }).click();
  await writer.page.keyboard.press('End');
  await writer.knowsItsPlace();
};

describe('a text of hundreds of blocks', () => {
  it('is laid out as a short one is', async () => {
    const { writer } = await opened();
    await using _ = writer;
    expect(new Set(await gapsOf(writer.page)).size).toBe(1);
    await writer.text.locator('table').scrollIntoViewIfNeeded();
    await until('the text to scroll with its table', () =>
      writer.text.evaluate((text) => text.scrollWidth > text.clientWidth + 100),
    );
    expect(writer.visitor.complaints).toEqual([]);
  }, 60_000);

  it('is written in, split, joined, selected and undone everywhere', async () => {
    const { id, writer } = await opened();
    await using _ = writer;
    const { page, text } = writer;
    await clickAt(writer, 'number 11');
    await page.keyboard.type(' more');
    await page.keyboard.press('Enter');
    await page.keyboard.type('new');
    const inserted = text.getByText('new', { exact: true });
    await inserted.waitFor();
    const heightOf = async (words: string) => (await text.getByText(words, { exact: true }).boundingBox())?.y ?? 0;
    expect(await heightOf('new')).toBeGreaterThan(await heightOf('number 11 more'));
    expect(await heightOf('number 12')).toBeGreaterThan(await heightOf('new'));
    // Down over the ends of groups, and up again.
    for (let line = 0; line < 30; line += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.type('!');
    await text.getByText('number 41!', { exact: true }).waitFor();
    for (let line = 0; line < 20; line += 1) await page.keyboard.press('Shift+ArrowUp');
    await writer.knowsItsPlace();
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(
      /^\s+number 22\s(\s*number \d+\s){18}\s*number 41!$/,
    );
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+a');
    await writer.knowsItsPlace();
    await page.keyboard.type('gone');
    await writer.isSaved();
    await becomes(() => text.textContent(), 'gone');
    for (let key = 0; key < 8; key += 1) await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/display\//);
    expect(await storedBody(id)).toBe(body);
  }, 60_000);

  it('takes an input method’s words, and is found by the browser', async () => {
    const { writer } = await opened();
    await using _ = writer;
    const { page, text } = writer;
    await clickAt(writer, 'number 23');
    const devTools = await page.context().newCDPSession(page);
    for (const words of ['に', 'にほ', '日本'])
      await devTools.send('Input.imeSetComposition', {
        text: words,
        selectionStart: words.length,
        selectionEnd: words.length,
      });
    await devTools.send('Input.insertText', { text: '日本' });
    await text.getByText('number 23日本', { exact: true }).waitFor();
    const found = await page.evaluate(() => (window as unknown as { find(words: string): boolean }).find('number 390'));
    expect(found).toBe(true);
    await page.waitForFunction(() => {
      const { top } = getSelection()?.getRangeAt(0).getBoundingClientRect() ?? { top: -1 };
      return top > 0 && top < innerHeight;
    });
  });
});
