import { describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages, gateways } = sampleCluster();
const visit = visits();

const guide = `/pages/viewpage.action?pageId=${pages.onCall}`;

async function signIn({ page }: Visitor, password: string): Promise<void> {
  await page.getByLabel('Username').fill('reader');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

describe('somebody who isn’t signed in', () => {
  it('is told that a password is wrong, and led to where they wanted to go with the right one', async () => {
    const visitor = await visit();
    const asked: string[] = [];
    visitor.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await visitor.open(guide);
    await becomes(() => visitor.pathname(), `/login?next=${encodeURIComponent(guide)}`);
    await visitor.page.waitForLoadState('networkidle');
    expect(asked).not.toContain('/rest/tributary/1/mode');
    await signIn(visitor, 'wrong');
    await visitor.page.getByRole('alert').getByText('The username or the password is wrong.').waitFor();
    await signIn(visitor, 'reader-password');
    await visitor.reads('On-call guide');
    await becomes(() => visitor.pathname(), guide);
    expect(visitor.documentCount).toBe(1);
  });

  it('isn’t led out of the wiki by a link to the sign-in', async () => {
    const visitor = await visit();
    await visitor.open(`/login?next=${encodeURIComponent('//example.org/')}`);
    await signIn(visitor, 'reader-password');
    await visitor.reads('Home');
    expect(visitor.page.url()).toBe(`${visitor.origin}/`);
  });
});

describe('somebody who is signed in', () => {
  it('is so at the other gateway, and sees which one served', async () => {
    const visitor = await visit({}, 0);
    await (await visitor.as('reader')).open(guide);
    await visitor.page.getByText('Served by gateway-1').waitFor();
    await visitor.open(`${gateways[1]}${guide}`);
    await visitor.reads('On-call guide');
    await visitor.page.getByText('Served by gateway-2').waitFor();
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).waitFor();
  });

  it('signs out, and nothing that they saw stays', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(guide);
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).click();
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.getByLabel('Username').waitFor();
    await visitor.page.goBack();
    await visitor.page.getByLabel('Username').waitFor();
    expect(await visitor.page.getByText('When the pager rings').count()).toBe(0);
  });

  it('says that one is still signed in when the wiki is out of reach', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(guide);
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).click();
    await visitor.context.setOffline(true);
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.getByRole('alert').getByText('You are still signed in.').waitFor();
    await visitor.context.setOffline(false);
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.getByLabel('Username').waitFor();
  });

  it.each([
    ['a page that they may not see', `/pages/viewpage.action?pageId=${pages.hidden}`],
    ['a page that is not there', '/pages/viewpage.action?pageId=999999999'],
    ['a title that is not there', '/display/OPS/Nothing'],
    ['a space that is not there', '/display/NOWHERE'],
    ['an address that means nothing', '/spaces/nothing/of/the/kind'],
  ])('reads the same of %s', async (_name, path) => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(path);
    await visitor.reads('This page isn’t here');
    expect(await visitor.page.getByText('Salaries').count()).toBe(0);
    await visitor.page.getByRole('link', { name: 'See all spaces' }).click();
    await visitor.reads('Spaces');
  });

  it('is told when the wiki can’t answer, and reads on when it can again', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open('/display/OPS');
    await visitor.treeItem('On-call guide').waitFor();
    await visitor.context.route('**/rest/api/content**', (route) => route.abort());
    await visitor.treeItem('On-call guide').click();
    await visitor.reads('The wiki can’t answer right now');
    await visitor.context.unroute('**/rest/api/content**');
    await visitor.page.getByRole('button', { name: 'Try again' }).click();
    await visitor.reads('On-call guide');
  });
});
