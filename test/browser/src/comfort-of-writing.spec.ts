import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { Visitor } from './visitor.js';
import { stored, Writer } from './writer.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** A page's body without what is made anew each time. */
const body = async (id: string): Promise<string> => {
  const { value } = (await stored(id)).body.storage;
  return canonicalStorage(value.replaceAll(/ ac:(?:macro-id|schema-version)="[^"]*"/g, ''));
};

describe('a writer by keyboard', () => {
  it('finds and replaces everywhere, sees how long the text is, the keys, and the page as readers will', async () => {
    const id = await ownPage(
      'Looked through',
      '<p>tea, Tea</p><table><tbody><tr><td>tea</td></tr></tbody></table>' +
        '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[tea()]]></ac:plain-text-body></ac:structured-macro>',
    );
    await using writer = await Writer.at(browser, id);
    const { page } = writer;
    const count = page.getByRole('search').getByRole('status');
    await page.getByText('4 words').waitFor();
    await writer.text.focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('tea');
    await count.getByText('1 of 4').waitFor();
    await page.keyboard.press('Shift+Enter');
    await count.getByText('4 of 4').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Match case' }).click();
    await count.getByText('1 of 3').waitFor();
    await page.getByRole('textbox', { name: 'Replace with' }).fill('café');
    await page.keyboard.press('Enter');
    await count.getByText('1 of 2').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Replace all' }).click();
    await count.getByText('Nothing found').waitFor();
    await page.keyboard.press('Escape');
    await count.waitFor({ state: 'detached' });

    await page.keyboard.press('Control+/');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Find and replace').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Preview' }).click();
    const preview = page.getByRole('dialog', { name: 'Preview' });
    await preview.locator('td.confluenceTd', { hasText: 'café' }).waitFor();
    await page.keyboard.press('Escape');
    await writer.save();
    expect(await body(id)).toContain('<p>café, Tea</p><table><tbody><tr><td>café</td>');
    expect(await body(id)).toContain('<ac:plain-text-body>café()<');

    await page.keyboard.press('?');
    await sheet.waitFor();
    expect(writer.visitor.complaints).toEqual([]);
  });
});

describe('what is opened over something else', () => {
  it('is closed first by Escape, and the focus goes back where it was each time', async () => {
    const picture = '<ac:image ac:alt="A sign"><ri:url ri:value="/favicon.svg" /></ac:image>';
    await using writer = await Writer.at(browser, await ownPage('Over one another', `<p>${picture}</p>`));
    const { page } = writer;
    const opener = page.getByRole('button', { name: 'Preview' });
    await opener.focus();
    await page.keyboard.press('Enter');
    const preview = page.getByRole('dialog', { name: 'Preview' });
    const link = preview.getByRole('link', { name: 'A sign' });
    await link.focus();
    await page.keyboard.press('Enter');
    const large = page.getByRole('dialog', { name: 'A sign' });
    await large.waitFor();
    await page.keyboard.press('Escape');
    await large.waitFor({ state: 'detached' });
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'detached' });
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(writer.visitor.complaints).toEqual([]);
  });
});

describe('an input method', () => {
  it('keeps its Enter and Escape in the fields for finding and replacing', async () => {
    const id = await ownPage('検索', '<p>茶 茶</p>');
    await using writer = await Writer.at(browser, id);
    await writer.text.focus();
    await writer.page.keyboard.press('Control+f');
    const bar = writer.page.getByRole('search');
    const fields = bar.getByRole('textbox');
    await fields.first().fill('茶');
    await bar.getByText('1 of 2').waitFor();
    await fields.last().fill('紅茶');
    const typed = (field: number, key: string, isComposing: boolean) =>
      fields.nth(field).dispatchEvent('keydown', {
        key,
        keyCode: isComposing ? 229 : 13,
        isComposing,
        bubbles: true,
        cancelable: true,
      });
    for (const key of ['Enter', 'Escape']) await typed(0, key, true);
    await typed(1, 'Enter', true);
    await bar.getByText('1 of 2').waitFor();
    await becomes(() => writer.text.innerText(), '茶 茶');
    await typed(0, 'Enter', false);
    await bar.getByText('2 of 2').waitFor();
    await typed(1, 'Enter', false);
    await writer.text.getByText('茶 紅茶').waitFor();
  });
});

describe('closing the editor', () => {
  it('leads to the page, and from a page that nobody has published to its place, in a tab of its own too', async () => {
    const id = await ownPage('Closed', '<p>text</p>');
    await using writer = await Writer.at(browser, id);
    await writer.page.getByRole('button', { name: 'Close', exact: true }).click();
    await writer.visitor.reads('Closed');
    const spaceKey = await spaceKeyOf(id);
    await using other = await (await Visitor.at(browser)).as('administrator');
    await other.open(`/pages/createpage.action?spaceKey=${spaceKey}`);
    await other.page.getByRole('button', { name: 'Close', exact: true }).click();
    await other.page.waitForURL(`**/display/${spaceKey}`);
    await other.page.locator('main.editor').waitFor({ state: 'detached' });
  });
});

describe('the focus', () => {
  it('comes back to the place where the writer was, also for a key that is pressed at once', async () => {
    const id = await ownPage('Focus returns', '<p>first</p><p>second</p>');
    await using writer = await Writer.at(browser, id);
    await writer.type('!');
    await writer.text.evaluate((text) => {
      document.querySelector<HTMLElement>('.editor-title')?.focus();
      if (document.activeElement === text) throw new Error('The focus did not go away.');
      (text as HTMLElement).focus();
      document.execCommand('insertText', false, '?');
    });
    await writer.save();
    expect(await body(id)).toBe(canonicalStorage('<p>first</p><p>second!?</p>'));
  });
});

describe('restrictions', () => {
  it('act at once, show a lock, and are for who may see them', async () => {
    const id = await ownPage('For some', '<p>secret</p>');
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    await using reader = await (await Visitor.at(browser)).as('reader');
    await reader.open(`/pages/viewpage.action?pageId=${id}`);
    await reader.reads('For some');
    await visitor.open(`/pages/viewpage.action?pageId=${id}`);
    await visitor.page.getByRole('button', { name: 'Restrict who can view and edit' }).click();
    const dialog = visitor.page.getByRole('dialog', { name: 'Restrictions' });
    const openness = dialog.getByRole('combobox', { name: 'Who can view and edit this page?' });
    await openness.selectOption({ label: 'Everybody can view, some can edit' });
    await dialog.getByText('Administrator').waitFor();
    await dialog.getByRole('button', { name: 'Apply now' }).click();
    await visitor.page.getByRole('button', { name: 'Restricted: who can view and edit' }).click();
    await openness.selectOption({ label: 'Only some can view or edit' });
    await dialog.getByRole('combobox', { name: 'Add a person or a group' }).fill('administrators');
    await dialog.getByRole('option', { name: 'confluence-administrators' }).click();
    await dialog.getByRole('combobox', { name: 'What confluence-administrators can do' }).selectOption('view');
    expect(await seriousViolations(visitor.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Apply now' }).click();
    await dialog.waitFor({ state: 'detached' });
    const known = await rest.send<Record<'read' | 'update', { restrictions: Record<string, { size: number }> }>>(
      'GET',
      `/rest/api/content/${id}/restriction/byOperation`,
    );
    const sizes = (operation: 'read' | 'update') =>
      ['user', 'group'].map((kind) => known[operation].restrictions[kind]?.size);
    expect([sizes('read'), sizes('update')]).toEqual([
      [1, 1],
      [1, 0],
    ]);
    await reader.open(`/pages/viewpage.action?pageId=${id}`);
    await reader.page.getByText('This page isn’t here').waitFor();
    expect(visitor.complaints.filter((each) => !each.includes('404'))).toEqual([]);
  });
});
