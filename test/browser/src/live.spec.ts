import { beforeEach, describe, expect, it } from '@jest/globals';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const visit = visits();
let visitor: Visitor;
/** The administrator at another gateway writes; this reader reads. */
beforeEach(async () => {
  visitor = await (await visit()).as('reader');
});

/** Opens a page and waits until the gateway tells what happens to it. */
async function read(id: string): Promise<void> {
  const listening = visitor.page.waitForResponse(/\/rest\/tributary\/1\/events\?.*content=/);
  await visitor.open(`/pages/viewpage.action?pageId=${id}`);
  await listening;
}

describe('a page that is read', () => {
  it('is said to have changed, by whom, and is read anew with one key', async () => {
    const id = await ownPage('Alive', '<p>First words.</p>');
    await read(id);
    await rest.edit(id, '<p>Second words.</p>', { title: 'Alive' });
    await visitor.page.getByText('Administrator changed this page just now.').waitFor();
    await visitor.page.getByText('First words.').waitFor();
    await visitor.page.getByRole('button', { name: 'Read the new version' }).press('Enter');
    await visitor.page.getByText('Second words.').waitFor();
    await visitor.page.getByText('Administrator changed this page just now.').waitFor({ state: 'detached' });
    expect(await visitor.page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('shows comments as they come', async () => {
    const id = await ownPage('Talked about', '<p>Text.</p>');
    await read(id);
    await visitor.page.getByRole('heading', { name: 'No comments yet' }).waitFor();
    await rest.send('POST', '/rest/api/content', {
      type: 'comment',
      container: { id, type: 'page' },
      body: { storage: { value: '<p>I was here.</p>', representation: 'storage' } },
    });
    await visitor.page.getByText('I was here.').waitFor();
  });

  it('shows new pages in its tree', async () => {
    const id = await ownPage('Trunk', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(id);
    await read(id);
    await visitor.treeItem('Trunk').waitFor();
    await rest.send('POST', '/rest/api/content', {
      type: 'page',
      title: 'A new leaf',
      space: { key: spaceKey },
      body: { storage: { value: '<p>Green.</p>', representation: 'storage' } },
    });
    await visitor.treeItem('A new leaf').waitFor();
  });

  it('is said to be in the trash when it came there before it could be looked at, which is no error', async () => {
    const id = await ownPage('Gone soon', '<p>Text.</p>');
    await using administrator = await (await visit()).as('administrator');
    await administrator.page.route(`**/rest/api/content/${id}?expand=version**`, async (route) => {
      await rest.send('DELETE', `/rest/api/content/${id}`);
      await route.continue();
    });
    await administrator.open(`/pages/viewpage.action?pageId=${id}`);
    await administrator.page.getByText('This page was moved to the trash just now.').waitFor();
    await administrator.page.waitForLoadState('networkidle');
    expect(administrator.complaints).toEqual([]);
  });

  it('says nothing of a change after which the reader may not see it', async () => {
    const id = await ownPage('Closing', '<p>Text.</p>');
    await read(id);
    await rest.send('PUT', `/rest/experimental/content/${id}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }] } },
    ]);
    await rest.edit(id, '<p>Secret.</p>', { title: 'Closed for good' });
    const other = await ownPage('Beside', '<p>Text.</p>');
    await read(other);
    await rest.edit(other, '<p>More.</p>', { title: 'Beside' });
    await visitor.page.getByText('changed this page just now').waitFor();
    expect(await visitor.page.getByText('Closed for good').count()).toBe(0);
  });
});

describe('a tab that nobody looks at', () => {
  it('keeps no connection, and looks for itself when somebody is back', async () => {
    const id = await ownPage('Left alone', '<p>Text.</p>');
    await read(id);
    const see = (state: 'hidden' | 'visible') =>
      visitor.page.evaluate((visibility) => {
        Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
    await see('hidden');
    await rest.edit(id, '<p>More.</p>', { title: 'Left alone' });
    expect(await visitor.page.getByText('changed this page just now').count()).toBe(0);
    await see('visible');
    await visitor.page.getByText('changed this page just now').waitFor();
  });
});
