import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { isFound, ownPage } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';
import { stored, storedBody } from './writer.js';

const visit = visits();
const { administrator } = sampleCluster();
const stopsMax = 150;

/** Somebody who has no pointer: goes from stop to stop with the Tab key, and expects to see each time where they are. */
class KeyboardUser {
  constructor(private readonly visitor: Visitor) {}

  private get page() {
    return this.visitor.page;
  }

  /** Goes on with Tab until the focus is there. */
  async goTo(target: Locator): Promise<void> {
    await target.waitFor();
    if (await this.isAt(target)) return;
    for (let stop = 0; stop < stopsMax; stop += 1) {
      await this.page.keyboard.press('Tab');
      const { isThere, unseen } = await target.evaluate(focusSeen);
      expect(unseen).toBe('');
      if (isThere) return;
    }
    throw new Error(`The Tab key doesn’t lead to ${target.toString()}`);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Goes there and presses Enter. */
  async enter(target: Locator): Promise<void> {
    await this.goTo(target);
    await this.press('Enter');
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Goes down a list box to an option, and chooses it. */
  async choose(option: Locator): Promise<void> {
    await option.waitFor();
    for (let step = 0; step < stopsMax; step += 1) {
      if ((await option.getAttribute('aria-selected')) === 'true') return this.press('Enter');
      await this.press('ArrowDown');
    }
    throw new Error(`The arrow keys don’t lead to ${option.toString()}`);
  }

  /** Chooses what the slash menu offers first for a word. */
  async insert(word: string): Promise<void> {
    await this.type(`/${word}`);
    await this.page.getByRole('option').first().waitFor();
    await this.press('Enter');
  }

  isAt(target: Locator): Promise<boolean> {
    return target.evaluate((element) => element === document.activeElement);
  }
}

/** Whether something has the focus, and what has it without being outlined or being a text with a cursor in it. Runs in the browser. */
function focusSeen(target: Element): { isThere: boolean; unseen: string } {
  const element = document.activeElement;
  const isThere = element === target;
  if (element === null || element === document.body || element.matches('[contenteditable="true"]'))
    return { isThere, unseen: '' };
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
  const isSeen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  return { isThere, unseen: isSeen && element.checkVisibility({ opacityProperty: true }) ? '' : element.outerHTML };
}

describe('every journey by keyboard alone', () => {
  let visitor: Visitor;
  let user: KeyboardUser;
  let page: Page;
  let title: string;
  beforeEach(async () => {
    visitor = await visit();
    user = new KeyboardUser(visitor);
    page = visitor.page;
    title = `By keyboard ${Date.now()}`;
  });
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const edit = () => page.getByRole('main').getByRole('link', { name: 'Edit' });
  const text = () => page.getByRole('textbox', { name: 'Text of the page' });

  async function signIn(): Promise<void> {
    await visitor.open('/');
    await user.goTo(page.getByLabel('Username'));
    await user.type(administrator.username);
    await user.goTo(page.getByLabel('Password'));
    await user.type(administrator.password);
    await user.press('Enter');
    await visitor.reads('Home');
    // Nobody may read it without signing in, of which the browser complains.
    visitor.complaints.splice(0);
  }

  async function find(wanted: string): Promise<void> {
    const search = page.getByRole('combobox', { name: 'Search' });
    await user.goTo(button(/^Search/));
    await user.press('Control+k');
    await search.waitFor();
    await user.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await user.isAt(button(/^Search/))).toBe(true);
    await user.press('Control+k');
    await search.waitFor();
    await user.type(wanted);
    await user.choose(page.getByRole('option', { name: new RegExp(`^${wanted}`) }));
    await visitor.reads(wanted);
  }

  async function write(): Promise<string> {
    await user.press('c');
    await user.enter(page.getByRole('menuitem', { name: 'Page', exact: true }));
    await user.goTo(page.getByRole('textbox', { name: 'Title of the page' }));
    await user.type(title);
    await user.press('Enter');
    await user.insert('h2');
    await user.type('Plan');
    await user.press('Enter');
    await user.insert('bullet');
    await user.type('one');
    await user.press('Enter');
    await user.type('two');
    await user.press('Enter', 'Enter');
    await user.insert('table');
    await user.type('Name');
    await user.press('Tab');
    await user.type('Size');
    await user.press('Control+s');
    await visitor.reads(title);
    const id = /draftId=(\d+)/.exec((await edit().getAttribute('href')) ?? '')?.[1] ?? '';
    expect(await storedBody(id)).toMatch(
      /^<h2>Plan<\/h2><ul><li><p>one<\/p><\/li><li><p>two<\/p><\/li><\/ul><table>.*<th>Name<\/th><th>Size<\/th>/,
    );
    return id;
  }

  async function takePart(): Promise<void> {
    await user.goTo(page.getByLabel('Write a comment'));
    await user.type('Well done');
    await user.press('Control+Enter');
    await page.locator('.comment').getByText('Well done').waitFor();
    const likes = page.locator('.page-likes');
    await user.enter(likes.getByRole('button', { name: 'Like' }));
    await likes.getByText('Liked by you').waitFor();
    const watch = page.locator('.watch');
    const isWatching = (await watch.getAttribute('aria-pressed')) === 'true';
    await user.enter(watch);
    await page.locator(`.watch[aria-pressed="${!isWatching}"]`).waitFor();
  }

  async function writeOn(): Promise<void> {
    await user.enter(edit());
    await user.goTo(text());
    await user.press('Control+Home', 'End');
    await user.type(' B');
    await user.press('Control+s');
    await visitor.reads(title);
    await page.getByRole('heading', { name: 'Plan B' }).waitFor();
  }

  async function lookBack(): Promise<void> {
    await user.enter(button('Version 2'));
    await user.enter(button('Compare the chosen versions'));
    await visitor.reads(`Changes of ${title}`);
    expect(await page.locator('ins').allTextContents()).toEqual(['Added:  B']);
    await user.enter(page.getByRole('main').getByRole('link', { name: 'Version 1', exact: true }));
    await user.enter(page.getByRole('link', { name: 'Read the current version' }));
    await user.enter(button('Version 2'));
    await user.enter(button('Restore version 1'));
    await button('Version 3').waitFor();
    await page.getByRole('heading', { name: 'Plan', exact: true }).waitFor();
  }

  async function throwAway(): Promise<void> {
    const trash = page.getByRole('main').getByRole('button', { name: 'Move to trash' });
    await user.enter(trash);
    await dialog().waitFor();
    await user.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    expect(await user.isAt(trash)).toBe(true);
    await user.press('Enter');
    await user.enter(dialog().getByRole('button', { name: 'Move to trash' }));
  }

  it('signs in, finds a page, writes one, takes part in it, looks back, and throws it away', async () => {
    const above = `Above ${title}`;
    await ownPage(above, '<p>Above.</p>');
    await isFound(above);
    await signIn();
    await find(above);
    const id = await write();
    await takePart();
    await writeOn();
    await lookBack();
    await throwAway();
    await visitor.reads(above);
    expect((await stored(id)).status).toBe('trashed');
    expect(visitor.complaints).toEqual([]);
  });
});
