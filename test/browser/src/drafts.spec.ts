import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import type { Browser } from 'playwright-core';
import { startBrowser } from './chromium.js';
import { ownPage, rest } from './own-page.js';
import { stored, Writer } from './writer.js';
import { Visitor } from './visitor.js';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

let count = 0;
const newPage = (body = '<p>start</p>') => ownPage(`Draft ${(count += 1)}`, body);

const draftOf = async (id: string): Promise<string | undefined> => {
  const { draft } = await rest.send<{ draft: { body: { storage: { value: string } } } | null }>(
    'GET',
    `/rest/tributary/1/drafts/${id}`,
  );
  return draft?.body.storage.value;
};

describe('a draft', () => {
  it('saves itself, and is there in another browser at another gateway', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    await writer.type(' and more');
    await writer.isSaved();
    expect((await stored(id)).body.storage.value).toBe('<p>start</p>');
    await using elsewhere = await Writer.at(browser, id, 1);
    await elsewhere.text.getByText('start and more').waitFor();
    await elsewhere.notice('You go on with your draft').waitFor();
    await elsewhere.save();
    expect((await stored(id)).body.storage.value).toBe('<p>start and more</p>');
    expect(await draftOf(id)).toBeUndefined();
    expect([...writer.visitor.complaints, ...elsewhere.visitor.complaints]).toEqual([]);
  });

  it('survives a reload right after a key', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    await writer.type(' quick');
    await writer.page.reload();
    await writer.text.getByText('start quick').waitFor();
    await writer.page.getByRole('textbox', { name: 'Title of the page' }).fill('Another title');
    await writer.page.reload();
    await writer.page
      .getByRole('textbox', { name: 'Title of the page' })
      .and(writer.page.getByText('Another title'))
      .waitFor();
  });

  it('waits in the browser while the network is away, and goes to the wiki when it is back', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    await writer.visitor.context.setOffline(true);
    await writer.type(' offline');
    await writer.notice('kept in this browser').waitFor();
    await writer.type(' still');
    await writer.visitor.context.setOffline(false);
    await writer.isSaved();
    expect(await draftOf(id)).toBe('<p>start offline still</p>');
  });

  it('that only the browser has is gone on with when the page is opened again', async () => {
    const id = await newPage();
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const writer = await new Writer(visitor).edit(id);
    await visitor.context.setOffline(true);
    await writer.type(' alone');
    await writer.notice('kept in this browser').waitFor();
    await visitor.page.close({ runBeforeUnload: false });
    await visitor.context.setOffline(false);
    const page = await visitor.context.newPage();
    await page.goto(`/pages/resumedraft.action?draftId=${id}`);
    await page.getByText('start alone').waitFor();
    await until('the draft to be saved', async () => (await draftOf(id)) === '<p>start alone</p>');
  });

  it('is discarded when its author says so, twice', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    await writer.type(' not this');
    await writer.isSaved();
    await writer.page.getByRole('button', { name: 'Discard', exact: true }).click();
    await writer.page.getByRole('dialog').getByRole('button', { name: 'Discard the draft' }).click();
    await writer.text.getByText('start', { exact: true }).waitFor();
    expect(await draftOf(id)).toBeUndefined();
    expect((await stored(id)).version.number).toBe(1);
  });

  it('that another window has changed is not written over', async () => {
    const id = await newPage();
    await using first = await Writer.at(browser, id);
    await using second = await Writer.at(browser, id, 1);
    await first.type(' first');
    await first.isSaved();
    await second.type(' second');
    await second.notice('in another window').waitFor();
    expect(await draftOf(id)).toBe('<p>start first</p>');
    await second.page.getByRole('button', { name: 'The other one' }).click();
    await second.text.getByText('start first').waitFor();
    await second.page.getByRole('button', { name: 'Go on with it instead' }).click();
    await second.text.getByText('start second').waitFor();
    await until('the draft to be saved', async () => (await draftOf(id)) === '<p>start second</p>');
  });

  it('is not published over a newer version', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    await writer.type(' mine');
    await writer.isSaved();
    const { title } = await stored(id);
    await rest.send('PUT', `/rest/api/content/${id}`, {
      type: 'page',
      title,
      version: { number: 2 },
      body: { storage: { value: '<p>start theirs</p>', representation: 'storage' } },
    });
    await writer.edit(id);
    await writer.notice('has changed the page since you began').waitFor();
    await writer.page.keyboard.press('Control+s');
    await writer.page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
    expect((await stored(id)).body.storage.value).toBe('<p>start theirs</p>');
    expect(await writer.text.textContent()).toBe('start mine');
  });
});

describe('a page that was never published', () => {
  it('is a draft from the first words on, which a reload and the dashboard find', async () => {
    const parent = await newPage();
    const { space } = await rest.send<{ space: { key: string } }>('GET', `/rest/api/content/${parent}?expand=space`);
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    await visitor.open(`/pages/createpage.action?spaceKey=${space.key}&fromPageId=${parent}`);
    const writer = new Writer(visitor);
    const title = visitor.page.getByRole('textbox', { name: 'Title of the page' });
    await title.fill('Begun and left');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.keyboard.type('Some words');
    await writer.isSaved();
    // The cursor is where it was.
    await visitor.page.keyboard.type(' more');
    await visitor.page.waitForURL(/resumedraft/);
    await writer.text.getByText('Some words more').waitFor();
    await visitor.page.reload();
    await writer.text.getByText('Some words more').waitFor();
    await visitor.open('/');
    await visitor.page.getByRole('region', { name: 'My drafts' }).getByRole('link', { name: 'Begun and left' }).click();
    await writer.text.getByText('Some words more').waitFor();
    await writer.type('!');
    await visitor.page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('Begun and left');
    const published = await rest.send<{ results: { id: string }[] }>(
      'GET',
      `/rest/api/content/${parent}/child/page?expand=body.storage`,
    );
    expect(published.results).toHaveLength(1);
    expect((await stored(published.results[0]?.id ?? '')).body.storage.value).toBe('<p>Some words more!</p>');
    await visitor.open('/');
    const drafts = visitor.page.getByRole('region', { name: 'My drafts' });
    await drafts.locator('li, .empty').first().waitFor();
    expect(await drafts.innerText()).not.toContain('Begun and left');
    expect(visitor.complaints).toEqual([]);
  });

  it('takes files before it is published', async () => {
    const parent = await newPage();
    const { space } = await rest.send<{ space: { key: string } }>('GET', `/rest/api/content/${parent}?expand=space`);
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    await visitor.open(`/pages/createpage.action?spaceKey=${space.key}&fromPageId=${parent}`);
    const writer = new Writer(visitor);
    await writer.text.waitFor();
    const buffer = Buffer.from('a file');
    await visitor.page.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer });
    await writer.text.getByText('notes.txt').waitFor();
    await visitor.page.getByRole('textbox', { name: 'Title of the page' }).fill('With a file');
    await visitor.page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('With a file');
    await visitor.page.getByRole('main').getByRole('link', { name: 'notes.txt' }).first().waitFor();
  });

  it('is not written over by another window, and goes together with what that one published', async () => {
    const parent = await newPage();
    const { space } = await rest.send<{ space: { key: string } }>('GET', `/rest/api/content/${parent}?expand=space`);
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    await visitor.open(`/pages/createpage.action?spaceKey=${space.key}&fromPageId=${parent}`);
    const first = new Writer(visitor);
    await visitor.page.getByRole('textbox', { name: 'Title of the page' }).fill('In two windows');
    await first.type('One', 'Enter', 'Two');
    await first.isSaved();
    await visitor.page.waitForURL(/resumedraft/);
    const id = new URL(visitor.page.url()).searchParams.get('draftId') ?? '';
    const text = async () => (await stored(id)).body.storage.value;
    await using second = await Writer.at(browser, id, 1);
    await second.type(' second');
    await second.isSaved();
    await first.type(' first');
    await first.notice('in another window').waitFor();
    expect(await text()).toBe('<p>One</p><p>Two second</p>');
    await first.page.getByRole('button', { name: 'Publish' }).click();
    await first.page.getByRole('button', { name: 'The other one' }).click();
    await first.text.getByText('Two second').waitFor();
    await first.page.getByRole('button', { name: 'Go on with it instead' }).click();
    await first.text.getByText('Two first').waitFor();
    await until('the draft to be saved', async () => (await text()) === '<p>One</p><p>Two first</p>');
    await second.type(' again');
    await second.notice('in another window').waitFor();
    await second.page.getByRole('button', { name: 'This one' }).click();
    await until('the draft to be saved', async () => (await text()) === '<p>One</p><p>Two second again</p>');
    await second.save();
    await first.text.focus();
    await first.page.keyboard.press('Control+Home');
    await first.knowsItsPlace();
    await first.page.keyboard.type('Number ');
    await first.notice('in another window').waitFor();
    await first.page.getByRole('button', { name: 'This one' }).click();
    await first.page.getByRole('dialog').getByRole('button', { name: 'Put both together' }).click();
    await first.text.getByText('Number One').waitFor();
    await first.save();
    expect(await text()).toBe('<p>Number One</p><p>Two second again</p>');
  });
});
