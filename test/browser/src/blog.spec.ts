import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { startBrowser } from './chromium.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { Visitor } from './visitor.js';
import { Writer } from './writer.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe('a blog post', () => {
  it('is written, read at its day’s address, edited, listed and trashed', async () => {
    const home = await ownPage('Beside the blog', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(home);
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { page } = visitor;
    await visitor.open(`/pages/viewpage.action?pageId=${home}`);
    await page
      .getByRole('navigation', { name: /^Pages/ })
      .getByRole('link', { name: 'Blog', exact: true })
      .click();
    await page.getByText('No blog posts yet').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Write a blog post' }).click();
    await page.getByRole('textbox', { name: 'Title of the page' }).fill('What is new');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Much.');
    await new Writer(visitor).isSaved();
    await page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('What is new');
    const address = visitor.pathname();
    expect(address).toMatch(new RegExp(`^/display/${spaceKey}/\\d{4}/\\d{2}/\\d{2}/What\\+is\\+new$`));
    await page.getByRole('link', { name: 'Edit' }).click();
    const writer = new Writer(visitor);
    await writer.text.waitFor();
    await writer.type(' And more.');
    await writer.save();

    await visitor.open(address);
    await visitor.reads('What is new');
    await page.getByText('Much. And more.').waitFor();
    await page.getByLabel('Write a comment').fill('Thanks');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    await page.getByRole('heading', { name: '1 comment' }).waitFor();
    const breadcrumb = page.getByRole('navigation', { name: 'Breadcrumb' });
    expect(await page.getByRole('button', { name: 'Move', exact: true }).count()).toBe(0);
    await until('the post to be found', async () => {
      const cql = encodeURIComponent(`type = blogpost and space = ${spaceKey}`);
      return (await rest.send<{ size: number }>('GET', `/rest/api/content/search?cql=${cql}`)).size === 1;
    });
    await breadcrumb.getByRole('link', { name: 'Blog', exact: true }).click();
    await page.getByRole('main').getByRole('link', { name: 'What is new' }).click();
    await visitor.reads('What is new');
    await page.getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move to trash' }).click();
    await page.getByRole('heading', { name: 'Blog' }).waitFor();
    expect(visitor.complaints).toEqual([]);
    // Its address says where it is.
    await visitor.open(address);
    await page.getByText('“What is new” is in the trash.').waitFor();
  });
});
