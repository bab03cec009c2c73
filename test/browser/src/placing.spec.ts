import { beforeEach, describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';
import { Writer } from './writer.js';

const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit()).as('administrator');
});

const addressOf = (id: string) => `/pages/viewpage.action?pageId=${id}`;
const titlesBelow = async (id: string): Promise<string[]> => {
  const path = `/rest/api/content/${id}/descendant/page`;
  return (await rest.send<{ results: { title: string }[] }>('GET', path)).results.map(({ title }) => title).toSorted();
};

describe('a page with another below it', () => {
  it('is copied with it to its space’s home page, and moved there, by choosing the place', async () => {
    const id = await ownPage('Original', '<p>Text</p>');
    const spaceKey = await spaceKeyOf(id);
    await rest.send('POST', '/rest/api/content', {
      type: 'page',
      title: 'Detail',
      space: { key: spaceKey },
      ancestors: [{ id }],
      body: { storage: { value: '<p>Detail</p>', representation: 'storage' } },
    });
    const { homepage } = await rest.send<{ homepage: { id: string; title: string } }>(
      'GET',
      `/rest/api/space/${spaceKey}?expand=homepage`,
    );
    await visitor.open(addressOf(id));
    const dialog = visitor.page.getByRole('dialog');

    await visitor.page.getByRole('button', { name: 'Copy the page' }).click();
    await dialog.getByLabel('With the pages below it').check();
    await dialog.getByLabel('Put before each title').fill('Second ');
    await dialog.getByRole('radio', { name: homepage.title }).check();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await visitor.reads(homepage.title);
    await dialog.waitFor({ state: 'detached' });
    expect(await titlesBelow(homepage.id)).toEqual(['Second Detail', 'Second Original']);

    await visitor.open(addressOf(id));
    await visitor.page.getByRole('button', { name: 'Copy the page' }).click();
    await dialog.getByLabel('With the pages below it').check();
    await dialog.getByLabel('Put before each title').fill('Second ');
    await dialog.getByRole('radio', { name: homepage.title }).check();
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
    await dialog.getByRole('alert').getByText('A page with this title exists already').waitFor();
    await visitor.page.keyboard.press('Escape');

    await visitor.page.getByRole('button', { name: 'Move the page' }).click();
    await dialog.getByRole('radio', { name: homepage.title }).check();
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await visitor.reads('Original');
    expect(await titlesBelow(homepage.id)).toEqual(['Detail', 'Original', 'Second Detail', 'Second Original']);
  });
});

describe('a page that gets another title', () => {
  it('is led to from its former address, and is found under the new one', async () => {
    const id = await ownPage('Before it was renamed', '<p>Same text.</p>');
    const spaceKey = await spaceKeyOf(id);
    const writer = await new Writer(visitor).edit(id);
    await visitor.page.getByRole('textbox', { name: 'Title of the page' }).fill('After it was renamed');
    await writer.save();
    await visitor.reads('After it was renamed');
    await becomes(() => visitor.pathname(), `/display/${spaceKey}/After+it+was+renamed`);
    await visitor.treeItem('After it was renamed').waitFor();
    await visitor.open(`/display/${spaceKey}/Before+it+was+renamed`);
    await visitor.reads('After it was renamed');
    await visitor.page.getByRole('status').getByText('Before it was renamed').waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});
