import { beforeEach, describe, expect, it } from '@jest/globals';
import { becomes } from './becomes.js';
import { rest } from './own-page.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const visit = visits();
const screens = [
  ['nodes', '/admin/cluster', 'ノード'],
  ['jobs', '/admin/jobs', 'スケジュールジョブ'],
  ['caches', '/admin/caches', 'キャッシュ'],
  ['tasks', '/admin/tasks', '長時間タスク'],
  ['events', '/admin/events', 'イベントとロック'],
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
    await node('pages-1')
      .getByText(/^Version \d+\.\d+\.\d+, up for /)
      .waitFor();
    const figure = (name: string) =>
      node('pages-1')
        .locator('dl > div', { has: visitor.page.getByText(name, { exact: true }) })
        .locator('dd')
        .innerText();
    expect(await figure('Memory')).toMatch(/^\d[\d.]* MB$/);
    expect(await figure('Event loop lag')).toMatch(/^\d[\d.]* ms$/);
    expect(await figure('Lease')).toMatch(/^Held, /);
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
    const nextRun = job(name).locator('dl > div', { hasText: 'Next run' }).locator('dd');
    await visitor.open('/admin/jobs');
    await nextRun.getByText(/\d:\d\d/).waitFor();
    await job(name).getByRole('button', { name: 'Disable' }).click();
    await job(name).getByText('Disabled', { exact: true }).waitFor();
    await becomes(() => nextRun.innerText(), '–');
    await visitor.page.getByRole('link', { name: 'Nodes' }).click();
    await visitor.page.getByText(`${name} is disabled`).waitFor();
    await visitor.page.getByRole('link', { name: 'Scheduled jobs' }).click();
    await job(name).getByRole('button', { name: 'Enable' }).click();
    await job(name).getByRole('button', { name: 'Disable' }).waitFor();
    await nextRun.getByText(/\d:\d\d/).waitFor();
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

  it('shows who holds which lock, since when, and by which fencing token', async () => {
    const lock = { name: 'reindex', nodeId: 'search-1', token: 42, since: '2026-03-02T10:00:00.000Z' };
    await visitor.context.route('**/rest/tributary/1/cluster/locks', (route) =>
      route.fulfill({ json: { results: [lock] } }),
    );
    await visitor.open('/admin/events');
    const held = visitor.page.getByRole('region', { name: 'Locks' }).getByRole('listitem');
    expect(await held.innerText()).toMatch(/^reindex\s+search-1\s+since 2 Mar 2026.*, fencing token 42$/);
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

  it.each(screens)('needs no scrolling sideways at a phone, in Japanese: %s', async (_name, path, title) => {
    const phone = await visit({ viewport: { width: 360, height: 740 }, locale: 'ja-JP' });
    await (await phone.as('administrator')).open(path);
    await phone.reads(title);
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
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
