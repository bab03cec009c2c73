import { beforeEach, describe, expect, it } from '@jest/globals';
import { seriousViolations } from './axe.js';
import { rest } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const visit = visits();
const screens = [
  ['nodes', '/admin/cluster', 'Nodes', 'ノード'],
  ['jobs', '/admin/jobs', 'Scheduled jobs', 'スケジュールジョブ'],
  ['caches', '/admin/caches', 'Caches', 'キャッシュ'],
  ['tasks', '/admin/tasks', 'Long tasks', '長時間タスク'],
  ['events', '/admin/events', 'Events and locks', 'イベントとロック'],
] as const;

describe('the cluster console', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await (await visit()).as('administrator');
  });
  const node = (name: string) => visitor.page.locator('.node', { has: visitor.page.getByRole('heading', { name }) });
  const job = (name: string) => visitor.page.locator('.card', { has: visitor.page.getByText(name, { exact: true }) });

  it('is found from any page, and shows every node as it is now', async () => {
    await visitor.open('/display/OPS');
    await visitor.page.getByRole('button', { name: 'Account: Administrator' }).click();
    await visitor.page.getByRole('link', { name: 'Administration' }).click();
    await visitor.reads('Nodes');
    for (const name of ['gateway-1', 'gateway-2', 'identity-1', 'pages-1', 'cluster-coordinator-1']) {
      await node(name).getByText('Running', { exact: true }).waitFor();
    }
    await visitor.page.getByText('Leader', { exact: true }).waitFor();
    const uptime = () => node('gateway-1').getByText('up for').innerText();
    const samples = () => node('gateway-1').locator('polyline').getAttribute('points');
    const before = [await uptime(), await samples()];
    await visitor.page.waitForFunction(
      (points) => document.querySelector('.node polyline')?.getAttribute('points') !== points,
      before[1],
    );
    expect(visitor.documentCount).toBe(1);
    expect(visitor.complaints).toEqual([]);
  });

  it('runs a job at once, and shows in its history how it went', async () => {
    const name = 'identity.expired-credentials';
    await visitor.open('/admin/jobs');
    await job(name).getByText('History').click();
    const byHand = job(name).getByRole('listitem').filter({ hasText: 'by hand' });
    await job(name).locator('.rows').waitFor();
    const before = await byHand.count();
    await job(name).getByRole('button', { name: 'Run now' }).click();
    await byHand.nth(before).waitFor();
    await byHand.first().getByText('Succeeded').waitFor();
  });

  it('disables a job, says so among the troubles, and enables it again', async () => {
    const name = 'pages.orphaned-drafts';
    await visitor.open('/admin/jobs');
    await job(name).getByRole('button', { name: 'Disable' }).click();
    await job(name).getByText('Disabled', { exact: true }).waitFor();
    await visitor.page.getByRole('link', { name: 'Nodes' }).click();
    await visitor.page.getByText(`${name} is disabled`).waitFor();
    await visitor.page.getByRole('link', { name: 'Scheduled jobs' }).click();
    await job(name).getByRole('button', { name: 'Enable' }).click();
    await job(name).getByRole('button', { name: 'Disable' }).waitFor();
    await visitor.page.getByRole('link', { name: 'Nodes' }).click();
    await visitor.page.getByRole('region', { name: 'State of the cluster' }).waitFor();
    await visitor.page.getByText(`${name} is disabled`).waitFor({ state: 'detached' });
  });

  it('empties a cache with the keyboard, and tells it as it happens', async () => {
    const watching = await (await visit()).as('administrator');
    await watching.open('/admin/events');
    await visitor.open('/admin/caches');
    await visitor.page.getByRole('button', { name: 'Empty: gateway.contents' }).press('Enter');
    await visitor.page
      .getByRole('status')
      .getByText(/dropped/)
      .waitFor();
    await watching.page.getByRole('log').getByText('admin did: caches.flush gateway.contents').waitFor();
    const audit = watching.page.getByRole('region', { name: 'What administrators did' });
    await audit.getByText('caches.flush gateway.contents').first().waitFor();
  });

  it('shows a long task, how far it is, and that it is done', async () => {
    const key = `GONE${Date.now().toString(36)}`;
    await rest.send('POST', '/rest/api/space', { key, name: key });
    await rest.send('DELETE', `/rest/api/space/${key}`);
    await visitor.open('/admin/tasks');
    await visitor.page.getByRole('heading', { name: key }).waitFor();
    await visitor.page.getByRole('progressbar').first().waitFor();
  });

  it('asks before it removes a node, and lets one change one’s mind', async () => {
    await visitor.open('/admin/cluster');
    const remove = visitor.page.getByRole('button', { name: 'Remove: search-1' });
    await remove.press('Enter');
    await node('search-1').getByText('finishes what it does and ends').waitFor();
    await node('search-1').getByRole('button', { name: 'Cancel' }).press('Enter');
    await remove.waitFor();
    await node('search-1').getByText('Running', { exact: true }).waitFor();
  });

  it.each(screens)('needs no scrolling sideways at a phone, in Japanese: %s', async (_name, path, _title, title) => {
    const phone = await visit({ viewport: { width: 360, height: 740 }, locale: 'ja-JP' });
    await (await phone.as('administrator')).open(path);
    await phone.reads(title);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it.each(screens)('is without violations for axe in both appearances: %s', async (_name, path, title, _japanese) => {
    await visitor.open(path);
    await visitor.reads(title);
    await visitor.page.locator('.screen li').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await visitor.page.emulateMedia({ colorScheme });
      expect(await seriousViolations(visitor.page)).toEqual([]);
    }
  });
});

describe('somebody who administers nothing', () => {
  it('isn’t offered the console, sees nothing of it, and loads none of it with a page', async () => {
    const reader = await (await visit()).as('reader');
    const asked: string[] = [];
    reader.page.on('request', (request) => asked.push(request.url()));
    await reader.open('/display/OPS');
    const told = reader.page.waitForResponse('**/rest/tributary/1/session');
    await reader.page.getByRole('button', { name: 'Account: Rei Ishikawa' }).click();
    await told;
    await reader.page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await reader.page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    expect(asked.filter((url) => /assets\/(screens|administration)/.test(url))).toEqual([]);
    await reader.open('/admin/cluster');
    await reader.reads('You may not do this');
    expect(await reader.page.locator('.node').count()).toBe(0);
  });
});
