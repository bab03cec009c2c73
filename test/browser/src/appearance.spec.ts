import { describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();

const guide = `/pages/viewpage.action?pageId=${pages.onCall}`;
const elements = `/pages/viewpage.action?pageId=${pages.elements}`;
const paperOf = ({ page }: Visitor): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const white = 'rgb(255, 255, 255)';

describe('the language', () => {
  it('is the one that the browser prefers, in texts, dates and what the server renders', async () => {
    const visitor = await visit({ locale: 'ja-JP' });
    await (await visitor.as('reader')).open(elements);
    await visitor.page.getByText(/^応答ノード: gateway-[12]$/).waitFor();
    await visitor.page.getByText('2026年3月2日').waitFor();
    await visitor.page.getByText('ページが見つかりませんでした。').waitFor();
    await becomes(() => visitor.page.evaluate(() => document.documentElement.lang), 'ja');
  });

  it('is switched without loading anything anew, and stays', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(elements);
    await visitor.page.getByText('The included page could not be found.').waitFor();
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).click();
    await visitor.page.getByLabel('Language').selectOption('ja');
    await visitor.page.getByText('ページが見つかりませんでした。').waitFor();
    await visitor.page.getByText(/^応答ノード: gateway-[12]$/).waitFor();
    expect(visitor.documentCount).toBe(1);
    await visitor.open(guide);
    await visitor.page.getByRole('button', { name: 'バージョン 2' }).waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

describe('the time zone', () => {
  it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
    'is the reader’s in times, and nobody’s in dates: %s',
    async (timezoneId) => {
      const visitor = await visit({ timezoneId });
      await (await visitor.as('reader')).open('/');
      const shown = visitor.page.getByRole('main').locator('time').first();
      await shown.waitFor();
      const at = new Date((await shown.getAttribute('datetime')) ?? '');
      const words = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: timezoneId });
      await becomes(() => shown.innerText(), words.format(at));
      await visitor.open(elements);
      await visitor.page.getByText('02 Mar 2026').waitFor();
    },
  );
});

describe('the appearance', () => {
  it('is dark where the system is', async () => {
    const visitor = await visit({ colorScheme: 'dark' });
    await (await visitor.as('reader')).open(guide);
    expect(await paperOf(visitor)).not.toBe(white);
  });

  it('is switched, and stays from the first paint on', async () => {
    const visitor = await visit({ colorScheme: 'light' });
    await (await visitor.as('reader')).open(guide);
    expect(await paperOf(visitor)).toBe(white);
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).click();
    await visitor.page.getByLabel('Appearance').selectOption('dark');
    expect(await paperOf(visitor)).not.toBe(white);
    // Without the application: what is seen before it runs.
    await visitor.context.route('**/assets/*.js', (route) => route.abort());
    await visitor.page.reload();
    expect(await paperOf(visitor)).not.toBe(white);
  });
});

describe('a page', () => {
  it('is printed without what is around it', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(guide);
    const around = ['banner', 'tree', 'contentinfo'] as const;
    for (const role of around) await visitor.page.getByRole(role).first().waitFor();
    await visitor.page.emulateMedia({ media: 'print' });
    for (const role of around) await visitor.page.getByRole(role).first().waitFor({ state: 'hidden' });
    await visitor.heading('On-call guide').waitFor();
  });

  it('moves nothing for who asks for that', async () => {
    const movements = ({ page }: Visitor) =>
      page
        .locator('.tree-toggle svg')
        .first()
        .evaluate((element) => getComputedStyle(element).transitionDuration);
    const [still, usual] = [await visit({ reducedMotion: 'reduce' }), await visit({ reducedMotion: 'no-preference' })];
    for (const visitor of [still, usual]) {
      await (await visitor.as('reader')).open(guide);
      await visitor.treeItem('Runbooks').waitFor();
    }
    expect([await movements(still), await movements(usual)]).toEqual(['0s', '0.12s']);
  });
});

const screens = [
  ['the sign-in', '/login'],
  ['the dashboard', '/'],
  ['the spaces', '/spaces'],
  ['the search', '/search?q=backup'],
  ['what changed between versions', `/pages/diffpagesbyversion.action?pageId=${pages.onCall}&revisedVersion=2`],
  ['a page with everything', elements],
  ['a page with a long title', `/pages/viewpage.action?pageId=${pages.longTitle}`],
] as const;

const widthOf = ({ page }: Visitor): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

describe('enlarged to 200 %', () => {
  const halved = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };

  it.each(screens)('%s needs no scrolling sideways', async (_name, path) => {
    const visitor = await visit(halved);
    if (path !== '/login') await visitor.as('reader');
    await visitor.open(path);
    expect(await widthOf(visitor)).toBeLessThanOrEqual(halved.viewport.width);
  });

  it('the editor leaves half of the window to the text, and its last button in sight', async () => {
    const visitor = await visit(halved);
    await (await visitor.as('administrator')).open(`/pages/resumedraft.action?draftId=${pages.onCall}`);
    const text = visitor.page.getByRole('textbox', { name: 'Text of the page' });
    await text.focus();
    await visitor.page.keyboard.press('Control+End');
    const inSight = (role: 'toolbar' | 'button', name: string) =>
      visitor.page.getByRole(role, { name }).first().boundingBox();
    const [tools, save] = await Promise.all([inSight('toolbar', 'Formatting'), inSight('button', 'Save')]);
    expect(save?.y).toBeLessThan(halved.viewport.height - (save?.height ?? 0));
    expect((save?.y ?? 0) - ((tools?.y ?? 0) + (tools?.height ?? 0))).toBeGreaterThan(halved.viewport.height / 2);
    expect(await widthOf(visitor)).toBeLessThanOrEqual(halved.viewport.width);
  });
});

describe('at a phone', () => {
  it.each(screens)('%s needs no scrolling sideways', async (_name, path) => {
    const visitor = await visit({ viewport: { width: 360, height: 740 } });
    if (path !== '/login') await visitor.as('reader');
    await visitor.open(path);
    expect(await widthOf(visitor)).toBeLessThanOrEqual(360);
  });

  it('the tree lies over the page until a page is chosen, or Escape is pressed', async () => {
    const visitor = await visit({ viewport: { width: 360, height: 740 } });
    await (await visitor.as('reader')).open(guide);
    expect(await visitor.treeItem('Runbooks').isVisible()).toBe(false);
    await visitor.page.getByRole('button', { name: 'Pages' }).click();
    await visitor.treeItem('Runbooks').click();
    await visitor.reads('Runbooks');
    await visitor.treeItem('Runbooks').waitFor({ state: 'hidden' });
    await visitor.page.getByRole('button', { name: 'Pages' }).click();
    await visitor.treeItem('Runbooks').press('Escape');
    await visitor.treeItem('Runbooks').waitFor({ state: 'hidden' });
  });
});

describe('with the keyboard', () => {
  it('one skips to the content, and walks and opens the tree', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(guide);
    await visitor.treeItem('Runbooks').waitFor();
    const focused = () => visitor.page.evaluate(() => document.activeElement?.textContent ?? '');
    await visitor.page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('content');

    await visitor.treeItem('On-call guide').focus();
    await visitor.page.keyboard.press('r');
    expect(await focused()).toBe('Runbooks');
    await visitor.page.keyboard.press('ArrowRight');
    await visitor.treeItem('Restore a backup').waitFor();
    await visitor.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Restore a backup');
    const ring = await visitor.page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(ring).toBe('solid');
    await visitor.page.keyboard.press('Enter');
    await visitor.reads('Restore a backup');
    await visitor.page.waitForFunction(() => document.activeElement?.id === 'content');
    await visitor.treeItem('Restore a backup').press('ArrowLeft');
    await visitor.treeItem('Restore a backup').press('ArrowLeft');
    expect(await focused()).toBe('Runbooks');
  });
});
