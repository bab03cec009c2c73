import { describe, expect, it } from '@jest/globals';
import { Inspection } from './axe.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { visits } from './visits.js';

const visit = visits();

async function administrator() {
  const visitor = await (await visit({ reducedMotion: 'reduce' })).as('administrator');
  const { page } = visitor;
  return {
    visitor,
    page,
    inspection: new Inspection(page),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    card: (name: string) => page.locator('li.card', { hasText: name }),
  };
}

describe('axe finds nothing, in light and in dark,', () => {
  it('in the cluster console', async () => {
    const { visitor, page, inspection, button } = await administrator();
    const shown = page.locator('.screen li').first();
    await visitor.open('/admin/cluster');
    await button('Remove: search-1').press('Enter');
    await page.getByText('finishes what it does and ends').waitFor();
    await inspection.look('a node about to be removed');
    await visitor.open('/admin/jobs');
    await page.getByText('History').first().click();
    await page.locator('.card .rows').first().waitFor();
    await inspection.look('the history of a job');
    const key = `GONE${Date.now().toString(36)}`;
    await rest.send('POST', '/rest/api/space', { key, name: key });
    await rest.send('DELETE', `/rest/api/space/${key}`);
    for (const [path, heading] of [
      ['caches', 'Caches'],
      ['tasks', 'Long tasks'],
      ['events', 'Events and locks'],
    ] as const) {
      await visitor.open(`/admin/${path}`);
      await visitor.reads(heading);
      await shown.waitFor();
      await inspection.look(heading);
    }
    expect(inspection.found).toEqual([]);
  });

  it('in what administrators set for all', async () => {
    const { visitor, page, inspection, card } = await administrator();
    await visitor.open('/admin/site');
    await page.getByLabel('Name of the wiki').waitFor();
    await inspection.look('the site');
    await visitor.open('/admin/users');
    await page.locator('summary', { hasText: 'Create a user' }).click();
    const form = page.getByRole('form', { name: 'Create a user' });
    await form.getByLabel('Username').fill('reader');
    await form.getByLabel('Full name').fill('Again');
    await form.getByLabel('Password').fill('a-password');
    await form.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    await card('reader').first().locator('summary').click();
    await card('reader').getByRole('checkbox').first().waitFor();
    await inspection.look('the users, one of them refused, one of them open');
    await visitor.open('/admin/groups');
    await card('confluence-administrators').locator('summary').click();
    await card('confluence-administrators').getByRole('button').nth(1).waitFor();
    await inspection.look('the groups, one of them open');
    await visitor.open('/admin/permissions');
    await page.getByRole('group').first().waitFor();
    await inspection.look('the global permissions');
    expect(inspection.found).toEqual([]);
  });

  it('in the settings of a space, and in one’s own', async () => {
    const { visitor, page, inspection, button } = await administrator();
    const id = await ownPage('Thrown away', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(id);
    await rest.send('DELETE', `/rest/api/content/${id}`);
    await visitor.open(`/spaces/viewspacesummary.action?key=${spaceKey}`);
    await button('Restore: Thrown away').waitFor();
    await button('Delete the space').click();
    await page.getByText('All its pages, comments and files are deleted for good.').waitFor();
    await inspection.look('a space with something in its trash, about to be deleted');
    await visitor.open('/users/viewmysettings.action');
    await page.getByLabel('What it is for').fill('A script');
    await button('Create a token').click();
    await page.locator('.secret').waitFor();
    await button('Revoke: A script').first().click();
    await page.getByText('Programs that use it are locked out at once.').waitFor();
    await inspection.look('a new token about to be revoked');
    expect(inspection.found).toEqual([]);
  });
});
