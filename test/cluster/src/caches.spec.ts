import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import pg from 'pg';
import { PlayedWiki } from './caches/played-wiki.js';
import { cachesAreOn, shortLeases } from './short-leases.js';

/** The same wiki, played with near caches and without: both must answer the same, and what is cached at the end must be true. */
const size = { gateways: 2, pages: 1, coordinators: 1 };
const auditJob = '/rest/tributary/1/cluster/jobs/cluster-coordinator.cache-audit';

let cached: RunningCluster;
let uncached: RunningCluster;

interface CacheFigures {
  readonly name: string;
  readonly entries: number;
  readonly hits: number;
}
interface Run {
  readonly id: string;
  readonly state: string;
  readonly error: string | null;
  readonly messages: readonly { readonly translation: string }[];
}

async function figures(cluster: RunningCluster): Promise<CacheFigures[]> {
  const { json } = await cluster.call(cluster.url, 'GET', '/rest/tributary/1/cluster/nodes');
  return (json['results'] as unknown as { caches: CacheFigures[] }[]).flatMap(({ caches }) => caches);
}
const hits = async (cluster: RunningCluster): Promise<number> =>
  (await figures(cluster)).reduce((sum, cache) => sum + cache.hits, 0);

/** One run of the auditor now. */
async function audit(): Promise<Run> {
  const started = await cached.call(cached.url, 'POST', `${auditJob}/run`);
  const { id } = started.json as unknown as Run;
  let ended: Run | undefined;
  await until(
    'the audit to end',
    async () => {
      const { json } = await cached.call(cached.url, 'GET', auditJob);
      ended = ((json['runs'] as Run[] | undefined) ?? []).find((run) => run.id === id);
      return ended !== undefined && !['due', 'running'].includes(ended.state);
    },
    60_000,
  );
  return ended as Run;
}

async function sql(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: (await cached.servers()).databaseUrl });
  await client.connect();
  await client.query(text);
  await client.end();
}

beforeAll(async () => {
  cached = await RunningCluster.start(size, shortLeases);
  uncached = await RunningCluster.start(size, { ...shortLeases, TRIBUTARY_CACHE_BYTES: '0' });
  await cachesAreOn(cached);
}, 240_000);
afterAll(async () => {
  await Promise.all([cached.stop(), uncached.stop()]);
});

describe('a wiki that is played with near caches and without', () => {
  it('answers everybody the same after each step', async () => {
    const [withCaches, without] = [await PlayedWiki.play(cached), await PlayedWiki.play(uncached)];
    expect(withCaches.problems).toEqual([]);
    expect(without.problems).toEqual([]);
    expect(withCaches.seen).toEqual(without.seen);
    expect(withCaches.seen.length).toBeGreaterThan(300);
    await until('figures to be told', async () => (await hits(cached)) > 100);
    expect(await hits(uncached)).toBe(0);
    expect((await figures(uncached)).every(({ entries }) => entries === 0)).toBe(true);
  }, 240_000);
});

describe('the sampling auditor', () => {
  it('finds nothing to say of what the wiki left in the caches', async () => {
    expect(await audit()).toMatchObject({ state: 'succeeded', error: null });
    const counted = /entries compared: (\d+); stale: (\d+); nodes without an answer: (\d+)/.exec(
      (await audit()).messages.map(({ translation }) => translation).join(),
    );
    expect(Number(counted?.[1])).toBeGreaterThan(5);
    expect([counted?.[2], counted?.[3]]).toEqual(['0', '0']);
  }, 120_000);

  it('finds what was changed behind the back of all caches, fails its run, raises an alarm and counts it', async () => {
    const stopWatching = new AbortController();
    const events = await fetch(`${cached.url}/rest/tributary/1/cluster/events`, {
      headers: { authorization: cached.administrator },
      signal: stopWatching.signal,
    });
    await readByAll();
    await sql(
      `update pages.content_version set title = title || ' changed behind'; update pages.content set title = title || ' changed behind'`,
    );
    const run = await audit();
    expect(run).toMatchObject({ state: 'failed' });
    expect(run.error).toMatch(/^Stale entries of near caches, a defect: gateway\.contents of gateway-\d \(.*content:/);
    expect(await firstAlarm(events)).toMatchObject({ kind: 'stale-cache' });
    stopWatching.abort();
    await until('the alarm to be kept', async () => {
      const { json } = await cached.call(cached.url, 'GET', '/rest/tributary/1/cluster/alarms');
      const kept = json['results'] as unknown as { kind: string; text: string }[];
      return kept.some(({ kind, text }) => kind === 'stale-cache' && text.includes('gateway.contents'));
    });
    const shown = await Promise.all(cached.gateways.map(async (url) => (await fetch(`${url}/metrics`)).text()));
    expect(shown.join('\n')).toMatch(
      /tributary_cache_audited_total\{cache="gateway\.contents",outcome="stale"\} [1-9]/,
    );
    expect(await audit()).toMatchObject({ state: 'succeeded' });
  }, 120_000);
});

/** A page in the cache of every gateway. */
async function readByAll(): Promise<void> {
  const { json } = await cached.call(cached.url, 'GET', '/rest/api/content?spaceKey=PLAY&limit=1');
  const [page] = json['results'] as unknown as { id: string }[];
  for (const url of cached.gateways)
    expect((await cached.call(url, 'GET', `/rest/api/content/${page?.id}`)).status).toBe(200);
}

async function firstAlarm(events: Response): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of events.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const data = /event: alarm\ndata: (.*)\n/.exec(text)?.[1];
    if (data) return JSON.parse(data) as unknown;
  }
  throw new Error('The stream ended without an alarm');
}
