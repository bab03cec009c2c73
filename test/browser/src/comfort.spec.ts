import { beforeEach, describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { ownPage } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit({ viewport: { width: 1500, height: 800 } })).as('reader');
});

const elements = `/pages/viewpage.action?pageId=${pages.elements}`;

describe('code', () => {
  it('is coloured where its language is known, line by line where lines have numbers, and stays the same text', async () => {
    await visitor.open(elements);
    const numbered = visitor.page.locator('pre.numbered');
    await numbered.locator('.line .hljs-keyword').first().waitFor();
    await becomes(() => numbered.locator('.line').count(), 13);
    expect(await numbered.textContent()).toContain('// a count of records, which is 0 when');
    expect(visitor.complaints).toEqual([]);
  });

  it('isn’t coloured, nor is anything loaded for it, on a page without code', async () => {
    const asked: string[] = [];
    visitor.page.on('request', (request) => asked.push(request.url()));
    await visitor.open(`/pages/viewpage.action?pageId=${pages.onCall}`);
    await visitor.page.waitForLoadState('networkidle');
    expect(asked.filter((url) => url.includes('/highlight'))).toEqual([]);
  });

  it('is copied by a button', async () => {
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visitor.open(elements);
    const frame = visitor.page.locator('.code-frame', { hasText: '$ tributary nodes' });
    await frame.getByRole('button', { name: 'Copy' }).press('Enter');
    await frame.getByText('Copied').waitFor();
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe(
      '$ tributary nodes\n$ tributary drain gateway-1',
    );
  });
});

describe('pictures', () => {
  it('open in large with the keyboard, and close again where one was', async () => {
    await visitor.open(elements);
    const link = visitor.page.getByRole('link', { name: 'How it is deployed' });
    await link.focus();
    await link.press('Enter');
    const dialog = visitor.page.getByRole('dialog', { name: 'How it is deployed' });
    await dialog.getByRole('img').waitFor();
    const width = await dialog.getByRole('img').evaluate((image) => image.getBoundingClientRect().width);
    expect(width).toBeGreaterThanOrEqual(640);
    await visitor.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(visitor.documentCount).toBe(1);
  });
});

describe('the headings beside the text', () => {
  const contents = () => visitor.page.getByRole('navigation', { name: 'On this page' });
  const long = ['One', 'Two', 'Three', 'Four']
    .map(
      (name) =>
        `<h2>${name}</h2><h4>Small ${name}</h4>${`<p>${'Words of a page that is long. '.repeat(20)}</p>`.repeat(8)}`,
    )
    .join('');

  it('lead there, and follow what is read', async () => {
    await visitor.open(`/pages/viewpage.action?pageId=${await ownPage('Long', long)}`);
    const current = contents().locator('[aria-current]');
    await contents().getByRole('link', { name: 'One', exact: true }).waitFor();
    await becomes(() => current.allInnerTexts(), ['One']);
    await contents().getByRole('link', { name: 'Small One' }).waitFor();
    await contents().getByRole('link', { name: 'Three', exact: true }).click();
    await contents().locator('[aria-current]', { hasText: 'Three' }).waitFor();
    await visitor.page.locator('.wiki-content h2', { hasText: 'Two' }).evaluate((heading) => heading.scrollIntoView());
    await contents().locator('[aria-current]', { hasText: 'Two' }).waitFor();
    expect(visitor.documentCount).toBe(1);
  });

  it('are not there where there is no room, or little to choose from', async () => {
    const page = `/pages/viewpage.action?pageId=${await ownPage('Narrow', long)}`;
    await visitor.page.setViewportSize({ width: 900, height: 700 });
    await visitor.open(page);
    await visitor.page.getByRole('heading', { name: 'Four', exact: true }).waitFor();
    expect(await contents().count()).toBe(0);
    await visitor.page.setViewportSize({ width: 1200, height: 700 });
    await contents().waitFor();
    await visitor.open(`/pages/viewpage.action?pageId=${pages.restore}`);
    await visitor.reads('Restore a backup');
    expect(await contents().count()).toBe(0);
  });
});
