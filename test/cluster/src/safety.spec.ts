import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import pg from 'pg';
import { ask, storage } from './requests.js';
import { cachesAreOn, shortLeases } from './short-leases.js';

/**
 * One database and one NATS have one cluster: another one that comes is refused, and a NATS or a database that has lost what it held is
 * noticed before anybody reads from a cache what isn't true any more.
 */
const run = promisify(execFile);

let cluster: RunningCluster;
let pageId: string;

const write = (gateway: string, number: number, text: string) =>
  ask(cluster, gateway, 'PUT', `/rest/api/content/${pageId}`, {
    type: 'page',
    title: 'Page',
    version: { number },
    body: storage(`<p>${text}</p>`),
  });
/** The page as one gateway answers: its version and its text. */
async function read(gateway: string): Promise<string> {
  const { status, json } = await ask(
    cluster,
    gateway,
    'GET',
    `/rest/api/content/${pageId}?expand=version,body.storage`,
  );
  const page = json as { version?: { number: number }; body?: { storage: { value: string } } };
  return status === 200 ? `${page.version?.number} ${page.body?.storage.value.replace(/<.*?>/g, '')}` : String(status);
}
const readAll = (): Promise<string[]> => Promise.all(cluster.gateways.map(read));

async function sql<T extends pg.QueryResultRow>(text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: (await cluster.servers()).databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}
interface HolderRow {
  readonly epoch: string;
  readonly store: string | null;
  readonly clusterId: string;
}
const holder = async (): Promise<HolderRow> => {
  const [row] = await sql<HolderRow & pg.QueryResultRow>(
    `select epoch, store, cluster_id as "clusterId" from cluster.holder`,
  );
  if (!row) throw new Error('The holder has no row');
  return row;
};
/** How often the hold was renewed. */
const heldBeat = async (): Promise<number> =>
  Number((await sql<{ beat: string }>(`select beat from cluster.holder`))[0]?.beat);
/** Runs of the job that looks for what an index has lost. */
const consistencyRuns = async (): Promise<number> =>
  (await sql(`select 1 from cluster.job_run where job = 'search.index-consistency' and kind = 'manual'`)).length;

beforeAll(async () => {
  cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 }, shortLeases);
  await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'SAFE', name: 'Safe' });
  const page = { type: 'page', title: 'Page', space: { key: 'SAFE' }, body: storage('<p>first</p>') };
  pageId = String((await cluster.call(cluster.url, 'POST', '/rest/api/content', page)).json['id']);
  await cachesAreOn(cluster);
}, 120_000);
afterAll(() => cluster.stop());

describe('a second cluster', () => {
  it('on the same database refuses to start, and says which nodes hold it', async () => {
    const before = await holder();
    const { databaseUrl } = await cluster.servers();
    const { code, stderr } = await RunningCluster.refusal({ ...shortLeases, TRIBUTARY_DATABASE_URL: databaseUrl });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^The database is held by another cluster that is running; its nodes are .*\.\n$/),
    });
    for (const { nodeId, service } of await cluster.nodes())
      if (!['postgres', 'nats'].includes(service)) expect(stderr).toContain(nodeId);
    expect(await holder()).toEqual(before);
    expect((await write(cluster.url, 2, 'second')).status).toBe(200);
    expect(await readAll()).toEqual(['2 second', '2 second']);
  });

  it('on the same NATS with a database of its own refuses to start', async () => {
    const { natsUrl } = await cluster.servers();
    const { code, stderr } = await RunningCluster.refusal({ ...shortLeases, TRIBUTARY_NATS_URL: natsUrl });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`The NATS servers belong to the cluster ${(await holder()).clusterId}`),
    });
    expect(await readAll()).toEqual(['2 second', '2 second']);
  });
});

describe('a process that counts time differently', () => {
  it('is not let in, and says what the cluster has', async () => {
    const before = await readAll();
    const { databaseUrl, natsUrl } = await cluster.servers();
    const { code, stderr } = await RunningCluster.refusal({
      ...shortLeases,
      TRIBUTARY_DATABASE_URL: databaseUrl,
      TRIBUTARY_NATS_URL: natsUrl,
      TRIBUTARY_LEASE_MILLIS: '2000',
    });
    const lease = shortLeases.TRIBUTARY_LEASE_MILLIS;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        new RegExp(`^This process has TRIBUTARY_LEASE_MILLIS=2000 .*the cluster that is running ${lease} and `),
      ),
    });
    expect(await readAll()).toEqual(before);
  });
});

describe('a NATS that has lost what it held', () => {
  it('is given it anew from the database, in a new epoch, and what hangs on lost events is looked at', async () => {
    const before = await holder();
    const runsBefore = await consistencyRuns();
    await cluster.stopNode('nats-1', { kill: true });
    await rm(join(cluster.dataDir, 'nats'), { recursive: true });
    await cluster.add('nats');
    // Until their leases end, members go on by what they know; what they write meanwhile is as good as before.
    let number = 2;
    const writes = async () => {
      const { status } = await write(cluster.url, number + 1, 'third');
      // What was told as failed may have been done: the version says so.
      if (status === 200 || status === 409) number += 1;
      expect([200, 409, 503]).toContain(status);
      expect(await readAll()).not.toContain(`${number - 1} third`);
      return status === 200;
    };
    await until(
      'the database to be taken',
      async () => (await writes()) && (await holder()).store !== before.store,
      60_000,
    );
    await until('writes to work', writes, 60_000);
    expect(await readAll()).toEqual([`${number} third`, `${number} third`]);
    const after = await holder();
    expect(after.clusterId).toBe(before.clusterId);
    expect(Number(after.epoch)).toBe(Number(before.epoch) + 1);
    expect(after.store).not.toBe(before.store);
    expect(await consistencyRuns()).toBe(runsBefore + 1);
    await until('caches to be used again', () => servesFromCaches(), 60_000);
    await until('events to flow again', async () => {
      const cql = encodeURIComponent('space = SAFE and text ~ "third"');
      return (await ask(cluster, cluster.url, 'GET', `/rest/api/search?cql=${cql}`)).json['totalSize'] === 1;
    });
  });
});

/** Whether every node that has caches may use them. */
async function servesFromCaches(): Promise<boolean> {
  const { status, json } = await ask(cluster, cluster.url, 'GET', '/rest/tributary/1/cluster/nodes');
  if (status !== 200) return false;
  const nodes = json['results'] as { hasCaches: boolean; isAdmitted: boolean }[];
  return nodes.every((node) => !node.hasCaches || node.isAdmitted);
}

describe('a database that was replaced by an older one', () => {
  it('is noticed within a hold: nobody reads what only caches still knew', async () => {
    const clusterFiles = join(cluster.dataDir, 'postgres', 'cluster');
    const backup = `${clusterFiles}.backup`;
    const [kept] = await readAll();
    const number = Number(kept?.split(' ')[0]);
    await cluster.stopNode('postgres-1', { kill: false });
    await run('cp', ['-a', `${clusterFiles}/.`, backup]);
    await cluster.add('postgres');
    await until(
      'writes to work',
      async () => (await write(cluster.url, number + 1, 'to be lost')).status !== 503,
      30_000,
    );
    await until('caches to be used', () => servesFromCaches(), 30_000);
    expect(await readAll()).toEqual([`${number + 1} to be lost`, `${number + 1} to be lost`]);
    // What was lost is seen by a renewal that was lost with it.
    const { epoch } = await holder();
    const beat = await heldBeat();
    await until('another renewal', async () => (await heldBeat()) > beat, 30_000);

    await cluster.stopNode('postgres-1', { kill: false });
    await rm(clusterFiles, { recursive: true });
    await run('mv', [backup, clusterFiles]);
    await cluster.add('postgres');
    await until('the older database to be noticed', async () => Number((await holder()).epoch) > Number(epoch), 30_000);
    // Views tell of it; whoever misses them stops serving when the hold that it knows of is over.
    await until('caches to be used again', () => servesFromCaches(), 30_000);
    expect(await readAll()).toEqual([kept, kept]);
    expect((await write(cluster.url, number + 1, 'written anew')).status).toBe(200);
    expect(await readAll()).toEqual([`${number + 1} written anew`, `${number + 1} written anew`]);
    const logs = await Promise.all(
      ['cluster-coordinator-1', 'cluster-coordinator-2'].map((node) =>
        readFile(join(cluster.dataDir, 'logs', `${node}.log`), 'utf8'),
      ),
    );
    expect(logs.some((log) => log.includes('"kind":"database-restored"'))).toBe(true);
  });
});
