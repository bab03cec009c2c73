import { describe, expect, it } from '@jest/globals';
import { Inspection } from './axe.js';
import { ownPage, rest } from './own-page.js';
import { visits } from './visits.js';
import { Writer } from './writer.js';

const visit = visits();

const picture = '<ac:image><ri:url ri:value="/images/icons/profilepics/default.svg" /></ac:image>';
const layout = `<ac:layout><ac:layout-section ac:type="two_equal">${'<ac:layout-cell><p>cell</p></ac:layout-cell>'.repeat(2)}</ac:layout-section></ac:layout>`;
const panel =
  '<ac:structured-macro ac:name="panel"><ac:rich-text-body><p>inside</p></ac:rich-text-body></ac:structured-macro>';
const body = `<p>See <a href="https://example.org/">the site</a> ${picture}</p><table><tbody><tr><td>10</td></tr></tbody></table>${panel}`;

async function writing(text: string) {
  const id = await ownPage('Written', text);
  const writer = await Writer.atEnd(await visit({ reducedMotion: 'reduce' }), id);
  const { page } = writer;
  const inspection = new Inspection(page);
  /** Looks at what is open, and closes it. */
  const lookAndClose = async (state: string): Promise<void> => {
    await inspection.look(state);
    await page.keyboard.press('Escape');
  };
  return { id, writer, page, inspection, lookAndClose, dialog: page.getByRole('dialog') };
}

describe('axe finds nothing, in light and in dark,', () => {
  it('in the menus and dialogs of what is inserted', async () => {
    const { writer, page, inspection, lookAndClose, dialog } = await writing('<p>first</p><p />');
    await page.keyboard.press('Alt+F10');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitemradio').first().waitFor();
    await lookAndClose('the styles');
    await page.getByRole('button', { name: 'Insert…' }).click();
    await page.getByRole('menuitem').first().waitFor();
    await lookAndClose('what can be inserted');
    for (const typed of ['/', '@rei']) {
      await writer.type(typed);
      await page.getByRole('option').first().waitFor();
      await lookAndClose(typed);
      await writer.type('Enter');
    }
    for (const name of ['emoji', 'status', 'date', 'macro']) {
      await writer.type(`/${name}`, 'Enter');
      await dialog.getByRole('button').first().waitFor();
      await lookAndClose(name);
      await dialog.waitFor({ state: 'detached' });
      await writer.type('Enter');
    }
    await writer.type('/toc', 'Enter');
    await dialog.getByLabel('To heading level').waitFor();
    await lookAndClose('the properties of a macro');
    await page.getByRole('button', { name: 'Text colour' }).click();
    await lookAndClose('the colours');
    await writer.text.focus();
    await page.keyboard.press('Control+k');
    await dialog.getByRole('combobox').fill('Runbooks');
    await dialog.getByRole('option').first().waitFor();
    await lookAndClose('where a link can go');
    expect(inspection.found).toEqual([]);
  });

  it('in what changes what is there', async () => {
    const { writer, page, inspection, lookAndClose, dialog } = await writing(body);
    await page.getByRole('cell', { name: '10' }).click();
    await writer.knowsItsPlace();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('menu', { name: 'Change the table' }).waitFor();
    await lookAndClose('the menu of a table');
    await page.getByText('inside').click();
    await writer.knowsItsPlace();
    await page.keyboard.press('Alt+Enter');
    await dialog.getByLabel('Background', { exact: true }).waitFor();
    await lookAndClose('the properties of a panel');
    await writer.text.locator('.editor-image img').click();
    await page.keyboard.press('Enter');
    await dialog.getByLabel('Alternative text').waitFor();
    await lookAndClose('the properties of an image');
    await writer.text.getByText('the site').click();
    await page.getByRole('group', { name: 'Link' }).waitFor();
    await lookAndClose('a link');
    await writer.text.focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('site');
    await page.getByRole('search').getByText('1 of 1').waitFor();
    await lookAndClose('the find bar');
    await page.getByRole('button', { name: 'Preview' }).click();
    await dialog.locator('td', { hasText: '10' }).waitFor();
    await lookAndClose('the preview');
    expect(inspection.found).toEqual([]);
  });

  it('in the notices and questions about a draft', async () => {
    const { id, writer, page, inspection, lookAndClose, dialog } = await writing(layout);
    await page.getByText('cell').first().click();
    await writer.knowsItsPlace();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('menu', { name: 'Change the columns' }).waitFor();
    await lookAndClose('the menu of columns');
    await page.route(/\/child\/attachment/, (route) => route.abort());
    const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('alert').filter({ hasText: 'plan.txt could not be uploaded' }).waitFor();
    await writer.paste({ 'text/plain': '## Steps\n\n- one\n- two' });
    await page.getByText('Pasted as Markdown.').waitFor();
    await inspection.look('a file that failed, and what was pasted');
    await writer.isSaved();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await lookAndClose('a draft about to be discarded');

    const other = await Writer.atEnd(await visit({}, 1), id);
    await other.type(' other');
    await other.isSaved();
    await writer.type(' mine');
    await writer.notice('changed in another window').waitFor();
    await inspection.look('a draft that another window has changed');
    await page.getByRole('button', { name: 'The other one' }).click();
    await page.getByRole('button', { name: 'Go on with it instead' }).waitFor();
    await inspection.look('a draft with another text beside it');
    await rest.edit(id, '<p>theirs</p>', { title: 'Written' });
    await page.keyboard.press('Control+s');
    await dialog.waitFor();
    await inspection.look('two texts to be put together');
    expect(inspection.found).toEqual([]);
  });
});
