import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { rest } from './own-page.js';
import { Visitor } from './visitor.js';

/** More than the application asks for at once, and than it draws. */
const many = 450;
const atOnce = 20;
/** Rows that are drawn at most, however many there are. */
const drawnMax = 120;

let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  visitor = await (await Visitor.at(browser)).as('administrator');
});
afterEach(async () => {
  await visitor[Symbol.asyncDispose]();
});

/** A space with so many pages below its home page; answers its key. */
async function spaceWith(titles: readonly string[]): Promise<string> {
  const key = `TREE${Date.now().toString(36)}`;
  const space = await rest.send<{ homepage: { id: string } }>('POST', '/rest/api/space?expand=homepage', {
    key,
    name: `Tree ${key}`,
  });
  for (let from = 0; from < titles.length; from += atOnce) {
    await Promise.all(
      titles.slice(from, from + atOnce).map((title) =>
        rest.send('POST', '/rest/api/content', {
          type: 'page',
          title,
          space: { key },
          ancestors: [{ id: space.homepage.id }],
          body: { storage: { value: `<p>${title}</p>`, representation: 'storage' } },
        }),
      ),
    );
  }
  return key;
}

const titles = () => visitor.page.getByRole('treeitem').allInnerTexts();
const titled = (number: number) => `Page ${String(number).padStart(3, '0')}`;

describe('the tree of a space', () => {
  it('draws what is in sight of very many pages, and reads the rest as one scrolls', async () => {
    const key = await spaceWith(Array.from({ length: many }, (_, index) => titled(index + 1)));
    await visitor.open(`/display/${key}`);
    await visitor.treeItem(titled(1)).waitFor();
    expect((await titles()).length).toBeLessThan(drawnMax);
    await visitor.treeItem(titled(1)).focus();
    for (let last = ''; last !== titled(many); last = (await titles()).at(-1) ?? '') {
      await visitor.page.keyboard.press('End');
      await visitor.page.waitForFunction(() => !document.querySelector('#page-tree [aria-busy=true]'));
    }
    expect((await titles()).length).toBeLessThan(drawnMax);
    await becomes(() => visitor.treeItem(titled(many)).getAttribute('aria-posinset'), String(many));
    await visitor.page.keyboard.press('End');
    await visitor.page.waitForFunction((last) => document.activeElement?.textContent === last, titled(many));
    await visitor.page.keyboard.press('Enter');
    await visitor.reads(titled(many));
    await visitor.page.keyboard.press('Home');
    expect(visitor.complaints).toEqual([]);
  }, 90_000);

  it('moves pages by dragging and takes that back', async () => {
    await visitor.open(`/display/${await spaceWith(['A', 'B', 'C'])}`);
    await visitor.treeItem('C').waitFor();
    expect(await titles()).toEqual(['A', 'B', 'C']);
    await visitor.treeItem('C').dragTo(visitor.treeItem('A'), { targetPosition: { x: 60, y: 3 } });
    await visitor.page.getByText('“C” was moved.').waitFor();
    await visitor.page.waitForFunction(() => document.querySelector('[role=treeitem]')?.textContent === 'C');
    expect(await titles()).toEqual(['C', 'A', 'B']);
    await visitor.page.getByRole('button', { name: 'Undo' }).click();
    await visitor.page.waitForFunction(() => document.querySelector('[role=treeitem]')?.textContent === 'A');
    expect(await titles()).toEqual(['A', 'B', 'C']);

    const { height = 0 } = (await visitor.treeItem('A').boundingBox()) ?? {};
    await visitor.treeItem('C').dragTo(visitor.treeItem('A'), { targetPosition: { x: 60, y: height / 2 } });
    await visitor.treeItem('C').waitFor({ state: 'detached' });
    await becomes(() => visitor.treeItem('A').getAttribute('aria-expanded'), 'false');
    expect(visitor.complaints).toEqual([]);
  });

  it('moves pages by keys', async () => {
    await visitor.open(`/display/${await spaceWith(['A', 'B', 'C'])}`);
    await visitor.treeItem('C').focus();
    await visitor.page.keyboard.press('Alt+Shift+ArrowUp');
    await visitor.page.waitForFunction(
      () => [...document.querySelectorAll('[role=treeitem]')].map((item) => item.textContent).join('') === 'ACB',
    );
    await visitor.page.keyboard.press('Alt+Shift+ArrowRight');
    await visitor.treeItem('C').waitFor({ state: 'detached' });
    expect(await titles()).toEqual(['A', 'B']);
    expect(visitor.complaints).toEqual([]);
  });
});
