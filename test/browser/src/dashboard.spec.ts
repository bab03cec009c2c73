import { describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { ownPage, rest, spaceKeyOf } from './own-page.js';
import { sampleCluster } from './sample-cluster.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const { pages } = sampleCluster();
const visit = visits();

const region = ({ page }: Visitor, name: string) => page.getByRole('region', { name, exact: true });

describe('the dashboard', () => {
  it('shows what was changed last, and by whom, to those who may see it', async () => {
    const id = await ownPage('Menu', '<p>Soup.</p>');
    await rest.edit(id, '<p>Noodles.</p>', { title: 'Menu of this very week' });
    const visitor = await visit();
    await visitor.as('reader');
    const changed = region(visitor, 'Recently updated').getByRole('link', { name: 'Menu of this very week' });
    // The index follows the change a moment later.
    for (let attempt = 0; attempt < 20 && (await changed.count()) === 0; attempt += 1) {
      await visitor.open('/');
      await region(visitor, 'Recently updated').getByRole('listitem').first().waitFor();
    }
    await region(visitor, 'Recently updated').getByText('Administrator').first().waitFor();
    expect(await region(visitor, 'Recently updated').innerText()).not.toContain('Salaries');
    await changed.click();
    await visitor.reads('Menu of this very week');
    expect(visitor.complaints).toEqual([]);
  });

  it('shows what one read last, until one signs out', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open(`/pages/viewpage.action?pageId=${pages.restore}`);
    await visitor.reads('Restore a backup');
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).waitFor();
    await visitor.page.getByRole('link', { name: 'Tributary' }).click();
    await visitor.reads('Home');
    const read = region(visitor, 'Recently viewed').getByRole('link', { name: 'Restore a backup' });
    await read.waitFor();
    await visitor.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).click();
    await visitor.page.getByRole('button', { name: 'Sign out' }).click();
    await visitor.page.getByLabel('Username').waitFor();
    expect(await visitor.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('Restore');
    await (await visitor.as('reader')).open('/');
    await region(visitor, 'Recently viewed').getByText('Pages that you read appear here.').waitFor();
  });

  it('shows what one watches, until one doesn’t', async () => {
    const id = await ownPage('Kept an eye on', '<p>Soup.</p>');
    const visitor = await visit();
    await (await visitor.as('reader')).open(`/pages/viewpage.action?pageId=${id}`);
    await visitor.page.getByRole('button', { name: 'Watch', exact: true }).click();
    await visitor.page.getByRole('button', { name: 'Stop watching' }).waitFor();
    await visitor.page.getByRole('link', { name: 'Tributary' }).click();
    await region(visitor, 'Watched').getByRole('link', { name: 'Kept an eye on' }).click();
    await visitor.reads('Kept an eye on');
    await visitor.page.getByRole('button', { name: 'Stop watching' }).click();
    await visitor.page.getByRole('button', { name: 'Watch', exact: true }).waitFor();
    await visitor.page.getByRole('link', { name: 'Tributary' }).click();
    await region(visitor, 'Watched').getByRole('link', { name: 'Kept an eye on' }).waitFor({ state: 'detached' });
  });

  it('shows more of the drafts when there are more', async () => {
    const id = await ownPage('Beside drafts', '<p>Text.</p>');
    const spaceKey = await spaceKeyOf(id);
    const visitor = await visit();
    await visitor.as('reader');
    for (let number = 1; number <= 9; number += 1) {
      const made = await visitor.context.request.post('/rest/api/content', {
        headers: { 'x-atlassian-token': 'no-check' },
        data: { type: 'page', status: 'draft', title: `Thought ${number} in ${spaceKey}`, space: { key: spaceKey } },
      });
      expect(made.status()).toBe(200);
    }
    await visitor.open('/');
    const drafts = region(visitor, 'My drafts');
    await drafts.getByRole('link', { name: `Thought 9 in ${spaceKey}` }).waitFor();
    expect(await drafts.getByRole('link', { name: `Thought 1 in ${spaceKey}` }).count()).toBe(0);
    await drafts.getByRole('button', { name: 'Show more' }).click();
    await drafts.getByRole('link', { name: `Thought 1 in ${spaceKey}` }).waitFor();
  });

  it('leads to the spaces', async () => {
    const visitor = await visit();
    await (await visitor.as('reader')).open('/dashboard.action');
    await region(visitor, 'Spaces').getByRole('link', { name: 'Operations handbook' }).click();
    await visitor.reads('Operations handbook');
    await becomes(() => visitor.pathname(), '/display/OPS');
  });
});
