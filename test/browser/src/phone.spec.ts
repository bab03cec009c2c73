import { describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { ownPage, rest } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';
import { storedBody, Writer } from './writer.js';

const { pages } = sampleCluster();
const visit = visits();

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
/** WCAG 2.2's target size, in CSS pixels. */
const targetSizeMin = 24;
/** Of what stands still below the text, in CSS pixels. */
const footHeightMax = 100;
/** Of the window, what a writer sees of their text. */
const textShareMin = 0.4;

/** The window itself grows with what is too wide, so it is measured by the screen. */
async function fits({ page }: Visitor, state: string): Promise<void> {
  const width = await page.evaluate(() => document.scrollingElement?.scrollWidth);
  expect([state, width]).toEqual([state, phone.viewport.width]);
}

/** A finger on something that is large enough for it, after which nothing is too wide. */
async function tap(visitor: Visitor, target: Locator): Promise<void> {
  const { width = 0, height = 0 } = (await target.boundingBox()) ?? {};
  expect([String(target), Math.min(width, height) >= targetSizeMin]).toEqual([String(target), true]);
  await target.tap();
  await fits(visitor, String(target));
}

const button = ({ page }: Visitor, name: string) => page.getByRole('button', { name, exact: true });

/** How much of the window the text takes, between what stands still above and below it. */
const textShare = ({ page }: Visitor): Promise<number> =>
  page.evaluate(() => {
    const [head, text, foot] = ['.editor-head', '.editor-text', '.editor-foot'].map((part) =>
      document.querySelector(part)?.getBoundingClientRect(),
    );
    if (!head || !text || !foot) throw new Error('Nobody writes here');
    return (Math.min(text.bottom, foot.top) - Math.max(text.top, head.bottom)) / innerHeight;
  });

describe('somebody at a phone', () => {
  it('signs in, finds pages by the tree and by words, writes one by taps, and reads it', async () => {
    const visitor = await visit(phone);
    const { page } = visitor;
    await page.goto(`/login?next=${encodeURIComponent('/display/OPS')}`);
    await page.getByLabel('Username').fill('reader');
    await page.getByLabel('Password').fill('reader-password');
    await tap(visitor, button(visitor, 'Sign in'));
    await visitor.reads('Operations handbook');

    await tap(visitor, button(visitor, 'Pages'));
    await tap(visitor, visitor.treeItem('Runbooks'));
    await visitor.reads('Runbooks');
    await tap(visitor, button(visitor, 'Search'));
    await page.getByRole('combobox', { name: 'Search' }).fill('back');
    await tap(visitor, page.getByRole('option', { name: /Restore a backup/ }));
    await visitor.reads('Restore a backup');
    await page.getByText('Stop the writers, then restore.').waitFor();

    const title = `Written on the way ${Date.now()}`;
    await tap(visitor, page.getByRole('banner').getByRole('button', { name: 'Create', exact: true }));
    await tap(visitor, page.getByRole('menuitem', { name: 'Page', exact: true }));
    await page.getByRole('textbox', { name: 'Title of the page' }).fill(title);
    const writer = new Writer(visitor);
    await tap(visitor, writer.text);
    await page.keyboard.type('Mind the ');
    await tap(visitor, button(visitor, 'Bold'));
    await page.keyboard.type('gap');
    await tap(visitor, button(visitor, 'Bold'));
    await page.keyboard.press('Enter');
    await page.keyboard.type('/info');
    await tap(visitor, page.getByRole('option', { name: 'Info panel' }));
    await page.keyboard.type('Trains are long.');
    await writer.isSaved();
    await fits(visitor, 'a page that is written');
    expect(await textShare(visitor)).toBeGreaterThanOrEqual(textShareMin);
    await tap(visitor, button(visitor, 'Publish'));
    await visitor.reads(title);
    await page.locator('.wiki-content strong', { hasText: 'gap' }).waitFor();
    await page.locator('.wiki-content').getByText('Trains are long.').waitFor();
    await fits(visitor, 'the page');
    const { results } = await rest.send<{ results: { id: string }[] }>(
      'GET',
      `/rest/api/content?spaceKey=OPS&title=${encodeURIComponent(title)}`,
    );
    const [{ id } = { id: '' }] = results;
    expect(await storedBody(id)).toMatch(/^<p>Mind the <strong>gap<\/strong><\/p>.*Trains are long\./);
    await rest.send('DELETE', `/rest/api/content/${id}`);
    expect(visitor.complaints).toEqual([]);
  });

  it('scrolls no screen sideways', async () => {
    const visitor = await (await visit(phone)).as('administrator');
    for (const path of [
      '/admin/site',
      '/admin/users',
      '/admin/cluster',
      '/pages/viewrecentblogposts.action?key=OPS',
      `/pages/createpage.action?spaceKey=OPS&fromPageId=${pages.home}`,
    ]) {
      await visitor.open(path);
      await visitor.page.getByRole('main').locator('h1, .editor-text').first().waitFor();
      await visitor.page.waitForLoadState('networkidle');
      await fits(visitor, path);
    }
  });

  it.each([
    ['en-GB', 'Draft saved'],
    ['ja-JP', '下書きを保存しました'],
  ])('sees what can be done with a page that is changed below it, and more of the page: %s', async (locale, saved) => {
    const id = await ownPage('By thumb', '<p>first</p>');
    const visitor = await visit({ ...phone, locale });
    await (await visitor.as('administrator')).open(`/pages/resumedraft.action?draftId=${id}`);
    const { page } = visitor;
    await page.locator('.editor-text').focus();
    await page.keyboard.type('At ');
    await page.getByText(saved).waitFor();
    await page.locator('.word-count').waitFor();
    const { height = Infinity } = (await page.locator('.editor-foot').boundingBox()) ?? {};
    expect(height).toBeLessThanOrEqual(footHeightMax);
    await fits(visitor, 'a page that is changed');
  });

  it('has every dialog of the editor within the screen', async () => {
    const id = await ownPage('By thumb', '<p>first</p><p />');
    const visitor = await visit(phone);
    const writer = await Writer.atEnd(visitor, id);
    const { page } = visitor;
    const dialog = page.getByRole('dialog');
    const within = async (state: string): Promise<void> => {
      await dialog.getByRole('button').first().waitFor();
      await fits(visitor, state);
      const { x = -1, y = -1, width = 0, height = 0 } = (await dialog.boundingBox()) ?? {};
      const [right, bottom] = [x + width <= phone.viewport.width, y + height <= phone.viewport.height];
      expect([state, x >= 0, y >= 0, right, bottom]).toEqual([state, true, true, true, true]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    };
    for (const name of ['emoji', 'status', 'date', 'macro', 'toc']) {
      await writer.type(`/${name}`, 'Enter');
      await within(name);
      await writer.type('Enter');
    }
    for (const name of ['Text colour', 'Link', 'Preview', 'Restrict who can view and edit', 'Keyboard shortcuts']) {
      await tap(visitor, button(visitor, name));
      await within(name);
    }
    await tap(visitor, button(visitor, 'Insert…'));
    await tap(visitor, page.getByRole('menuitem', { name: 'Table', exact: true }));
    await writer.text.locator('td').first().waitFor();
    await tap(visitor, button(visitor, 'Find and replace'));
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill('first');
    await fits(visitor, 'the find bar');
  });
});
