import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadBalancer, RunningCluster, until } from '@tributary/test-servers';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from './chromium.js';
import { RestClient } from './sample-wiki.js';

const setUpMillisMax = 200_000;
const waitMillisMax = 15_000;
const titles = ['Kettle', 'Lantern', 'Mortar', 'Needle'];

let cluster: RunningCluster;
let balancer: LoadBalancer;
let folder: string;
let browser: Browser;
let rest: RestClient;
const ids: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-lost-gateway-'));
  [cluster, browser] = await Promise.all([RunningCluster.start({ gateways: 2, pages: 1 }), startBrowser()]);
  balancer = await LoadBalancer.start('haproxy', cluster.gateways, folder);
  rest = new RestClient(balancer.url, cluster.administrator);
  await rest.send('POST', '/rest/api/space', { key: 'LOST', name: 'Lost and found' });
  for (const title of titles) {
    const body = { storage: { value: `<p>About the ${title}.</p>`, representation: 'storage' } };
    const page = { type: 'page', title, space: { key: 'LOST' }, body };
    ids.push((await rest.send<{ id: string }>('POST', '/rest/api/content', page)).id);
  }
}, setUpMillisMax);

afterAll(async () => {
  await browser.close();
  await balancer.stop();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The administrator, at a window before both gateways in turn. */
async function visit(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: balancer.url, locale: 'en-GB' });
  const answer = await context.request.post('/dologin.action', {
    form: { os_username: 'admin', os_password: cluster.password },
    headers: { accept: 'application/json' },
  });
  expect(answer.ok()).toBe(true);
  const page = await context.newPage();
  page.setDefaultTimeout(waitMillisMax);
  return { context, page };
}

const runningGateways = async (): Promise<number> => (await cluster.gatewayUrls()).length;

describe('behind plain round robin', () => {
  it('a gateway that is killed during an edit loses no text, and the writer publishes at the other one', async () => {
    const [id = ''] = ids;
    const { context, page } = await visit();
    await page.goto(`/pages/resumedraft.action?draftId=${id}`);
    const text = page.getByRole('textbox', { name: 'Text of the page' });
    await text.waitFor();
    await text.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' One');
    const killing = cluster.stopNode('gateway-1', { kill: true });
    for (const word of [' two', ' three', ' four', ' five']) await page.keyboard.type(word, { delay: 60 });
    await killing;
    await page.keyboard.type(' six.');
    const stored = async () => {
      const { draft } = await rest.send<{ draft: { body: { storage: { value: string } } } | null }>(
        'GET',
        `/rest/tributary/1/drafts/${id}`,
      );
      return draft?.body.storage.value;
    };
    const whole = '<p>About the Kettle. One two three four five six.</p>';
    await until('the draft at the other gateway', async () => (await stored()) === whole);
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/display\//);
    await page.getByText('One two three four five six.').waitFor();
    await page.getByRole('contentinfo').getByText('gateway-2').waitFor();
    const content = await rest.send<{ body: { storage: { value: string } } }>(
      'GET',
      `/rest/api/content/${id}?expand=body.storage`,
    );
    expect(content.body.storage.value).toBe(whole);
    await context.close();
    await cluster.add('gateway');
    await until('both gateways', async () => (await runningGateways()) === 2);
  });

  it('a node that is drained from the console goes without an error for somebody who reads on', async () => {
    const reader = await visit();
    const failures: string[] = [];
    reader.page.on('response', (response) => {
      if (response.status() >= 500) failures.push(`${response.status()} ${response.url()}`);
    });
    reader.page.on('pageerror', (error) => failures.push(String(error)));
    await reader.page.goto('/display/LOST');
    const readOne = async (title: string) => {
      await reader.page.getByRole('treeitem', { name: title, exact: true }).click();
      await reader.page.getByText(`About the ${title}.`).waitFor();
      if ((await reader.page.getByRole('alert').count()) > 0)
        failures.push(await reader.page.getByRole('alert').innerText());
    };
    const servers = () => reader.page.getByRole('contentinfo').innerText();
    const others = titles.slice(1);
    for (const title of others) await readOne(title);

    const administrator = await visit();
    await administrator.page.goto('/admin/cluster');
    const drain = administrator.page.getByRole('button', { name: 'Drain: gateway-2' });
    await drain.press('Enter');
    const card = administrator.page.locator('.node', {
      has: administrator.page.getByRole('heading', { name: 'gateway-2' }),
    });
    for (let round = 0; round < 4; round += 1) for (const title of others) await readOne(title);
    await card.getByText('Draining', { exact: true }).waitFor();
    await until('the reader at another gateway', async () => {
      for (const title of others) await readOne(title);
      return !(await servers()).includes('gateway-2');
    });
    expect(failures).toEqual([]);
    await Promise.all([reader.context.close(), administrator.context.close()]);
  });
});
