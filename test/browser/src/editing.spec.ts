import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalStorage } from '@tributary/storage-format';
import type { Browser } from 'playwright-core';
import { seriousViolations } from './axe.js';
import { startBrowser } from './chromium.js';
import { elements, japanese, onCall } from './sample-bodies.js';
import { rest } from './own-page.js';
import { stored, storedBody, Writer, type Stored } from './writer.js';
import { Visitor } from './visitor.js';

/** Taken away at the end: other specs look at the whole tree of the space. */
const made: string[] = [];
async function newPage(body: string): Promise<string> {
  const { id } = await rest.send<Stored>('POST', '/rest/api/content', {
    type: 'page',
    title: `To be edited ${made.length + 1} ${Date.now()}`,
    space: { key: 'OPS' },
    body: { storage: { value: body, representation: 'storage' } },
  });
  made.push(id);
  return id;
}

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const id of made) await rest.send('DELETE', `/rest/api/content/${id}`);
});

describe('opened and saved without a change', () => {
  it.each([
    ['every element', elements],
    ['macros and tasks', onCall],
    ['Japanese', japanese],
    [
      'what nobody knows',
      '<x:y z="1">a</x:y>\n<p>b&nbsp;<ac:structured-macro ac:name="odd"><ac:parameter ac:name="q">1</ac:parameter></ac:structured-macro></p><!-- c -->',
    ],
  ])('a page keeps its body: %s', async (_name, body) => {
    const id = await newPage(body);
    const before = await stored(id);
    await using writer = await Writer.at(browser, id);
    await writer.save();
    const after = await stored(id);
    expect(after.version.number).toBe(before.version.number + 1);
    expect(canonicalStorage(after.body.storage.value)).toBe(canonicalStorage(before.body.storage.value));
    // Pictures that the page names are not attached to it.
    expect(writer.visitor.complaints.filter((each) => !each.includes('status of 404'))).toEqual([]);
  });
});

describe('what is typed', () => {
  it.each([
    ['text', ['plain words'], '<p>plain words</p>'],
    ['bold', ['Control+b', 'strong', 'Control+b', ' weak'], '<p><strong>strong</strong> weak</p>'],
    ['bold by Markdown', ['a **b** c'], '<p>a <strong>b</strong> c</p>'],
    ['a heading', ['## Below'], '<h2>Below</h2>'],
    [
      'a list',
      ['- one', 'Enter', 'two', 'Enter', 'Tab', 'deep'],
      '<ul><li><p>one</p></li><li><p>two</p><ul><li><p>deep</p></li></ul></li></ul>',
    ],
    [
      'a task',
      ['[] call', 'Enter', 'write'],
      '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><p>call</p></ac:task-body></ac:task>' +
        '<ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body><p>write</p></ac:task-body></ac:task></ac:task-list>',
    ],
    [
      'code',
      ['```', 'let a = "<b>";', 'Enter', '  x'],
      '<ac:structured-macro ac:name="code" ac:schema-version="1"><ac:plain-text-body><![CDATA[let a = "<b>";\n  x]]></ac:plain-text-body></ac:structured-macro>',
    ],
    [
      'a table',
      ['/table', 'Enter', 'a', 'Tab', 'b'],
      `<table><tbody><tr><th>a</th><th>b</th><th /></tr>${'<tr><td /><td /><td /></tr>'.repeat(2)}</tbody></table><p />`,
    ],
    [
      'a panel',
      ['/info', 'Enter', 'Mind'],
      '<ac:structured-macro ac:name="info" ac:schema-version="1"><ac:rich-text-body><p>Mind</p></ac:rich-text-body></ac:structured-macro><p />',
    ],
  ])('becomes storage: %s', async (_name, keys, expected) => {
    const id = await newPage('<p>first</p><p />');
    await using writer = await Writer.at(browser, id);
    await writer.type(...keys);
    await writer.save();
    const { body } = await stored(id);
    const written = body.storage.value.replaceAll(/ ac:macro-id="[^"]*"/g, '');
    expect(canonicalStorage(written)).toBe(canonicalStorage(`<p>first</p>${expected}`));
    expect(writer.visitor.complaints).toEqual([]);
  });

  it('by an input method comes once', async () => {
    const id = await newPage('<p>日本</p>');
    await using writer = await Writer.at(browser, id);
    await writer.type();
    const session = await writer.visitor.context.newCDPSession(writer.page);
    for (const text of ['ｋ', 'か', 'かｎ', 'かん', 'かんじ', '漢字']) {
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await session.send('Input.insertText', { text: '漢字' });
    await session.send('Input.imeSetComposition', { text: 'です', selectionStart: 2, selectionEnd: 2 });
    await session.send('Input.insertText', { text: 'です' });
    await writer.save();
    expect(await storedBody(id)).toBe('<p>日本漢字です</p>');
  });
});

describe('a writer', () => {
  it('makes a page below the one that was read, from its menu', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    await visitor.open('/display/OPS/On-call+guide');
    await visitor.page.getByRole('link', { name: 'Create' }).click();
    await visitor.page.getByRole('textbox', { name: 'Title of the page' }).fill('Made in the browser');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.keyboard.type('Its text.');
    await visitor.page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('Made in the browser');
    const parent = visitor.page.getByRole('navigation', { name: 'Breadcrumb' });
    expect(await parent.textContent()).toContain('On-call guide');
    await visitor.page.getByRole('button', { name: 'Move to trash' }).click();
    await visitor.page.getByRole('dialog').getByRole('button', { name: 'Move to trash' }).click();
    await visitor.reads('On-call guide');
    // Its address says where it is, and gives it back.
    await visitor.open('/display/OPS/Made+in+the+browser');
    await visitor.page.getByText('“Made in the browser” is in the trash.').waitFor();
    await visitor.page.getByRole('button', { name: 'Restore' }).click();
    await visitor.reads('Made in the browser');
    const { results } = await rest.send<{ results: { id: string }[] }>(
      'GET',
      '/rest/api/content?spaceKey=OPS&title=Made+in+the+browser',
    );
    expect(results).toHaveLength(1);
    made.push(...results.map(({ id }) => id));
    await visitor.open('/display/OPS/On-call');
    await visitor.page.getByRole('heading', { name: 'Pages with such a title' }).waitFor();
    await visitor.page.getByRole('link', { name: 'On-call guide' }).first().waitFor();
    expect(visitor.complaints).toEqual([]);
  });

  it('edits at the page’s address, says what was changed, and is back at the page', async () => {
    const id = await newPage('<p>old</p>');
    const { title } = await stored(id);
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const writer = new Writer(visitor);
    await visitor.open(`/display/OPS/${encodeURIComponent(title)}?edit`);
    await writer.type(' and new');
    await visitor.page.getByRole('textbox', { name: 'What did you change?' }).fill('More of it');
    await visitor.page.getByRole('checkbox', { name: 'Minor edit (tell nobody)' }).check();
    await visitor.page.getByRole('button', { name: 'Save' }).click();
    await visitor.reads(title);
    await visitor.page.waitForFunction(() => document.activeElement?.id === 'content');
    const { version, body } = await stored(id);
    expect([version.message, version.minorEdit, body.storage.value]).toEqual([
      'More of it',
      true,
      '<p>old and new</p>',
    ]);
  });

  it('attaches an image and sees it in the text', async () => {
    const id = await newPage('<p>picture: </p>');
    await using writer = await Writer.at(browser, id);
    await writer.type();
    const buffer = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    );
    await writer.page.locator('input[type=file]').setInputFiles({ name: 'dot 点.png', mimeType: 'image/png', buffer });
    const image = writer.text.getByRole('img', { name: 'dot 点.png' });
    await image.waitFor();
    await writer.page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('.editor-image img')?.naturalWidth ?? 0) > 0,
    );
    await writer.save();
    expect(await storedBody(id)).toContain('<ri:attachment ri:filename="dot 点.png" />');
    expect(writer.visitor.complaints).toEqual([]);
  });

  it('can delete and undo what is only kept, and not damage it', async () => {
    const toc = '<ac:structured-macro ac:name="toc" ac:schema-version="1" />';
    const id = await newPage(`<p>a</p>${toc}<p>b</p>`);
    const before = await storedBody(id);
    await using writer = await Writer.at(browser, id);
    await writer.text.getByText('Table of contents', { exact: true }).click();
    await writer.page.keyboard.press('Delete');
    await writer.text.getByText('Table of contents', { exact: true }).waitFor({ state: 'detached' });
    await writer.page.keyboard.press('Control+z');
    await writer.text.getByText('Table of contents', { exact: true }).waitFor();
    await writer.save();
    expect(canonicalStorage(await storedBody(id))).toBe(canonicalStorage(before));
  });

  it('reaches the tools by keyboard, and comes back', async () => {
    const id = await newPage('<p>word</p>');
    await using writer = await Writer.at(browser, id);
    await writer.type('Control+a');
    await writer.page.keyboard.press('Alt+F10');
    for (let step = 0; step < 3; step += 1) await writer.page.keyboard.press('ArrowRight');
    await writer.page.keyboard.press('Enter');
    await writer.save();
    expect(await storedBody(id)).toBe('<p><strong>word</strong></p>');
  });
});

describe('the editor', () => {
  it.each(['light', 'dark'] as const)('has no serious barrier in %s', async (colorScheme) => {
    const id = await newPage(elements);
    await using visitor = await (await Visitor.at(browser, { colorScheme })).as('administrator');
    await new Writer(visitor).edit(id);
    expect(await seriousViolations(visitor.page)).toEqual([]);
  });

  it('needs no scrolling sideways at a phone', async () => {
    const id = await newPage(elements);
    await using visitor = await (
      await Visitor.at(browser, { viewport: { width: 360, height: 740 } })
    ).as('administrator');
    await new Writer(visitor).edit(id);
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
