import { describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import { ownPage } from './own-page.js';
import { visits } from './visits.js';
import { storedBody, Writer, type Clipboard } from './writer.js';

const visit = visits();

/** A page's body without what is made anew each time. */
const body = async (id: string): Promise<string> =>
  canonicalStorage((await storedBody(id)).replaceAll(/ ac:(?:macro-id|schema-version)="[^"]*"/g, ''));

const copyText = (writer: Writer, text: string): Promise<void> =>
  writer.page.evaluate((words) => navigator.clipboard.writeText(words), text);

const table = (...rows: readonly (readonly string[])[]): string =>
  `<table><tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td><p>${cell}</p></td>`).join('')}</tr>`).join('')}</tbody></table>`;

/** As Word writes a list: paragraphs with their signs in them, which browsers that know Word are to leave out. */
const wordItem = (list: number, level: number, sign: string, text: string): string =>
  `<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l${list} level${level} lfo${list + 1}'><![if !supportLists]><span
style='mso-bidi-font-family:Calibri'><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`;

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h2><span lang=EN-US style='mso-ansi-language:EN-US'>Minutes<o:p></o:p></span></h2>
<p class=MsoNormal><span style='color:red'>Two <b style='mso-bidi-font-weight:normal'>open</b></span><span
style='mso-spacerun:yes'>  </span>points:<o:p></o:p></p>
${wordItem(0, 1, '1.', 'Pager')}${wordItem(0, 2, 'a.', 'Battery')}${wordItem(0, 1, '2.', 'Roster')}${wordItem(1, 1, '·', 'Tea')}
<p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>`;

const excel = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=Generator content="Microsoft Excel 15"><style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {font-weight:700;}--></style></head><body>
<table border=0 cellpadding=0 cellspacing=0 width=128 style='border-collapse:collapse;width:96pt'><!--StartFragment--><col width=64 span=2 style='width:48pt'>
 <tr height=20 style='height:15.0pt'><td height=20 class=xl65 width=64>Item</td><td class=xl65>Price</td></tr>
 <tr height=20><td height=20>Tea</td><td align=right x:num>2.50</td></tr><!--EndFragment--></table></body></html>`;

describe('what is pasted', () => {
  it('becomes clean blocks, is undone in one step, and stays plain where that is asked for', async () => {
    const id = await ownPage('Pasted', '<p>first</p><p />');
    const writer = await Writer.atEnd(await visit({ permissions: ['clipboard-read', 'clipboard-write'] }), id);
    await writer.type('typed');
    await writer.paste({
      'text/html':
        '<html><body><!--StartFragment--><p class=MsoNormal style="color:red">, <b>bold</b></p><table><tr><td style="width:9pt">a</td><td>b</td></tr></table><p>end</p></body></html>',
      'text/plain': 'not this',
    });
    await writer.page.locator('.editor-text td', { hasText: 'b' }).waitFor();
    await writer.page.keyboard.press('Control+z');
    await writer.page.locator('.editor-text td').waitFor({ state: 'detached' });
    expect(await writer.text.innerText()).toMatch(/first\s+typed$/);
    await writer.page.keyboard.press('Control+y');

    const markdown = '## Steps\n\n- one\n- two';
    await copyText(writer, markdown);
    await writer.type('Enter', 'Control+v');
    await writer.page.getByText('Pasted as Markdown.').waitFor();
    await writer.type('Enter', 'Enter', 'Control+v');
    await writer.page.getByRole('button', { name: 'Paste as plain text instead' }).click();
    await writer.page.getByText('Pasted as Markdown.').waitFor({ state: 'detached' });
    await writer.type('Enter', 'Control+Shift+v');
    await writer.save();
    expect(await body(id)).toBe(
      canonicalStorage(
        `<p>first</p><p>typed, <strong>bold</strong></p>${table(['a', 'b'])}<p>end</p>` +
          `<h2>Steps</h2><ul><li><p>one</p></li><li><p>two</p></li></ul>${'<p>## Steps</p><p>- one</p><p>- two</p>'.repeat(2)}`,
      ),
    );
    expect(writer.visitor.complaints).toEqual([]);
  });

  it.each<[string, Clipboard, string]>([
    [
      'wiki markup',
      {
        'text/plain':
          'h2. Steps\n\n# stop\n## wait\n# start\n\n||Host||Load||\n|db1|0.7|\n\n{info:title=Mind}the *gap*{info}\n\nAsk [them|https://example.org].',
      },
      '<h2>Steps</h2><ol><li><p>stop</p><ol><li><p>wait</p></li></ol></li><li><p>start</p></li></ol>' +
        '<table><tbody><tr><th><p>Host</p></th><th><p>Load</p></th></tr><tr><td><p>db1</p></td><td><p>0.7</p></td></tr></tbody></table>' +
        '<ac:structured-macro ac:name="info"><ac:parameter ac:name="title">Mind</ac:parameter><ac:rich-text-body><p>the <strong>gap</strong></p></ac:rich-text-body></ac:structured-macro>' +
        '<p>Ask <a href="https://example.org">them</a>.</p>',
    ],
    [
      'a document of Word',
      { 'text/html': word, 'text/plain': 'Minutes\nTwo open points:' },
      '<h2>Minutes</h2><p>Two <strong>open</strong> points:</p>' +
        '<ol><li><p>Pager</p><ol><li><p>Battery</p></li></ol></li><li><p>Roster</p></li></ol><ul><li><p>Tea</p></li></ul>',
    ],
    [
      'cells of Excel',
      { 'text/html': excel, 'text/plain': 'Item\tPrice\r\nTea\t2.50\r\n' },
      table(['<strong>Item</strong>', '<strong>Price</strong>'], ['Tea', '2.50']),
    ],
    [
      'cells of another spreadsheet',
      { 'text/plain': 'Item\tPrice\nTea\t2.50\n' },
      table(['Item', 'Price'], ['Tea', '2.50']),
    ],
  ])('is stored as the blocks that it was in %s', async (_name, clipboard, expected) => {
    const id = await ownPage('Pasted', '<p />');
    const writer = await Writer.atEnd(await visit(), id);
    await writer.paste(clipboard);
    await writer.text.locator('td, h2').first().waitFor();
    await writer.save();
    expect((await body(id)).replace(/<p \/>$/, '')).toBe(canonicalStorage(expected));
    expect(writer.visitor.complaints).toEqual([]);
  });
});
