import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import pg from 'pg';
import { cachesAreOn, shortLeases } from './short-leases.js';
import { storage } from './requests.js';

/**
 * A load that reads the old, then pin, commit and unpin of a write, then the load's answer: forced through a whole cluster. A lock
 * on a table that the load asks for last keeps its answer back while the write, which doesn't need that table, goes through.
 */
let cluster: RunningCluster;
let database: pg.Client;
let pages = 0;

beforeAll(async () => {
  cluster = await RunningCluster.start({ gateways: 2, pages: 2 }, shortLeases);
  const servers = JSON.parse(await readFile(join(cluster.dataDir, 'servers.json'), 'utf8')) as { databaseUrl: string };
  database = new pg.Client({ connectionString: servers.databaseUrl });
  await database.connect();
  await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'RACE', name: 'Race' });
  await cachesAreOn(cluster);
}, 120_000);
afterAll(async () => {
  await database.end();
  await cluster.stop();
});

async function create(body: string): Promise<{ id: string; title: string }> {
  const title = `Page ${(pages += 1)}`;
  const page = { type: 'page', title, space: { key: 'RACE' }, body: storage(body) };
  return { title, id: String((await cluster.call(cluster.url, 'POST', '/rest/api/content', page)).json['id']) };
}

async function update({ id, title }: { id: string; title: string }, body: string): Promise<void> {
  const change = { type: 'page', title, version: { number: 2 }, body: storage(body) };
  const { status } = await cluster.call(cluster.gateways[1] ?? '', 'PUT', `/rest/api/content/${id}`, change);
  expect(status).toBe(200);
}

/** The content as both gateways show it. */
const readAll = (path: string): Promise<string[]> =>
  Promise.all(cluster.gateways.map(async (gateway) => JSON.stringify((await cluster.call(gateway, 'GET', path)).json)));

/** Reads over the first gateway, whose load stands still at the table when `write` is done, and arrives afterwards. */
async function overtaken(path: string, table: string, write: () => Promise<void>): Promise<string> {
  await database.query('begin');
  await database.query(`lock table ${table} in access exclusive mode`);
  const reading = cluster.call(cluster.url, 'GET', path);
  await until('the load to wait for the table', async () => {
    const { rowCount } = await database.query(`select 1 from pg_locks where relation = $1::regclass and not granted`, [
      table,
    ]);
    return (rowCount ?? 0) > 0;
  });
  await write();
  await database.query('commit');
  return JSON.stringify((await reading).json);
}

const metrics = async (): Promise<string> => (await fetch(`${cluster.url}/metrics`)).text();
const hits = async (): Promise<number> =>
  Number(/^tributary_cache_hits_total\{[^}]*gateway\.contents[^}]*\} (\d+)$/m.exec(await metrics())?.[1] ?? 0);

describe('an answer that was read before a write and arrives after it', () => {
  it("isn't kept as a content", async () => {
    const page = await create('<p>old text</p>');
    const path = `/rest/api/content/${page.id}?expand=body.storage,metadata.labels`;
    const late = await overtaken(path, 'pages.content_label', () => update(page, '<p>new text</p>'));
    expect(late).toContain('old text');
    for (const answer of [...(await readAll(path)), ...(await readAll(path))]) expect(answer).toContain('new text');
  });

  it("isn't kept as a page that includes what was written", async () => {
    // What it includes asks for an attachment, so its text has been read when the load stands still.
    const image = '<ac:image><ri:attachment ri:filename="none.png"/></ac:image>';
    const included = await create(`<p>old text</p>${image}`);
    const link = `<ac:link><ri:page ri:content-title="${included.title}"/></ac:link>`;
    const include = `<ac:structured-macro ac:name="include"><ac:parameter ac:name="">${link}</ac:parameter></ac:structured-macro>`;
    const page = await create(include);
    const path = `/rest/api/content/${page.id}?expand=body.view`;
    const late = await overtaken(path, 'attachments.attachment', () => update(included, `<p>new text</p>${image}`));
    expect(late).toContain('old text');
    for (const answer of [...(await readAll(path)), ...(await readAll(path))]) expect(answer).toContain('new text');
  });

  it('is kept when nothing was written, so that the tests above can fail', async () => {
    const page = await create('<p>a text</p>');
    const path = `/rest/api/content/${page.id}?expand=body.storage,metadata.labels`;
    await until('the end of the pins of its creation', async () =>
      /^tributary_pins_open(\{.*\})? 0$/m.test(await metrics()),
    );
    // Of a page that was written a moment ago the first load is not kept; what follows is.
    await until('another answer of the page to come from the cache', async () => {
      const before = await hits();
      await cluster.call(cluster.url, 'GET', `/rest/api/content/${page.id}?expand=metadata.labels`);
      return (await hits()) > before;
    });
    await overtaken(path, 'pages.content_label', () => Promise.resolve());
    await database.query('begin');
    await database.query('lock table pages.content_label in access exclusive mode');
    // From the cache: the table is locked.
    expect(
      JSON.stringify((await cluster.call(cluster.url, 'GET', path, undefined, AbortSignal.timeout(2_000))).json),
    ).toContain('a text');
    await database.query('commit');
  });
});
