import { beforeEach, describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const visit = visits();
const { gateways } = sampleCluster();
let visitor: Visitor;
let name: string;
beforeEach(async () => {
  visitor = await (await visit()).as('administrator');
  name = `person-${process.pid}-${Date.now().toString(36)}`;
});

const button = (label: string) => visitor.page.getByRole('button', { name: label, exact: true });
const card = (text: string) => visitor.page.locator('li.card', { hasText: text });

/** What signing in at the other gateway answers. */
const signIn = async (username: string, password: string): Promise<number> => {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return (await fetch(`${gateways[1]}/rest/api/user/current`, { headers: { authorization } })).status;
};

describe('users', () => {
  it('are made, given another password and a group, disabled and enabled', async () => {
    await visitor.open('/admin/users');
    await visitor.page.locator('summary', { hasText: 'Create a user' }).press('Enter');
    const form = visitor.page.getByRole('form', { name: 'Create a user' });
    await form.getByLabel('Username').fill(name);
    await form.getByLabel('Full name').fill('Aiko Mori');
    await form.getByLabel('Password').fill('first-password');
    await form.getByLabel('Password').press('Enter');
    await visitor.page.getByLabel('Find a user').fill(name);
    await card(name).waitFor();
    expect(await signIn(name, 'first-password')).toBe(200);

    await card(name).locator('summary').click();
    await card(name).getByLabel('confluence-administrators').click();
    await card(name).getByRole('checkbox', { name: 'confluence-administrators', checked: true }).waitFor();
    await card(name).getByLabel('New password').fill('second-password');
    await card(name).getByRole('button', { name: 'Set the password' }).click();
    await visitor.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.card input[type=password]')?.value === '',
    );
    expect(await signIn(name, 'second-password')).toBe(200);
    const groups = await rest.send<{ results: { name: string }[] }>('GET', `/rest/api/user/memberof?username=${name}`);
    expect(groups.results.map((group) => group.name)).toContain('confluence-administrators');

    await button(`Disable: ${name}`).click();
    await card(name).getByText('Disabled', { exact: true }).waitFor();
    expect(await signIn(name, 'second-password')).toBe(401);
    await button(`Enable: ${name}`).click();
    await button(`Disable: ${name}`).waitFor();
    expect(await signIn(name, 'second-password')).toBe(200);
  });

  it('that are there already are refused in words', async () => {
    await visitor.open('/admin/users');
    await visitor.page.locator('summary', { hasText: 'Create a user' }).click();
    const form = visitor.page.getByRole('form', { name: 'Create a user' });
    await form.getByLabel('Username').fill('reader');
    await form.getByLabel('Full name').fill('Again');
    await form.getByLabel('Password').fill('a-password');
    await form.getByRole('button').click();
    await visitor.page.getByRole('alert').getByText('Somebody has this username already.').waitFor();
  });

  it('are listed for administrators only', async () => {
    const reader = await (await visit()).as('reader');
    expect((await reader.context.request.get('/rest/tributary/1/users')).status()).toBe(403);
    expect((await fetch(`${gateways[0]}/rest/tributary/1/users`)).status).toBe(401);
  });
});

describe('an administrator without the right for the system', () => {
  it('is led to what they administer, and to nothing that refuses them', async () => {
    const username = `half${Date.now().toString(36)}`;
    const user = await rest.send<{ userKey: string }>('POST', '/rest/api/admin/user', {
      userName: username,
      fullName: 'Half An Administrator',
      password: 'half-password',
    });
    await rest.send('PUT', `/rest/api/permissions/user/${user.userKey}/grant`, [
      { targetType: 'application', operationKey: 'administer' },
    ]);
    const half = await visit();
    await half.context.request.post('/dologin.action', {
      form: { os_username: username, os_password: 'half-password' },
      headers: { accept: 'application/json' },
    });
    await half.open('/');
    await half.page.getByRole('button', { name: 'Account: Half An Administrator' }).click();
    await half.page.getByRole('link', { name: 'Administration' }).click();
    await half.reads('Users');
    await becomes(() => half.pathname(), '/admin/users');
    const links = half.page.getByRole('navigation', { name: 'Administration' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(['Name and language', 'Users', 'Groups', 'Global permissions']);
    expect(half.complaints).toEqual([]);
  });
});

describe('the demo space', () => {
  it('is said to be there when it is', async () => {
    await visitor.open('/admin/site');
    const errors = [{ message: { key: 'spaceKeyTaken', args: ['DEMO'], translation: 'Taken' } }];
    await visitor.context.route('**/rest/api/space', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/json',
        body: JSON.stringify({ message: 'Taken', data: { errors } }),
      }),
    );
    await button('Add the demo space').click();
    await visitor.page.getByRole('status').getByText('The demo space is there already.').waitFor();
  });
});

describe('groups and global permissions', () => {
  it('are made and granted with the keyboard, and taken away', async () => {
    await visitor.open('/admin/groups');
    await visitor.page.getByLabel('Name of the group').fill(name);
    await visitor.page.getByLabel('Name of the group').press('Enter');
    await button(`Delete: ${name}`).waitFor();
    await card(name).locator('summary').press('Enter');
    await card(name).getByLabel('Username').fill('reader');
    await card(name).getByLabel('Username').press('Enter');
    await button('Take out: reader').click();
    await card(name).getByText('Nobody is in this group.').waitFor();
    await visitor.page.getByRole('link', { name: 'Global permissions' }).click();
    await visitor.page.getByLabel('Name of the group, or username').fill(name);
    await visitor.page.getByLabel('Name of the group, or username').press('Enter');
    const group = visitor.page.getByRole('group', { name });
    await group.getByLabel('Create spaces').press('Space');
    const granted = async () =>
      (await rest.send<{ operation: { targetType: string } }[]>('GET', `/rest/api/permissions/group/${name}`))
        .map(({ operation }) => operation.targetType)
        .toSorted();
    for (let attempt = 0; attempt < 50 && (await granted()).length < 2; attempt += 1)
      await visitor.page.waitForTimeout(100);
    expect(await granted()).toEqual(['application', 'space']);
    await visitor.page.getByRole('link', { name: 'Groups' }).click();
    await button(`Delete: ${name}`).click();
    await visitor.page.getByText('What was granted to it is lost.').waitFor();
    await button(`Delete: ${name}`).click();
    await button(`Delete: ${name}`).waitFor({ state: 'detached' });
  });
});

describe('a space', () => {
  it('is renamed, opened to a user, and gives back what was trashed', async () => {
    const id = await ownPage('Thrown away', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(id);
    await rest.send('DELETE', `/rest/api/content/${id}`);
    await visitor.open(`/display/${spaceKey}`);
    await visitor.page.getByRole('link', { name: 'Space settings' }).click();
    await visitor.reads('Settings of the space');
    await visitor.page.getByLabel('Name of the space').fill(`Renamed ${name}`);
    await button('Save').click();
    await visitor.page.getByRole('link', { name: `Renamed ${name}` }).waitFor();
    await visitor.page.getByLabel('To whom').selectOption('user');
    await visitor.page.getByLabel('Name of the group, or username').fill('reader');
    await button('Give a permission to somebody else').click();
    await visitor.page.getByRole('group', { name: 'Rei Ishikawa' }).getByLabel('View').waitFor();
    await button('Restore: Thrown away').click();
    await visitor.page.getByText('The trash is empty.').waitFor();
    await visitor.open(`/pages/viewpage.action?pageId=${id}`);
    await visitor.reads('Thrown away');
    expect(visitor.complaints).toEqual([]);
  });

  it('is archived, brought back, and deleted while its administrator watches', async () => {
    const id = await ownPage('Not for long', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(id);
    const status = async () => (await rest.send<{ status: string }>('GET', `/rest/api/space/${spaceKey}`)).status;
    await visitor.open(`/spaces/viewspacesummary.action?key=${spaceKey}`);
    await button('Archive the space').click();
    await button('Bring the space back').waitFor();
    expect(await status()).toBe('archived');
    await visitor.open('/spaces');
    const listed = visitor.page.getByRole('link', { name: 'Space of Not for long' });
    expect(await listed.count()).toBe(0);
    await visitor.page.getByLabel('Show archived spaces').check();
    await listed.getByText('Archived').first().waitFor();
    await visitor.page.goBack();
    await button('Bring the space back').click();
    await button('Archive the space').waitFor();
    expect(await status()).toBe('current');
    await button('Delete the space').click();
    await visitor.page.getByText('All its pages, comments and files are deleted for good.').waitFor();
    await button('Delete the space').click();
    await visitor.reads('Spaces');
    await becomes(() => visitor.pathname(), '/spaces');
    expect((await visitor.context.request.get(`/rest/api/content/${id}`)).status()).toBe(404);
  });
});

describe('one’s own settings', () => {
  it('show the node that serves, and make a token that works until it is revoked', async () => {
    const reader = await (await visit({}, 1)).as('reader');
    await reader.open('/users/viewmysettings.action');
    await reader.page.getByRole('region', { name: 'My session' }).getByText('gateway-2').waitFor();
    await reader.page.getByLabel('What it is for').fill(name);
    await reader.page.getByRole('button', { name: 'Create a token' }).click();
    const token = await reader.page.locator('.secret').innerText();
    const answer = () =>
      fetch(`${gateways[0]}/rest/api/user/current`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await answer()).json()).toMatchObject({ username: 'reader' });
    const revoke = reader.page.getByRole('button', { name: `Revoke: ${name}` });
    await revoke.click();
    await reader.page.getByText('Programs that use it are locked out at once.').waitFor();
    await revoke.click();
    await revoke.waitFor({ state: 'detached' });
    expect((await answer()).status).toBe(401);
  });
});

describe('each screen', () => {
  it.each([
    ['/admin/users', 'Users'],
    ['/admin/groups', 'Groups'],
    ['/admin/permissions', 'Global permissions'],
    ['/spaces/viewspacesummary.action?key=OPS', 'Settings of the space'],
    ['/users/viewmysettings.action', 'My settings'],
  ])('%s fits a phone', async (path, title) => {
    await visitor.open(path);
    await visitor.reads(title);
    await visitor.page.locator('.screen :is(li, fieldset, dl)').first().waitFor();
    await visitor.page.setViewportSize({ width: 360, height: 740 });
    expect(await visitor.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
