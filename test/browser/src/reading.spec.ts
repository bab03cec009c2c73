import { beforeEach, describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { sampleCluster } from './sample-cluster.js';
import { longTitle } from './sample-wiki.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit()).as('reader');
});

const guide = `/pages/viewpage.action?pageId=${pages.onCall}`;
const breadcrumb = () =>
  visitor.page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('listitem').allInnerTexts();

describe('a reader', () => {
  it('goes from the list of spaces down the tree, and back, without loading the application again', async () => {
    await visitor.open('/spaces');
    await visitor.page.getByRole('link', { name: 'Operations handbook' }).click();
    await visitor.reads('Operations handbook');
    await becomes(() => visitor.pathname(), '/display/OPS');
    await visitor.treeItem('Runbooks').click();
    await visitor.reads('Runbooks');
    await visitor.treeItem('Restore a backup').click();
    await visitor.reads('Restore a backup');
    await visitor.treeItem('バックアップからの復元手順').click();
    await visitor.reads('バックアップからの復元手順');
    expect(await breadcrumb()).toEqual([
      'Operations handbook',
      'Runbooks',
      'Restore a backup',
      'バックアップからの復元手順',
    ]);
    await visitor.page.goBack();
    await visitor.reads('Restore a backup');
    await becomes(() => visitor.treeItem('Restore a backup').getAttribute('aria-current'), 'page');
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('finds the tree open at the page that an address leads to, and only pages that they may see', async () => {
    await visitor.open(`/pages/viewpage.action?pageId=${pages.japanese}`);
    const current = visitor.page.locator('[role=treeitem][aria-current=page]');
    await current.waitFor();
    await becomes(() => current.innerText(), 'バックアップからの復元手順');
    await becomes(() => current.getAttribute('aria-level'), '3');
    expect(await visitor.page.getByRole('treeitem').allInnerTexts()).toEqual([
      'Every element',
      'On-call guide',
      'Personnel',
      'Runbooks',
      'Restore a backup',
      'バックアップからの復元手順',
      'Rotate certificates',
      longTitle,
    ]);
  });

  it('is offered to open pages only that have a child that they may see', async () => {
    await visitor.open('/display/OPS');
    await visitor.treeItem('Runbooks').waitFor();
    await becomes(() => visitor.treeItem('Runbooks').getAttribute('aria-expanded'), 'false');
    expect(await visitor.treeItem('On-call guide').getAttribute('aria-expanded')).toBeNull();
    // Its only child is restricted to the administrator.
    expect(await visitor.treeItem('Personnel').getAttribute('aria-expanded')).toBeNull();
    await using administrator = await (await visit()).as('administrator');
    await administrator.open('/display/OPS');
    await administrator.treeItem('Personnel').waitFor();
    await becomes(() => administrator.treeItem('Personnel').getAttribute('aria-expanded'), 'false');
  });

  it('sees labels, author and version, and reads an older version', async () => {
    await visitor.open(guide);
    const labels = visitor.page.getByRole('region', { name: 'Labels' }).getByRole('listitem');
    await becomes(() => labels.allInnerTexts(), ['incident', 'on-call', '障害対応']);
    await visitor.page.getByRole('button', { name: 'Version 2' }).click();
    await visitor.page.getByText('Written down').waitFor();
    await visitor.page.getByRole('link', { name: 'Version 1' }).click();
    await visitor.page.getByText('To be written.').waitFor();
    await visitor.page.getByRole('status').getByText('This is version 1,').waitFor();
    await becomes(() => visitor.pathname(), `${guide}&version=1`);
    await visitor.page.getByRole('link', { name: 'Read the current version' }).click();
    await visitor.page.getByText('When the pager rings').waitFor();
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('follows links in the text and anchors, and finds their place again on the way back', async () => {
    await visitor.open(guide);
    await visitor.page.getByRole('link', { name: 'what comes after' }).click();
    await visitor.page.waitForFunction(() => scrollY > 500);
    expect(visitor.pathname()).toContain('#');
    await visitor.page.getByRole('link', { name: 'how to restore a backup' }).scrollIntoViewIfNeeded();
    const place = await visitor.page.evaluate(() => scrollY);
    await visitor.page.getByRole('link', { name: 'how to restore a backup' }).click();
    await visitor.reads('Restore a backup');
    expect(await visitor.page.evaluate(() => scrollY)).toBe(0);
    await visitor.page.goBack();
    await visitor.reads('On-call guide');
    await visitor.page.waitForFunction((left) => Math.abs(scrollY - left) < 5, place);
    expect(place).toBeGreaterThan(100);
    await visitor.page.goBack();
    await visitor.page.waitForFunction(() => location.hash === '');
    expect(visitor.documentCount).toBe(1);
  });

  it('lands at the anchor of an address that was sent to them', async () => {
    await visitor.open(`${guide}#On-callguide-Aftertheincident`);
    await visitor.page.waitForFunction(() => document.activeElement?.id === 'On-callguide-Aftertheincident');
    const top = await visitor.page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? 0);
    expect(top).toBeGreaterThan(40);
    expect(top).toBeLessThan(400);
  });

  it.each([
    ['by title', '/display/OPS/On-call+guide'],
    ['by title as parameters', '/pages/viewpage.action?spaceKey=OPS&title=On-call+guide'],
    ['by id in a path', `/spaces/OPS/pages/${pages.onCall}/On-call+guide`],
    ['by id alone', guide],
  ])('reads a page by an address of Confluence’s, %s', async (_name, path) => {
    await visitor.open(path);
    await visitor.reads('On-call guide');
    await becomes(() => visitor.pathname(), path);
  });

  it('opens what is hidden with the keyboard, and sees tasks and numbered lines', async () => {
    await visitor.open(`/pages/viewpage.action?pageId=${pages.elements}`);
    const hidden = visitor.page.getByText('This was hidden.');
    expect(await hidden.isVisible()).toBe(false);
    await visitor.page.getByRole('button', { name: 'More about it' }).press('Enter');
    await hidden.waitFor({ state: 'visible' });
    await visitor.page.getByRole('checkbox').first().waitFor();
    await becomes(() => visitor.page.getByRole('checkbox', { checked: true }).count(), 1);
    await becomes(() => visitor.page.getByRole('checkbox', { checked: false }).count(), 2);
    await becomes(() => visitor.page.locator('pre.numbered .line').count(), 13);
    const image = visitor.page.getByRole('img', { name: 'How it is deployed' });
    const width = image.evaluate((element: HTMLImageElement) => element.decode().then(() => element.naturalWidth));
    expect(await width).toBe(640);
    expect(visitor.complaints).toEqual([]);
  });
});
