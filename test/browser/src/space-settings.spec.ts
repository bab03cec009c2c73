import { beforeEach, describe, expect, it } from '@jest/globals';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

/** Settings of a space, as its administrator changes them and others meet them. */
const visit = visits();
let visitor: Visitor;
beforeEach(async () => {
  visitor = await (await visit()).as('administrator');
});

async function ownSpace(title: string): Promise<{ id: string; key: string }> {
  const id = await ownPage(title, '<p>Text.</p>');
  return { id, key: await spaceKeyOf(id) };
}

const settingsOf = (key: string) => `/spaces/viewspacesummary.action?key=${key}`;

describe('permissions of a space', () => {
  it('are given and taken away, and are what its readers meet', async () => {
    const { id, key } = await ownSpace('For some');
    const reader = await (await visit()).as('reader');
    const change = async (who: string, permission: string) => {
      const answer = visitor.page.waitForResponse(
        (each) => each.request().method() === 'PUT' && each.url().includes('/permissions/'),
      );
      await visitor.page.getByRole('group', { name: who }).getByLabel(permission, { exact: true }).press('Space');
      await answer;
    };
    const opened = () => reader.open(`/pages/viewpage.action?pageId=${id}`);
    const edit = reader.page.getByRole('main').getByRole('link', { name: 'Edit' });
    await opened();
    await edit.waitFor();
    await visitor.open(settingsOf(key));
    await change('confluence-users', 'View');
    await opened();
    await reader.page.getByText('This page isn’t here').waitFor();

    await visitor.page.getByLabel('To whom').selectOption('user');
    await visitor.page.getByLabel('Name of the group, or username').fill('reader');
    await visitor.page.getByLabel('Name of the group, or username').press('Enter');
    const own = visitor.page.getByRole('group', { name: 'Rei Ishikawa' });
    await own.getByRole('checkbox', { name: 'View', checked: true }).waitFor();
    await opened();
    await reader.reads('For some');
    expect(visitor.complaints).toEqual([]);
  });
});

describe('the trash of a space', () => {
  it('loses one page for good, and then all others', async () => {
    const { id, key } = await ownSpace('First');
    const ids = [id];
    for (const title of ['Second', 'Third']) {
      const page = { type: 'page', title, space: { key }, body: { storage: { value: '', representation: 'storage' } } };
      ids.push((await rest.send<{ id: string }>('POST', '/rest/api/content', page)).id);
    }
    for (const each of ids) await rest.send('DELETE', `/rest/api/content/${each}`);
    const statuses = () =>
      Promise.all(
        ids.map(async (each) =>
          (await visitor.context.request.get(`/rest/api/content/${each}?status=trashed`)).status(),
        ),
      );
    await visitor.open(settingsOf(key));
    const button = (name: string) => visitor.page.getByRole('button', { name, exact: true });
    const purge = button('Delete for good: Second');
    await purge.press('Enter');
    await visitor.page.getByText('This can’t be undone.').waitFor();
    expect(await statuses()).toEqual([200, 200, 200]);
    await purge.press('Enter');
    await purge.waitFor({ state: 'detached' });
    expect(await statuses()).toEqual([200, 404, 200]);
    await button('Empty the trash').press('Enter');
    await button('Cancel').press('Enter');
    await button('Restore: First').waitFor();
    await button('Empty the trash').press('Enter');
    await button('Empty the trash').press('Enter');
    await visitor.page.getByText('The trash is empty.').waitFor();
    expect(await statuses()).toEqual([404, 404, 404]);
  });
});
