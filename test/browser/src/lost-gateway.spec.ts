import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LoadBalancer, RunningCluster, until, type ClusterNode } from '@tributary/test-servers';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { becomes } from './becomes.js';
import { startBrowser } from './chromium.js';
import { RestClient } from './sample-wiki.js';

const setUpMillisMax = 200_000;
const waitMillisMax = 15_000;
const titles = ['Lantern', 'Mortar', 'Needle'];

let cluster: RunningCluster;
let balancer: LoadBalancer;
let folder: string;
let browser: Browser;
let rest: RestClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-lost-gateway-'));
  [cluster, browser] = await Promise.all([RunningCluster.start({ gateways: 2, pages: 1 }), startBrowser()]);
  balancer = await LoadBalancer.start('haproxy', cluster.gateways, folder);
  rest = new RestClient(balancer.url, cluster.administrator);
  await rest.send('POST', '/rest/api/space', { key: 'LOST', name: 'Lost and found' });
  for (const title of titles) await make(title);
}, setUpMillisMax);

afterAll(async () => {
  await browser.close();
  await balancer.stop();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Makes a page; answers its id. */
async function make(title: string, body = `<p>About the ${title}.</p>`, status = 'current'): Promise<string> {
  const storage = { value: body, representation: 'storage' };
  const page = { type: 'page', status, title, space: { key: 'LOST' }, body: { storage } };
  return (await rest.send<{ id: string }>('POST', '/rest/api/content', page)).id;
}

interface Stored {
  readonly status: string;
  readonly title: string;
  readonly version: { readonly number: number };
  readonly body: { readonly storage: { readonly value: string } };
}

const stored = (id: string): Promise<Stored> =>
  rest.send<Stored>('GET', `/rest/api/content/${id}?expand=body.storage,version&status=any`);

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

/** The administrator in the editor of a page of its own. */
async function writing(title: string, body: string, status?: 'draft') {
  const id = await make(title, body, status);
  const writer = await visit();
  await writer.page.goto(`/pages/resumedraft.action?draftId=${id}`);
  const text = writer.page.getByRole('textbox', { name: 'Text of the page' });
  await text.waitFor();
  await text.focus();
  await writer.page.keyboard.press('Control+End');
  return { ...writer, id, text, published: async () => (await stored(id)).body.storage.value };
}

/** Who answers what is asked next. */
const inTurn = async (): Promise<string> =>
  (await fetch(`${balancer.url}/status`)).headers.get('x-tributary-node') ?? 'nobody';

/** The process that is the first or the second gateway to the load balancer; one that comes back has another name. */
async function gatewayAt(place: number): Promise<ClusterNode> {
  const node = (await cluster.nodes()).find(({ url }) => url === cluster.gateways[place]);
  if (!node) throw new Error(`Nothing runs at ${cluster.gateways[place]}`);
  return node;
}

/** A page that nobody can write until it is released: what is asked meanwhile is under way. */
class HeldWrites implements AsyncDisposable {
  private constructor(private readonly database: pg.Client) {}

  static async of(id: string): Promise<HeldWrites> {
    const database = new pg.Client({ connectionString: (await cluster.servers()).databaseUrl });
    await database.connect();
    await database.query('begin');
    await database.query('select 1 from pages.content where id = $1 for no key update', [id]);
    return new HeldWrites(database);
  }

  async areWaitedFor(): Promise<void> {
    const waiting = 'select 1 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))';
    await until('a write that waits', async () => (await this.database.query(waiting)).rowCount === 1);
  }

  async release(): Promise<void> {
    await this.database.query('rollback');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.database.end();
  }
}

const kill = (nodeId: string): Promise<void> => cluster.stopNode(nodeId, { kill: true });

/** Brings back what a test has killed or drained. */
beforeEach(async () => {
  for (const { nodeId, url } of (await cluster.nodes()).filter(({ service }) => service === 'gateway')) {
    const serves = await fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (!serves) await kill(nodeId);
  }
  while ((await cluster.gatewayUrls()).length < cluster.gateways.length) await cluster.add('gateway');
  await until('both gateways in turn', async () => (await inTurn()) !== (await inTurn()));
});

describe('read-only mode', () => {
  const use = [{ targetType: 'application', operationKey: 'use' }];
  afterAll(async () => {
    await rest.send('POST', '/rest/tributary/1/cluster/readonly', { readOnly: false });
    await rest.send('PUT', '/rest/api/permissions/anonymous/revoke', use);
  });

  it('is turned on with a banner and off again, and a writer who meets it is told and loses nothing', async () => {
    const { context, page, text, published } = await writing('Written meanwhile', '<p>Before.</p>');
    const administrator = await visit();
    await administrator.page.goto('/admin/cluster');
    const mode = administrator.page.getByRole('checkbox', { name: 'Read-only mode' });
    const banner = administrator.page.getByLabel('Banner on top of every page');
    await banner.fill('Back at noon');
    await administrator.page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await administrator.page.locator('.mode-notice').getByText('Back at noon').waitFor();
    await mode.press('Space');
    await administrator.page.locator('.mode-notice').getByText('The wiki is in read-only mode').waitFor();

    await page.keyboard.type(' During.');
    await page.getByText('The draft could not be saved: The wiki is in read-only mode').waitFor();
    await page.locator('.mode-notice').getByText('Back at noon').waitFor();
    await page.locator('.mode-notice').getByText('you can read, but not change anything').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByRole('alert').getByText('The wiki is in read-only mode').waitFor();
    await becomes(() => text.innerText(), 'Before. During.');
    expect(await published()).toBe('<p>Before.</p>');
    await page.reload();
    await text.getByText('Before. During.').waitFor();

    await mode.press('Space');
    await administrator.page.getByText('The wiki is in read-only mode').waitFor({ state: 'detached' });
    await banner.fill('');
    await administrator.page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
    await administrator.page.locator('.mode-notice').waitFor({ state: 'detached' });
    await text.focus();
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/display\//);
    expect(await published()).toBe('<p>Before. During.</p>');
    await page.reload();
    await page.getByText('Before. During.').waitFor();
    expect(await page.locator('.mode-notice').count()).toBe(0);
    await Promise.all([context.close(), administrator.context.close()]);
  });

  it('is told at once to whoever likes, labels or comments, and to strangers whom the wiki is open to', async () => {
    const read = [{ targetType: 'space', operationKey: 'read' }];
    await rest.send('PUT', '/rest/api/space/LOST/permissions/anonymous/grant', read);
    await rest.send('PUT', '/rest/api/permissions/anonymous/grant', use);
    const address = `/pages/viewpage.action?pageId=${await make('Read only')}`;
    const readers = await Promise.all([visit(), visit(), visit()]);
    for (const { page } of readers) {
      await page.goto(address);
      await page.getByRole('button', { name: 'Like' }).waitFor();
    }
    await rest.send('POST', '/rest/tributary/1/cluster/readonly', { readOnly: true });
    const [likes, labels, comments] = readers.map(({ page }) => page) as [Page, Page, Page];
    await likes.getByRole('button', { name: 'Like' }).click();
    await labels.getByLabel('Add a label').fill('late');
    await labels.getByLabel('Add a label').press('Enter');
    await comments.getByRole('textbox', { name: 'Write a comment' }).fill('Too late');
    await comments.getByRole('button', { name: 'Add the comment', exact: true }).click();
    for (const { page } of readers) await page.locator('.mode-notice').getByText('in read-only mode').waitFor();
    const stranger = await browser.newContext({ baseURL: balancer.url, locale: 'en-GB' });
    const strangers = await stranger.newPage();
    await strangers.goto('/spaces');
    await strangers.locator('.mode-notice').getByText('in read-only mode').waitFor();
    await Promise.all([...readers, { context: stranger }].map(({ context }) => context.close()));
  });
});

describe('behind plain round robin', () => {
  it.each([0, 1])(
    'a gateway that is killed during an edit loses no text, and the writer goes on: %s',
    async (place) => {
      const { context, page, id, published } = await writing(`Kettle ${place}`, '<p>About the Kettle.</p>');
      const [victim, other] = [await gatewayAt(place), await gatewayAt(1 - place)];
      await page.keyboard.type(' One');
      const killing = kill(victim.nodeId);
      for (const word of [' two', ' three', ' four', ' five']) await page.keyboard.type(word, { delay: 60 });
      await killing;
      await page.keyboard.type(' six.');
      const whole = '<p>About the Kettle. One two three four five six.</p>';
      await until('the draft at the other gateway', async () => {
        const path = `/rest/tributary/1/drafts/${id}`;
        const { draft } = await rest.send<{ draft: Pick<Stored, 'body'> | null }>('GET', path);
        return draft?.body.storage.value === whole;
      });
      await page.keyboard.press('Control+s');
      await page.waitForURL(/\/display\//);
      await page.getByText('One two three four five six.').waitFor();
      await page.getByRole('contentinfo').getByText(other.nodeId).waitFor();
      expect(await published()).toBe(whole);
      await context.close();
    },
  );

  it.each(['a page', 'a draft'])('a gateway that is killed while it publishes %s publishes once', async (what) => {
    const isDraft = what === 'a draft';
    const title = `Published once: ${what}`;
    const { context, page, id, published } = await writing(title, '<p>Old.</p>', isDraft ? 'draft' : undefined);
    const victim = await gatewayAt(1);
    await using held = await HeldWrites.of(id);
    await page.route(
      ({ pathname, searchParams }) => pathname === `/rest/api/content/${id}` && !searchParams.has('status'),
      async (route) => {
        await until('the turn of the victim', async () => (await inTurn()) !== victim.nodeId);
        await route.continue();
      },
      { times: 1 },
    );
    await page.keyboard.type(' New.');
    await page.keyboard.press('Control+s');
    await held.areWaitedFor();
    process.kill(victim.pid, 'SIGKILL');
    // The wiki goes on with what the gateway had sent it, and nobody is left to answer.
    await held.release();
    const shown = page.getByRole('heading', { level: 1, name: title, exact: true });
    const told = page.getByRole('alert').or(page.getByRole('status').filter({ hasText: 'changed in another window' }));
    await told.or(shown).first().waitFor();
    if (!(await shown.isVisible())) await page.keyboard.press('Control+s');
    await shown.waitFor();
    await page.getByText('Old. New.').waitFor();
    expect(await published()).toBe('<p>Old. New.</p>');
    expect((await stored(id)).version.number).toBe(isDraft ? 1 : 2);
    const { results } = await rest.send<{ results: unknown[] }>(
      'GET',
      `/rest/api/content?${new URLSearchParams({ spaceKey: 'LOST', title }).toString()}`,
    );
    expect(results).toHaveLength(1);
    await context.close();
  });

  it('a reader whose gateway is killed hears from the other one, without a reload', async () => {
    const id = await make('Oven', '<p>First words.</p>');
    const { context, page } = await visit();
    let documents = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) documents += 1;
    });
    /** The gateway of the next stream. */
    const listening = async () => {
      const isStream = /\/rest\/tributary\/1\/events\?.*content=/;
      const answer = await page.waitForResponse((response) => isStream.test(response.url()) && response.ok());
      return answer.headers()['x-tributary-node'] ?? '';
    };
    const first = listening();
    await page.goto(`/pages/viewpage.action?pageId=${id}`);
    const victim = await first;
    await page.getByText('First words.').waitFor();
    const next = listening();
    await kill(victim);
    const changed = page.getByText('Administrator changed this page just now.');
    // Before anybody listens again, and afterwards.
    await rest.edit(id, '<p>Second words.</p>');
    await changed.waitFor();
    const other = await next;
    expect(other).not.toBe(victim);
    await page.getByRole('contentinfo').getByText(`Served by ${other}`).waitFor();
    await page.getByRole('button', { name: 'Read the new version' }).press('Enter');
    await page.getByText('Second words.').waitFor();
    await rest.edit(id, '<p>Third words.</p>');
    await changed.waitFor();
    expect(documents).toBe(1);
    await context.close();
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
    const { nodeId: drained } = await gatewayAt(1);
    for (const title of titles) await readOne(title);

    const administrator = await visit();
    await administrator.page.goto('/admin/cluster');
    const drain = administrator.page.getByRole('button', { name: `Drain: ${drained}` });
    await drain.press('Enter');
    const card = administrator.page.locator('.node', {
      has: administrator.page.getByRole('heading', { name: drained }),
    });
    for (let round = 0; round < 4; round += 1) for (const title of titles) await readOne(title);
    await card.getByText('Draining', { exact: true }).waitFor();
    await until('the reader at another gateway', async () => {
      for (const title of titles) await readOne(title);
      return !(await servers()).includes(drained);
    });
    expect(failures).toEqual([]);
    await Promise.all([reader.context.close(), administrator.context.close()]);
  });
});
