import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { ownPage, rest } from './own-page.js';
import { Visitor } from './visitor.js';
import { stored, Writer } from './writer.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => browser.close());

/** A page's body, without the ids that the wiki gives to macros. */
async function bodyOf(id: string): Promise<string> {
  const { body } = await stored(id);
  return canonicalStorage(body.storage.value.replaceAll(/ ac:macro-id="[^"]*"/g, ''));
}

const macro = (name: string, inside = ''): string =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${inside}</ac:structured-macro>`;
const parameter = (name: string, value: string): string => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const rich = (inside: string): string => `<ac:rich-text-body>${inside}</ac:rich-text-body>`;

describe('macros', () => {
  it('are found, set and put in by keyboard alone, also one that nobody knows', async () => {
    const id = await ownPage('Macros by keyboard', '<p>first</p><p />');
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    await writer.type('/macro', 'Enter');
    const browse = page.getByRole('dialog', { name: 'Insert a macro' });
    await browse.getByRole('button', { name: 'Page tree' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.type('headings of this page');
    await page.keyboard.press('Enter');
    const toc = page.getByRole('dialog', { name: 'Table of contents' });
    await toc.getByLabel('To heading level').fill('3');
    await toc.getByLabel('Numbered').selectOption('Yes');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await toc.waitFor({ state: 'detached' });
    // The focus is back in the text.
    await page.keyboard.type('/macro');
    await page.keyboard.press('Enter');
    await browse.waitFor();
    await page.keyboard.type('house-made');
    await browse.getByRole('button', { name: 'With rich text' }).press('Enter');
    const own = page.getByRole('dialog', { name: 'house-made' });
    await own.getByLabel('Name of the parameter').fill('mood');
    await page.keyboard.press('Enter');
    await own.getByLabel('mood').fill('bright');
    await page.keyboard.press('Enter');
    await own.waitFor({ state: 'detached' });
    await page.keyboard.type('inside');
    await writer.save();
    expect(await bodyOf(id)).toBe(
      canonicalStorage(
        `<p>first</p>${macro('toc', parameter('maxLevel', '3') + parameter('outline', 'true'))}` +
          `${macro('house-made', parameter('mood', 'bright') + rich('<p>inside</p>'))}<p />`,
      ),
    );
  });

  it('are changed where they stand, and lose nothing that the form doesn’t show', async () => {
    const person = parameter('user', '<ri:user ri:userkey="k" />');
    const before =
      `<p>first</p>${macro('gliffy', person + parameter('', 'any') + parameter('name', 'old'))}` +
      macro('panel', `${parameter('', 'T')}<!-- kept -->${rich('<p>inside</p>')}`);
    const id = await ownPage('Macros that are changed', before);
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    await page.getByText('gliffy').click();
    await page.keyboard.press('Enter');
    const gliffy = page.getByRole('dialog', { name: 'gliffy' });
    await becomes(() => gliffy.getByLabel('Without a name').inputValue(), 'any');
    await gliffy.getByLabel('Name', { exact: true }).fill('new');
    await page.keyboard.press('Enter');
    await gliffy.waitFor({ state: 'detached' });
    await page.getByText('inside').click();
    await writer.knowsItsPlace();
    await page.keyboard.press('Alt+Enter');
    const panel = page.getByRole('dialog', { name: 'Panel' });
    await becomes(() => panel.getByLabel('Title', { exact: true }).inputValue(), 'T');
    await panel.getByLabel('Background', { exact: true }).fill('#ffeeaa');
    await page.keyboard.press('Enter');
    await panel.waitFor({ state: 'detached' });
    await writer.save();
    expect(await bodyOf(id)).toBe(
      canonicalStorage(
        before
          .replace('>old<', '>new<')
          .replace('T</ac:parameter>', `T</ac:parameter>${parameter('bgColor', '#ffeeaa')}`),
      ),
    );
    expect(writer.visitor.complaints).toEqual([]);
  });
});

describe('the slash menu', () => {
  it('finds macros too, in Japanese as well', async () => {
    const id = await ownPage('Slash', '<p />');
    await using visitor = await (await Visitor.at(browser, { locale: 'ja-JP' })).as('administrator');
    await visitor.open(`/pages/resumedraft.action?draftId=${id}`);
    const text = visitor.page.getByRole('textbox', { name: 'ページの本文' });
    await text.focus();
    await visitor.page.keyboard.type('目次は／目次');
    await visitor.page.getByRole('option', { name: /toc$/ }).waitFor();
    expect(await visitor.page.getByRole('listbox').getByRole('option').first().textContent()).toContain('目次');
    await visitor.page.keyboard.press('Backspace');
    await visitor.page.keyboard.press('Backspace');
    await visitor.page.keyboard.type('toc');
    await visitor.page.getByRole('option', { name: /toc$/ }).waitFor();
    await visitor.page.keyboard.press('Enter');
    const dialog = visitor.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '挿入' }).click();
    await dialog.waitFor({ state: 'detached' });
    await visitor.page.keyboard.press('Control+s');
    await visitor.page.waitForURL(/\/display\//);
    const { value } = (await stored(id)).body.storage;
    expect(value).toMatch(/^<p>目次は<\/p><ac:structured-macro ac:name="toc"[^>]*\/>/);
  });
});

describe('small elements', () => {
  it('are put in by what is typed, and changed by a click or Enter', async () => {
    const id = await ownPage('Small elements', '<p>first</p><p />');
    const name = `mentioned${Date.now().toString(36)}`;
    const account = { userName: name, fullName: `Jane ${name}`, password: 'a password of theirs' };
    const { userKey } = await rest.send<{ userKey: string }>('POST', '/rest/api/admin/user', account);
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    await writer.type('/status', 'Enter');
    const status = page.getByRole('dialog', { name: 'Status' });
    await status.getByLabel('Title').fill('Done');
    await status.getByRole('radio', { name: 'Green' }).check();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await status.waitFor({ state: 'detached' });
    await writer.type(' by /date', 'Enter');
    const date = page.getByRole('dialog', { name: 'Date' });
    await date.getByLabel('Day').fill('2026-03-02');
    await page.keyboard.press('Enter');
    await date.waitFor({ state: 'detached' });
    await writer.type(` @${name}`);
    await page.getByRole('option', { name: `Jane ${name}` }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await writer.text.getByText(`@Jane ${name}`).waitFor();
    await page.keyboard.type(':rocket');
    await page.getByRole('option', { name: 'rocket' }).waitFor();
    await page.keyboard.press('Enter');
    await writer.text.getByText('2 March 2026').click();
    await date.getByLabel('Day').fill('2027-04-05');
    await page.keyboard.press('Enter');
    await date.waitFor({ state: 'detached' });
    await writer.save();
    expect(await bodyOf(id)).toBe(
      canonicalStorage(
        `<p>first</p><p>${macro('status', parameter('colour', 'Green') + parameter('title', 'Done'))} by ` +
          `<time datetime="2027-04-05" /> <ac:link><ri:user ri:userkey="${userKey}" /></ac:link> ` +
          '<ac:emoticon ac:name="blue-star" ac:emoji-shortname=":rocket:" ac:emoji-id="1f680" ac:emoji-fallback="🚀" /></p>',
      ),
    );
    expect(writer.visitor.complaints).toEqual([]);
  });

  it('ask for what is missing, and make place for it', async () => {
    const prompt = (words: string) => `<ac:placeholder ac:type="text">${words}</ac:placeholder>`;
    const id = await ownPage('Prompts', `<p>Owner: ${prompt('who looks after it')}. Since: ${prompt('a year')}</p>`);
    await using writer = await Writer.at(browser, id);
    await writer.text.getByText('who looks after it').click();
    await writer.page.keyboard.type('Jane');
    await writer.save();
    expect(await bodyOf(id)).toBe(canonicalStorage(`<p>Owner: Jane. Since: ${prompt('a year')}</p>`));
    const read = writer.page.locator('.wiki-content:not(.editor-text)');
    await read.getByText('Owner: Jane.').waitFor();
    await becomes(() => read.innerText(), 'Owner: Jane. Since:');
  });

  it('of a picture are set by its properties', async () => {
    const address = '<ri:url ri:value="/images/icons/profilepics/default.svg" />';
    const id = await ownPage('A picture', `<p>first <ac:image ac:class="x">${address}</ac:image></p>`);
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    await writer.text.locator('.editor-image img').click();
    await page.keyboard.press('Enter');
    const image = page.getByRole('dialog', { name: 'Image' });
    await image.getByLabel('Alternative text').fill('Somebody');
    await image.getByLabel('Caption').fill('How they look');
    await image.getByLabel('Width in pixels').fill('80');
    await image.getByLabel('Place').selectOption('In the middle');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await writer.text.getByText('How they look').waitFor();
    await writer.save();
    expect(await bodyOf(id)).toBe(
      canonicalStorage(
        `<p>first <ac:image ac:class="x" ac:alt="Somebody" ac:align="center" ac:width="80">${address}` +
          '<ac:caption><p>How they look</p></ac:caption></ac:image></p>',
      ),
    );
  });
});

describe('a table', () => {
  it('is changed by its menu, from the keyboard', async () => {
    const row = (...cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;
    const id = await ownPage(
      'A table',
      `<table><tbody>${row('<th>Name</th>', '<th>Size</th>')}${row('<td>b</td>', '<td>10</td>')}${row('<td>a</td>', '<td>9</td>')}</tbody></table>`,
    );
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    const menu = page.getByRole('menu', { name: 'Change the table' });
    const choose = async (name: string) => {
      await page.keyboard.press('Alt+Enter');
      const item = menu.getByRole('menuitem', { name, exact: true });
      await becomes(() => item.isEnabled(), true);
      await item.press('Enter');
      await menu.waitFor({ state: 'detached' });
    };
    await page.getByRole('cell', { name: '10' }).click();
    await writer.knowsItsPlace();
    await page.keyboard.press('Alt+Enter');
    await menu.waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await choose('Sort A to Z');
    await page.keyboard.press('Alt+Enter');
    await menu.getByRole('menuitemradio', { name: 'Green' }).press('Enter');
    await menu.waitFor({ state: 'detached' });
    await choose('Column to the right');
    await page.getByRole('cell', { name: '10' }).click();
    await writer.knowsItsPlace();
    await choose('Row below');
    await page.keyboard.press('Tab');
    await page.keyboard.type('typed');
    await page.keyboard.press('Shift+Home');
    await writer.knowsItsPlace();
    await page.getByRole('button', { name: 'Text colour' }).click();
    await page.getByRole('dialog', { name: 'Text colour' }).getByRole('button', { name: 'Blue' }).click();
    await page.getByRole('dialog', { name: 'Text colour' }).waitFor({ state: 'detached' });
    await writer.text.getByText('typed').click();
    await page.keyboard.press('End');
    await writer.knowsItsPlace();
    await page.keyboard.press('Shift+ArrowRight');
    await choose('Merge cells');
    await writer.save();
    const green = '<td class="highlight-green" data-highlight-colour="green">a</td>';
    expect(await bodyOf(id)).toBe(
      canonicalStorage(
        `<table><tbody>${row('<th>Name</th>', '<th><p /></th>', '<th>Size</th>')}${row(green, '<td><p /></td>', '<td>9</td>')}` +
          `${row('<td>b</td>', '<td><p /></td>', '<td>10</td>')}` +
          `${row('<td colspan="2"><p><span style="color: rgb(0,82,204);">typed</span></p></td>', '<td><p /></td>')}</tbody></table>`,
      ),
    );
    expect(writer.visitor.complaints).toEqual([]);
  });
});

describe('columns', () => {
  it('are put in, changed by their menu from the keyboard, and taken away from around their text', async () => {
    const id = await ownPage('Columns', '<p>first</p><p />');
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    const menu = page.getByRole('menu', { name: 'Change the columns' });
    const choose = async (name: string) => {
      await page.keyboard.press('Alt+Enter');
      await menu.getByRole(/section|without/.test(name) ? 'menuitem' : 'menuitemradio', { name }).press('Enter');
      await menu.waitFor({ state: 'detached' });
    };
    await writer.type('/columns', 'Enter', 'one');
    await page.keyboard.press('Alt+Enter');
    await menu.getByRole('menuitemradio', { name: 'Two columns', checked: true }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await choose('Sidebars on both sides');
    await choose('Add a section below');
    await page.keyboard.type('below');
    await choose('One column');
    await choose('Add a section below');
    await choose('Delete section');
    await writer.save();
    const cell = (text: string) => `<ac:layout-cell><p>${text}</p></ac:layout-cell>`;
    const section = (type: string, ...texts: string[]) =>
      `<ac:layout-section ac:type="${type}">${texts.map(cell).join('')}</ac:layout-section>`;
    expect(await bodyOf(id)).toBe(
      canonicalStorage(
        `<p>first</p><ac:layout>${section('three_with_sidebars', 'one', '', '')}${section('single', 'below')}</ac:layout><p />`,
      ),
    );
  });
});
