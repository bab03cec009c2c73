import { beforeEach, describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit()).as('reader');
});

const field = () => visitor.page.getByRole('combobox', { name: 'Search' });
const option = (name: string | RegExp) => visitor.page.getByRole('option', { name });
const result = (name: string) => visitor.page.getByRole('region', { name: 'Results' }).getByRole('link', { name });

describe('the quick search', () => {
  it('opens by the keyboard with the pages that were read, and goes to what is chosen', async () => {
    await visitor.open(`/pages/viewpage.action?pageId=${pages.onCall}`);
    await visitor.reads('On-call guide');
    await visitor.treeItem('Runbooks').click();
    await visitor.reads('Runbooks');
    await visitor.page.keyboard.press('Control+k');
    await option(/On-call guide/).waitFor();
    expect(await visitor.page.getByRole('option').first().innerText()).toContain('Runbooks');
    await field().press('ArrowDown');
    await becomes(() => option(/On-call guide/).getAttribute('aria-selected'), 'true');
    await becomes(
      () => field().getAttribute('aria-activedescendant'),
      await option(/On-call guide/).getAttribute('id'),
    );
    await field().press('Enter');
    await visitor.reads('On-call guide');
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('finds while one types, titles first, and gives the focus back', async () => {
    await visitor.open('/spaces');
    await visitor.page.getByRole('button', { name: 'Search' }).click();
    await field().pressSequentially('back');
    await option(/Restore a backup/).waitFor();
    await option(/On-call guide/).waitFor();
    expect(await visitor.page.getByRole('option').first().innerText()).toContain('Restore a backup');
    await becomes(() => visitor.page.getByRole('option').first().locator('mark').innerText(), 'backup');
    await field().press('Escape');
    await field().waitFor({ state: 'detached' });
    expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toContain('Search');
  });

  it('waits at Enter for what is typed, though it shows what was found for earlier words', async () => {
    await visitor.open('/spaces');
    await visitor.page.keyboard.press('Control+k');
    await field().fill('backup');
    await option(/Restore a backup/).waitFor();
    await field().fill('rotate certificates');
    await field().press('Enter');
    await visitor.reads('Rotate certificates');
  });

  it('shows nobody what they may not see', async () => {
    await visitor.open('/spaces');
    await visitor.page.keyboard.press('Control+k');
    await field().fill('Salaries');
    await visitor.page.getByRole('status').getByText('Nothing found').waitFor({ state: 'attached' });
    expect(await option(/^Salaries/).count()).toBe(0);
  });
});

describe('the search page', () => {
  it('is where Enter leads that chose it, and filters what was found', async () => {
    await visitor.open('/spaces');
    await visitor.page.keyboard.press('Control+k');
    await field().fill('backup');
    await option(/Search everything for/).click();
    await result('Restore a backup').waitFor();
    await result('On-call guide').waitFor();
    await becomes(() => visitor.pathname(), '/search?q=backup');
    await visitor.page.getByLabel('Label').fill('On-call');
    await visitor.page.getByLabel('Label').press('Enter');
    await result('Restore a backup').waitFor({ state: 'detached' });
    await result('On-call guide').waitFor();
    await becomes(() => visitor.pathname(), '/search?q=backup&label=on-call');
    await visitor.page.getByLabel('Type', { exact: true }).selectOption('Comment');
    await visitor.page.getByText('Nothing found').waitFor();
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('leaves the focus in the filter that is being changed, and shows what was asked for before on the way back', async () => {
    await visitor.open('/search?q=backup');
    await result('Restore a backup').waitFor();
    const type = visitor.page.getByLabel('Type', { exact: true });
    await type.focus();
    await type.selectOption('Comment');
    await visitor.page.getByText('Nothing found').waitFor();
    expect(await type.evaluate((element) => element === document.activeElement)).toBe(true);
    await type.selectOption('Page');
    await result('Restore a backup').waitFor();
    expect(await type.evaluate((element) => element === document.activeElement)).toBe(true);
    await visitor.page.goBack();
    await visitor.page.getByText('Nothing found').waitFor();
    await becomes(() => type.inputValue(), 'comment');
    await visitor.page.goForward();
    await result('Restore a backup').waitFor();
    await becomes(() => type.inputValue(), 'page');
  });

  it.each(['day', 'week', 'month', 'year'])('looks back a %s', async (time) => {
    await visitor.open(`/search?q=Runbooks&space=OPS&time=${time}`);
    await result('Runbooks').waitFor();
  });

  it('shows marks as marks and text as text', async () => {
    await visitor.open(`/search?q=${encodeURIComponent('復元')}`);
    await result('バックアップからの復元手順').waitFor();
    await becomes(() => visitor.page.locator('h2 mark').first().innerText(), '復元');
    expect(await visitor.page.getByRole('main').innerText()).not.toContain('@@@');
  });

  it('shows its CQL, runs what is made of it, and tells what is wrong with it', async () => {
    await visitor.open('/search?q=backup&space=OPS');
    await visitor.page.getByText('The CQL behind it').click();
    const cql = visitor.page.getByRole('textbox', { name: 'The CQL behind it' });
    await becomes(() => cql.inputValue(), 'siteSearch ~ "backup" and space = "OPS"');
    await cql.fill('title = "Runbooks" and typ = page');
    await visitor.page.getByRole('button', { name: 'Run', exact: true }).click();
    await visitor.page.getByRole('alert').getByText("there is no such field at 'typ' (position 24)").waitFor();
    await cql.fill('title = "Runbooks"');
    await visitor.page.getByRole('button', { name: 'Run', exact: true }).click();
    await result('Runbooks').waitFor();
    expect(new URL(visitor.page.url()).searchParams.get('cql')).toBe('title = "Runbooks"');
  });

  it('shows the rest when it is asked for', async () => {
    await visitor.context.route('**/rest/api/search?*', (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '3');
      return route.continue({ url: url.toString() });
    });
    await visitor.open('/search?space=OPS');
    await visitor.page.getByRole('button', { name: 'Show more results' }).click();
    await visitor.page.waitForFunction(() => document.querySelectorAll('.search-results > li').length === 6);
  });

  it('suggests people as authors, and takes a name for its owner', async () => {
    await visitor.open('/search?q=backup');
    const author = visitor.page.getByLabel('Author');
    await author.fill('admin');
    await visitor.page.locator('datalist option[value="admin"]').waitFor({ state: 'attached' });
    await author.fill('Administrator');
    await visitor.page.locator('datalist option[label="Administrator"]').waitFor({ state: 'attached' });
    await author.press('Enter');
    await visitor.page.waitForURL('**/search?q=backup&author=admin');
    await result('Restore a backup').waitFor();
  });
});
