import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import type { Route } from 'playwright-core';
import { Inspection } from './axe.js';
import { becomes } from './becomes.js';
import type { Visitor } from './visitor.js';
import { visits } from './visits.js';

const visit = visits();
let cluster: RunningCluster;
let code: string;

beforeAll(async () => {
  ({ cluster, code } = await RunningCluster.startUnset({ gateways: 2 }));
}, 120_000);
afterAll(() => cluster.stop());

const setUp = (given: string) =>
  fetch(`${cluster.url}/rest/tributary/1/site/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: given, siteName: 'S', username: 's', displayName: 'S', password: 'long enough' }),
  });

const statusOf = async (gateway: string): Promise<[number, { state: string }]> => {
  const answer = await fetch(`${gateway}/status`);
  return [answer.status, (await answer.json()) as { state: string }];
};

async function fillIn({ page }: Visitor, siteName: string): Promise<void> {
  await page.getByLabel('Name of the wiki').fill(siteName);
  await page.getByLabel('Language of the wiki').selectOption('日本語');
  await page.getByLabel('Full name').fill(`Administrator of ${siteName}`);
  await page.getByLabel('Username').fill(siteName.toLowerCase());
  await page.getByLabel('Password', { exact: true }).fill('long enough');
  await page.getByLabel('Password, once more').fill('long enough');
}

describe('a wiki that nobody has set up', () => {
  it('is set up once, by one of two who know the code, and by no stranger', async () => {
    expect((await setUp('guessed')).status).toBe(403);
    for (const gateway of cluster.gateways) expect(await statusOf(gateway)).toEqual([200, { state: 'FIRST_RUN' }]);
    const [one, other] = [await visit(), await visit()];
    // Whoever opens the wiki is led there; the operator's link has the code.
    await one.open(`${cluster.gateways[0]}/`);
    await one.page.waitForURL('**/setup');
    await one.page.getByLabel('Set-up code').fill(code);
    await other.open(`${cluster.gateways[1]}/setup#${code}`);
    const inspection = new Inspection(one.page);
    await inspection.look('set-up');
    expect(inspection.found).toEqual([]);
    await Promise.all([fillIn(one, 'Handbook'), fillIn(other, 'Library')]);
    await other.page.getByLabel('Add the demo space').uncheck();
    const submits = [one, other].map(({ page }) => page.getByRole('button', { name: 'Set up and sign in' }));
    await Promise.all(submits.map((submit) => submit.click()));
    const told = ({ page }: Visitor) => page.getByText('Somebody has set up this wiki already.');
    const arrived = ({ page }: Visitor) => page.getByRole('button', { name: /^Account: Administrator of/ });
    for (const visitor of [one, other]) await arrived(visitor).or(told(visitor)).waitFor();
    const winners = await Promise.all([one, other].map((visitor) => arrived(visitor).isVisible()));
    expect(winners.filter(Boolean)).toHaveLength(1);

    const [winner, name] = winners[0] ? [one, 'Handbook'] : [other, 'Library'];
    await winner.page.getByRole('link', { name, exact: true }).waitFor();
    for (const gateway of cluster.gateways) {
      const site = await fetch(`${gateway}/rest/tributary/1/site`);
      expect(await site.json()).toEqual({ name, needsSetup: false, language: 'ja' });
    }
    expect((await setUp(code)).status).toBe(409);
    for (const gateway of cluster.gateways) {
      await until('the gateway to know of it', async () => (await statusOf(gateway))[1].state === 'RUNNING');
    }
    const spaces = await winner.page.evaluate(async () => (await fetch('/rest/api/space')).json());
    expect(spaces.results.map(({ key }: { key: string }) => key)).toEqual(winner === one ? ['DEMO'] : []);

    // Whoever asks for neither language reads the wiki's, also where its answer comes after that of who they are.
    const german = await visit({ locale: 'de-DE' });
    const asked = Promise.withResolvers<Route>();
    await german.page.route('**/rest/tributary/1/site', asked.resolve, { times: 1 });
    await german.page.goto(cluster.url);
    const site = await asked.promise;
    await german.page.waitForURL('**/login*');
    await site.continue();
    await german.page.waitForFunction(() => document.documentElement.lang === 'ja');

    await winner.page.goto(new URL('/admin/site', winner.page.url()).href);
    await winner.page.getByLabel('Name of the wiki').fill('Renamed');
    await winner.page.getByRole('button', { name: 'Save' }).click();
    await winner.page.getByRole('link', { name: 'Renamed', exact: true }).waitFor();
    await becomes(() => winner.page.title(), 'Site · Renamed');
    await becomes(() => winner.page.getByLabel('Language of the wiki').inputValue(), 'ja');
  });
});

describe('an address that there isn’t', () => {
  it('answers people with a page of the application, and programs with an error', async () => {
    const address = `${cluster.url}/nonsense/here`;
    const page = await fetch(address, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const [path, accept] of [
      ['/nonsense/here', 'application/json'],
      ['/rest/api/nonsense', 'text/html'],
    ] as const) {
      const answer = await fetch(`${cluster.url}${path}`, { headers: { accept } });
      expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ statusCode: 404 })]);
    }
  });
});
