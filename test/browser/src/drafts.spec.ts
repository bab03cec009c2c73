import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@tributary/test-servers';
import type { Browser, Route } from 'playwright-core';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { stored, storedBody, Writer } from './writer.js';
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
    expect(await storedBody(id)).toBe('<p>start</p>');
    await using elsewhere = await Writer.at(browser, id, 1);
    await elsewhere.text.getByText('start and more').waitFor();
    await elsewhere.notice('You go on with your draft').waitFor();
    await elsewhere.save();
    expect(await storedBody(id)).toBe('<p>start and more</p>');
    expect(await draftOf(id)).toBeUndefined();
    expect([...writer.visitor.complaints, ...elsewhere.visitor.complaints]).toEqual([]);
  });

  it('is sent whole once, and then what has changed, of a gateway’s answer that was lost too', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    const sent: string[] = [];
    writer.page.on('request', (request) => {
      if (/\/drafts\/\d/.test(request.url()) && request.method() !== 'GET')
        sent.push(`${request.method()} ${request.postDataJSON().change?.value ?? 'whole'}`);
    });
    const saves = async (words: string, body: string) => {
      await writer.type(words);
      await until('the draft to be saved', async () => (await draftOf(id)) === body);
      await writer.isSaved();
    };
    await saves(' one', '<p>start one</p>');
    await saves(' two', '<p>start one two</p>');
    expect(sent).toEqual(['PUT whole', 'POST  two']);
    const loseAnswer = (route: Route) => route.fetch().then(() => route.abort());
    await writer.page.route(/\/changes$/, loseAnswer, { times: 1 });
    await saves(' three', '<p>start one two three</p>');
    await saves(' four', '<p>start one two three four</p>');
    expect(sent.slice(2)).toEqual(['POST  three', 'PUT whole', 'POST  four']);
  });

  it('survives a reload right after a key', async () => {
    const id = await newPage();
    await using writer = await Writer.at(browser, id);
    await writer.type(' quick');
    await writer.page.reload();
    await writer.text.getByText('start quick').waitFor();
    await titleOf(writer.visitor).fill('Another title');
    await writer.page.reload();
    await titleOf(writer.visitor).and(writer.page.getByText('Another title')).waitFor();
  });

  it('survives a reload of a browser that is too busy for what a document leaves behind', async () => {
    const id = await newPage();
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    // Neither the browser's database nor the wiki gets it before the next document asks for it.
    await visitor.page.addInitScript(() => {
      const breakOff = () => {
        throw new Error('The document has gone');
      };
      addEventListener('pagehide', () => {
        Object.assign(IDBDatabase.prototype, { transaction: breakOff });
        Object.assign(window, { fetch: () => new Promise(() => {}) });
      });
    });
    const writer = await new Writer(visitor).edit(id);
    await writer.type(' busy');
    await visitor.page.reload();
    await writer.text.getByText('start busy').waitFor();
    await until('the draft to be saved', async () => (await draftOf(id)) === '<p>start busy</p>');
    // What the wiki has is not shown instead of what is written elsewhere afterwards.
    await using elsewhere = await Writer.at(browser, id, 1);
    await elsewhere.type(' no more');
    await elsewhere.isSaved();
    await visitor.page.reload();
    await writer.text.getByText('start busy no more').waitFor();
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
    await second.notice('changed in another window').waitFor();
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
    expect(await storedBody(id)).toBe('<p>start theirs</p>');
    await becomes(() => writer.text.textContent(), 'start mine');
  });
});

/** Begins a page below one of its own. */
async function beginPage(visitor: Visitor): Promise<{ writer: Writer; parent: string }> {
  const parent = await newPage();
  const spaceKey = await spaceKeyOf(parent);
  await visitor.open(`/pages/createpage.action?spaceKey=${spaceKey}&fromPageId=${parent}`);
  return { writer: new Writer(visitor), parent };
}

const titleOf = ({ page }: Visitor) => page.getByRole('textbox', { name: 'Title of the page' });

type Found = readonly { readonly id: string }[];

const childrenOf = async (id: string): Promise<Found> =>
  (await rest.send<{ results: Found }>('GET', `/rest/api/content/${id}/child/page`)).results;

/** Ids of the drafts of that title. */
const draftsTitled = async (title: string): Promise<string[]> => {
  const { results } = await rest.send<{ results: { title: string; contentId: string }[] }>(
    'GET',
    '/rest/tributary/1/drafts?limit=200',
  );
  return results.filter((draft) => draft.title === title).map(({ contentId }) => contentId);
};

/** The wiki makes what it is asked to, and its answer gets lost, so many times. */
const loseCreations = ({ page }: Visitor, times: number) =>
  page.route(/\/rest\/api\/content\?expand=history$/, (route) => route.fetch().then(() => route.abort()), {
    times,
  });

describe('a page that was never published', () => {
  it('is one draft when the answers to its first saves were lost, after a reload too', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer } = await beginPage(visitor);
    await loseCreations(visitor, 2);
    await titleOf(visitor).fill('Made once');
    await writer.type('one');
    await writer.notice('kept in this browser').waitFor();
    await writer.type(' two');
    await until('an answer to be lost', async () => (await draftsTitled('Made once')).length > 0);
    await visitor.page.reload();
    await writer.text.getByText('one two').waitFor();
    await writer.isSaved();
    await visitor.page.waitForURL(/resumedraft/);
    expect(await draftsTitled('Made once')).toHaveLength(1);
    expect(await storedBody(new URL(visitor.page.url()).searchParams.get('draftId') ?? '')).toBe('<p>one two</p>');
  });

  it('is not written over by an editor that never got an answer, when another one has gone on with it', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer } = await beginPage(visitor);
    await loseCreations(visitor, 100);
    await titleOf(visitor).fill('Gone on with');
    await writer.type('mine');
    await until('the wiki to have it', async () => (await draftsTitled('Gone on with')).length > 0);
    const [id = ''] = await draftsTitled('Gone on with');
    await rest.send('PUT', `/rest/api/content/${id}?status=draft`, {
      type: 'page',
      status: 'draft',
      version: { number: 1 },
      body: { storage: { value: '<p>theirs</p>', representation: 'storage' } },
    });
    await visitor.page.unrouteAll();
    await writer.notice('changed in another window').waitFor();
    expect(await storedBody(id)).toBe('<p>theirs</p>');
    await becomes(() => writer.text.textContent(), 'mine');
  });

  it('is another draft after all of it was taken away', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer } = await beginPage(visitor);
    await titleOf(visitor).fill('Emptied');
    await writer.isSaved();
    expect(await draftsTitled('Emptied')).toHaveLength(1);
    await titleOf(visitor).fill('');
    await until('the draft to be gone', async () => (await draftsTitled('Emptied')).length === 0);
    await titleOf(visitor).fill('Begun again');
    await writer.type('words');
    await until('the new draft', async () => (await draftsTitled('Begun again')).length === 1);
    await visitor.page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('Begun again');
  });

  it('becomes the page when it is published before an answer came', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer, parent } = await beginPage(visitor);
    await loseCreations(visitor, 1);
    await titleOf(visitor).fill('Published at once');
    await writer.type('one');
    await writer.notice('kept in this browser').waitFor();
    await writer.type(' two');
    await visitor.page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('Published at once');
    expect(await draftsTitled('Published at once')).toEqual([]);
    const [published, ...others] = await childrenOf(parent);
    expect(others).toEqual([]);
    expect(await storedBody(published?.id ?? '')).toBe('<p>one two</p>');
  });

  it('is a draft from the first words on, which a reload and the dashboard find', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer, parent } = await beginPage(visitor);
    await titleOf(visitor).fill('Begun and left');
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
    const published = await childrenOf(parent);
    expect(published).toHaveLength(1);
    expect(await storedBody(published[0]?.id ?? '')).toBe('<p>Some words more!</p>');
    await visitor.open('/');
    const drafts = visitor.page.getByRole('region', { name: 'My drafts' });
    await drafts.locator('li, .empty').first().waitFor();
    expect(await drafts.innerText()).not.toContain('Begun and left');
    expect(visitor.complaints).toEqual([]);
  });

  it('takes files before it is published', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer } = await beginPage(visitor);
    await writer.text.waitFor();
    const buffer = Buffer.from('a file');
    await visitor.page.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer });
    await writer.text.getByText('notes.txt').waitFor();
    await titleOf(visitor).fill('With a file');
    await visitor.page.getByRole('button', { name: 'Publish' }).click();
    await visitor.reads('With a file');
    await visitor.page.getByRole('main').getByRole('link', { name: 'notes.txt' }).first().waitFor();
  });

  it('is not written over by another window, and goes together with what that one published', async () => {
    await using visitor = await (await Visitor.at(browser)).as('administrator');
    const { writer: first } = await beginPage(visitor);
    await titleOf(visitor).fill('In two windows');
    await first.type('One', 'Enter', 'Two');
    await first.isSaved();
    await visitor.page.waitForURL(/resumedraft/);
    const id = new URL(visitor.page.url()).searchParams.get('draftId') ?? '';
    const text = () => storedBody(id);
    await using second = await Writer.at(browser, id, 1);
    await second.type(' second');
    await second.isSaved();
    await first.type(' first');
    await first.notice('changed in another window').waitFor();
    expect(await text()).toBe('<p>One</p><p>Two second</p>');
    await first.page.getByRole('button', { name: 'Publish' }).click();
    await first.page.getByRole('button', { name: 'The other one' }).click();
    await first.text.getByText('Two second').waitFor();
    await first.page.getByRole('button', { name: 'Go on with it instead' }).click();
    await first.text.getByText('Two first').waitFor();
    await until('the draft to be saved', async () => (await text()) === '<p>One</p><p>Two first</p>');
    await second.type(' again');
    await second.notice('changed in another window').waitFor();
    await second.page.getByRole('button', { name: 'This one' }).click();
    await until('the draft to be saved', async () => (await text()) === '<p>One</p><p>Two second again</p>');
    await second.save();
    await first.text.focus();
    await first.page.keyboard.press('Control+Home');
    await first.knowsItsPlace();
    await first.page.keyboard.type('Number ');
    await first.notice('changed in another window').waitFor();
    await first.page.getByRole('button', { name: 'This one' }).click();
    await first.page.getByRole('dialog').getByRole('button', { name: 'Put both together' }).click();
    await first.text.getByText('Number One').waitFor();
    await first.save();
    expect(await text()).toBe('<p>Number One</p><p>Two second again</p>');
  });

  it('says what couldn’t be read of the other one, and leaves the text as it is', async () => {
    const id = await newPage();
    await using first = await Writer.at(browser, id);
    await using second = await Writer.at(browser, id, 1);
    await second.type(' second');
    await second.isSaved();
    await first.type(' first');
    await first.page.getByRole('button', { name: 'This one' }).waitFor();
    for (const choice of ['This one', 'The other one']) {
      // What is saved is still refused because of the other window.
      await first.visitor.context.route('**/rest/**', (route) =>
        route.request().method() === 'GET' ? route.abort() : route.continue(),
      );
      await first.page.getByRole('button', { name: choice }).click();
      await first.page.getByRole('alert').filter({ hasText: 'Your text is still here' }).waitFor();
      await first.text.getByText('start first').waitFor();
      await first.visitor.context.unroute('**/rest/**');
    }
    await first.page.getByRole('button', { name: 'This one' }).click();
    await until('the draft to be saved', async () => (await draftOf(id)) === '<p>start first</p>');
    await first.page.getByRole('alert').waitFor({ state: 'detached' });
  });
});
