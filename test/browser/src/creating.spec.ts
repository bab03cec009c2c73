import { describe, expect, it } from '@jest/globals';
import { violations } from './axe.js';
import { becomes } from './becomes.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();

const createButton = ({ page }: Visitor) => page.getByRole('button', { name: 'Create', exact: true });
const dialog = ({ page }: Visitor, name: string | RegExp) => page.getByRole('dialog', { name });
const choice = ({ page }: Visitor, name: string) => page.getByRole('menuitem', { name, exact: true });
const isCreating = ({ page }: Visitor) => page.getByRole('textbox', { name: 'Title of the page' }).waitFor();

/** A space of a test's own. */
async function ownSpace(): Promise<{ key: string; homeId: string }> {
  const id = await ownPage('A page', '<p>Text.</p>');
  const key = await spaceKeyOf(id);
  const { homepage } = await rest.send<{ homepage: { id: string } }>('GET', `/rest/api/space/${key}?expand=homepage`);
  return { key, homeId: homepage.id };
}

describe('a space', () => {
  it('is made by who may make it, with a key from its name, and not twice', async () => {
    const visitor = await (await visit()).as('administrator');
    await visitor.open('/spaces');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Create a space' }).click();
    const form = dialog(visitor, 'Create a space');
    await form.getByLabel('Name').fill('Ours');
    await becomes(() => form.getByLabel('Key').inputValue(), 'OURS');
    await form.getByLabel('Key').fill('ops');
    await form.getByLabel('Description').fill('What we do');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.getByRole('alert').getByText('A space with this key exists already.').waitFor();
    expect(await violations(page)).toEqual([]);
    const key = `OURS${Date.now().toString(36)}`;
    await form.getByLabel('Key').fill(key);
    await form.getByRole('button', { name: 'Create' }).click();
    await visitor.reads('Ours Home');
    await becomes(() => visitor.pathname(), `/display/${key}`);
    await visitor.open('/spaces');
    await page
      .getByRole('link', { name: /Ours.*What we do/ })
      .first()
      .waitFor();
  });

  it('says in Japanese that its key is taken', async () => {
    const visitor = await (await visit({ locale: 'ja-JP' })).as('administrator');
    await visitor.open('/spaces');
    await visitor.page.getByRole('button', { name: 'スペースを作成' }).click();
    await visitor.page.getByLabel('名前').fill('運用');
    await visitor.page.getByLabel('キー').fill('OPS');
    await visitor.page.getByRole('dialog').getByRole('button', { name: '作成' }).click();
    await visitor.page.getByRole('alert').getByText('同じキーのスペースがすでにあります。').waitFor();
  });
});

describe('the + in the header', () => {
  it('begins a page below the one that is read, by its key', async () => {
    const visitor = await (await visit()).as('reader');
    await visitor.open(`/pages/viewpage.action?pageId=${pages.onCall}`);
    await createButton(visitor).waitFor();
    await visitor.page.keyboard.press('c');
    await choice(visitor, 'Page').waitFor();
    expect(await violations(visitor.page)).toEqual([]);
    await visitor.page.keyboard.press('Enter');
    await isCreating(visitor);
    await becomes(() => visitor.pathname(), `/pages/createpage.action?spaceKey=OPS&fromPageId=${pages.onCall}`);
    // What is typed is text, not a command.
    await visitor.page.getByRole('textbox', { name: 'Title of the page' }).pressSequentially('cc');
    expect(await choice(visitor, 'Page').count()).toBe(0);
  });

  it('begins a blog post in the space', async () => {
    const visitor = await (await visit()).as('reader');
    await visitor.open(`/pages/viewpage.action?pageId=${pages.onCall}`);
    await createButton(visitor).click();
    await choice(visitor, 'Blog post').click();
    await isCreating(visitor);
    await becomes(() => visitor.pathname(), '/pages/createblogpost.action?spaceKey=OPS');
  });

  it('asks for the space where one is in none, and goes below its home page', async () => {
    const { key, homeId } = await ownSpace();
    const visitor = await (await visit()).as('reader');
    await visitor.open('/');
    await createButton(visitor).click();
    await choice(visitor, 'Page').click();
    const spaces = dialog(visitor, 'Which space is the page for?');
    await spaces.getByLabel('Find a space by its name').fill(key.toLowerCase());
    expect(await violations(visitor.page)).toEqual([]);
    await spaces.getByRole('link').click();
    await isCreating(visitor);
    await becomes(() => visitor.pathname(), `/pages/createpage.action?spaceKey=${key}&fromPageId=${homeId}`);
  });

  it('begins a page at the top of a space without a home page', async () => {
    const { key, homeId } = await ownSpace();
    await rest.send('DELETE', `/rest/api/content/${homeId}`);
    const visitor = await (await visit()).as('reader');
    await visitor.open(`/display/${key}`);
    await visitor.page.getByText('This space has no home page.').waitFor();
    await createButton(visitor).click();
    await choice(visitor, 'Page').click();
    await isCreating(visitor);
    await becomes(() => visitor.pathname(), `/pages/createpage.action?spaceKey=${key}`);
  });

  it('asks for another space where one may not write, and is for people who are signed in', async () => {
    const { key } = await ownSpace();
    const revoked = [{ targetType: 'page', operationKey: 'create' }];
    await rest.send('PUT', `/rest/api/space/${key}/permissions/group/confluence-users/revoke`, revoked);
    const visitor = await (await visit()).as('reader');
    await visitor.open(`/display/${key}`);
    await createButton(visitor).click();
    await choice(visitor, 'Page').click();
    const spaces = dialog(visitor, 'Which space is the page for?');
    await spaces.getByRole('link', { name: /Operations handbook/ }).waitFor();
    expect(await spaces.getByText(key, { exact: true }).count()).toBe(0);
    const stranger = await visit();
    await stranger.open('/login');
    expect(await createButton(stranger).count()).toBe(0);
  });
});
