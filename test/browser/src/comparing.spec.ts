import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { ownPage, rest } from './own-page.js';
import { Visitor } from './visitor.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const visit = async (options: BrowserContextOptions = {}) => (await Visitor.at(browser, options)).as('administrator');
const panel = (title: string, inside: string) =>
  `<ac:structured-macro ac:name="panel"><ac:parameter ac:name="title">${title}</ac:parameter><ac:rich-text-body>${inside}</ac:rich-text-body></ac:structured-macro>`;
const link = (title: string) =>
  `<p>Read <ac:link><ri:page ri:content-title="${title}" /><ac:link-body>this</ac:link-body></ac:link> first.</p>`;
const table = (cell: string, colour = '') =>
  `<table><tbody><tr><th>Level</th><th>Answer within</th></tr><tr><td${colour}>SEV 1</td><td>${cell}</td></tr></tbody></table>`;
const task = (status: string) =>
  `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>Test the pager</ac:task-body></ac:task></ac:task-list>`;

const before = `<h2>Severity</h2>${link('Guide')}<p>Say it plainly.</p>${table('5 minutes')}${panel('Two people', '<p>Never alone.</p>')}${task('incomplete')}`;
const after = `<h3>Severity</h3>${link('Handbook')}<p>Say it <strong>plainly</strong>.</p>${table('10 minutes', ' data-highlight-colour="red"')}${panel('Three people', '<p>Never alone.</p>')}${task('complete')}`;

async function comparison(): Promise<string> {
  const id = await ownPage('Plan', before);
  await rest.edit(id, after, { title: 'Plan' });
  return `/pages/diffpagesbyversion.action?pageId=${id}&originalVersion=1&revisedVersion=2`;
}

describe('two versions of a page', () => {
  it.each([
    [
      'en-GB',
      [
        'heading 2 → 3',
        'link of “this” changed: Guide → Handbook',
        'formatting of “plainly” changed',
        'cell colour: — → red',
        'parameter title: Two people → Three people',
        'task ticked',
      ],
    ],
    [
      'ja-JP',
      [
        '見出し 2 → 見出し 3',
        '「this」のリンク先を変更: Guide → Handbook',
        '「plainly」の書式を変更',
        'セルの色: — → red',
        'パラメーター title: Two people → Three people',
        'タスクを完了に変更',
      ],
    ],
  ])('say in words what isn’t seen of the text, in %s', async (locale, notes) => {
    await using visitor = await visit({ locale });
    await visitor.open(await comparison());
    expect(await visitor.page.locator('.compare-note').allTextContents()).toEqual(notes);
    const changed = visitor.page.locator('.compare-cell.changed');
    await becomes(() => changed.count(), 2);
    await becomes(() => changed.locator('ins').count(), 1);
    expect(visitor.complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('are read without a barrier on a phone, in %s', async (colorScheme) => {
    await using visitor = await visit({ colorScheme, viewport: { width: 360, height: 740 } });
    await visitor.open(await comparison());
    await visitor.page.locator('.compare-note').first().waitFor();
    expect(await seriousViolations(visitor.page)).toEqual([]);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it('are chosen from all that there are, however old', async () => {
    const id = await ownPage('Long history', '<p>Version 1</p>');
    for (let version = 2; version <= 53; version += 1)
      await rest.edit(id, `<p>Version ${version}</p>`, { title: 'Long history' });
    await using visitor = await visit();
    await visitor.open(`/pages/viewpage.action?pageId=${id}`);
    const { page } = visitor;
    await page.locator('#versions > summary').click();
    await page.getByRole('radio', { name: 'Compare to version 53' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Compare from version 2', exact: true }).count()).toBe(0);
    await page.getByRole('radio', { name: 'Compare to version 50' }).check();
    await page.getByRole('button', { name: 'Show older versions' }).click();
    await page.getByRole('radio', { name: 'Compare from version 2', exact: true }).check();
    await page.getByRole('button', { name: 'Show older versions' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Compare the chosen versions' }).click();
    await visitor.reads('Changes of Long history');
    expect(visitor.pathname()).toContain('originalVersion=2&revisedVersion=50');
    expect(await page.locator('ins').allTextContents()).toEqual(['Added: 50']);
  });
});
