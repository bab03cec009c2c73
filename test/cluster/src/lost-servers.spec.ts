import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import { ask, busyMillis, deadlineMillis, type Outcome, storage } from './requests.js';
import { cachesAreOn, shortLeases } from './short-leases.js';

/** How soon everything works again when a server is back. */
const recoveryMillis = 5_000;
const leaseMillis = Number(shortLeases.TRIBUTARY_LEASE_MILLIS);

let cluster: RunningCluster;
let pageId: string;
let version = 1;

const write = async (gateway: string, number: number) =>
  ask(cluster, gateway, 'PUT', `/rest/api/content/${pageId}`, {
    type: 'page',
    title: 'Page',
    version: { number },
    body: storage(`<p>v${number}</p>`),
  });
const read = (gateway: string) =>
  ask(cluster, gateway, 'GET', `/rest/api/content/${pageId}?expand=version,body.storage`);
const versionOf = ({ json }: Outcome) => (json['version'] as { number: number } | undefined)?.number;

beforeAll(async () => {
  cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 }, shortLeases);
  await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'LOST', name: 'Lost' });
  const page = { type: 'page', title: 'Page', space: { key: 'LOST' }, body: storage('<p>v1</p>') };
  pageId = String((await cluster.call(cluster.url, 'POST', '/rest/api/content', page)).json['id']);
  await cachesAreOn(cluster);
}, 120_000);
afterAll(() => cluster.stop());

/** Everything at once that needs the server; what can be answered from no cache. */
const everythingThatNeedsIt = (): Promise<Outcome>[] =>
  cluster.gateways.flatMap((gateway) => [
    write(gateway, version + 1),
    ask(cluster, gateway, 'GET', '/rest/api/content?spaceKey=LOST&limit=5'),
    ask(cluster, gateway, 'GET', `/rest/api/content/${pageId}/label`),
    ask(cluster, gateway, 'GET', `/rest/api/search?cql=${encodeURIComponent('title = "Page"')}`),
    ask(cluster, gateway, 'GET', `/rest/api/content/${pageId}/child/attachment`),
    ask(cluster, gateway, 'GET', '/rest/api/group'),
    ask(cluster, gateway, 'POST', '/rest/api/space', { key: `NEW${version}`, name: 'New' }),
  ]);

function expectUnavailable({ status, json, millis }: Outcome): void {
  expect({ status, json }).toEqual({
    status: 503,
    json: {
      statusCode: 503,
      data: { authorized: true, valid: true, allowedInReadOnlyMode: true, errors: [], successful: false },
      message: expect.stringMatching(/not available|can't be reached|did not answer|did not confirm/),
      reason: 'Service Unavailable',
    },
  });
  expect(millis).toBeLessThan(deadlineMillis + busyMillis);
}

/** A write and a read over each gateway. */
async function works(): Promise<boolean> {
  for (const gateway of cluster.gateways) {
    if ((await write(gateway, version + 1)).status !== 200) {
      // A write that failed may have been done: what is there now says so.
      version = versionOf(await read(gateway)) ?? version;
      return false;
    }
    version += 1;
    for (const other of cluster.gateways) if (versionOf(await read(other)) !== version) return false;
  }
  return true;
}

describe.each(['postgres', 'nats'])('without %s', (server) => {
  it.each(['stopped', 'killed'])(
    'which was %s, everything says 503 in time, and works again when it is back',
    async (how) => {
      for (const gateway of cluster.gateways) expect(versionOf(await read(gateway))).toBe(version);
      await cluster.stopNode(`${server}-1`, { kill: how === 'killed' });
      const outcomes = everythingThatNeedsIt();
      // R12: while the lease holds a cached answer may be served, for nothing can change; then no longer than the leases live in NATS.
      await sleep(leaseMillis);
      const cached = await Promise.all(cluster.gateways.map(read));
      for (const outcome of cached) {
        if (server === 'postgres' && outcome.status === 200) expect(versionOf(outcome)).toBe(version);
        else expectUnavailable(outcome);
      }
      for (const outcome of await Promise.all(outcomes)) expectUnavailable(outcome);
      await until('load balancers to be told', async () => {
        const states = await Promise.all(cluster.gateways.map((gateway) => fetch(`${gateway}/status`)));
        return states.every((state) => state.status === 503);
      });
      await cluster.add(server);
      const backAt = performance.now();
      await until('everything to work again', works, 20_000);
      const recovery = performance.now() - backAt;
      expect(recovery).toBeLessThan(recoveryMillis);
      await until('events to flow again', async () => {
        const cql = encodeURIComponent(`space = LOST and text ~ "v${version}"`);
        return (await ask(cluster, cluster.url, 'GET', `/rest/api/search?cql=${cql}`)).json['totalSize'] === 1;
      });
    },
  );
});
