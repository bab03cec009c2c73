import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';
import { LoadBalancer, RunningCluster, until } from '@tributary/test-servers';
import { Load } from './rolling/load.js';
import { Builds, nextAsset, nextVersion, thisVersion } from './rolling/next-build.js';
import { restart, services } from './rolling/restart.js';

/** Nine processes are replaced there, and nine back again. */
const rollingMillisMax = 900_000;
/** The way back, by which an upgrade is given up, is for `npm run test:faults`. */
const isWhole = process.env['TRIBUTARY_FAULTS'] === 'all';
/** The order of an upgrade: what is asked comes before who asks; the way back is the other way round. */
const order = ['cluster-coordinator', 'identity', 'pages', 'attachments', 'search', 'gateway'];

describe('a rolling upgrade to a changed build', () => {
  let cluster: RunningCluster;
  let folder: string;
  let builds: Builds;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-upgrade-'));
    builds = await Builds.make(join(folder, 'builds'));
    cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 }, builds.env);
  });

  afterAll(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** The versions that nodes say they have, by the route that lists them. */
  async function versions(path: string, list: 'nodes' | 'results'): Promise<string[]> {
    const { status, json } = await cluster.call((await cluster.gatewayUrls())[0] ?? '', 'GET', path);
    expect({ path, status }).toEqual({ path, status: 200 });
    return [...new Set((json[list] as unknown as { version: string }[]).map(({ version }) => version))].toSorted();
  }

  const state = async (): Promise<unknown> =>
    (await cluster.call((await cluster.gatewayUrls())[0] ?? '', 'GET', '/rest/zdu/state')).json['state'];
  const zdu = async (action: string): Promise<number> =>
    (await cluster.call((await cluster.gatewayUrls())[0] ?? '', 'POST', `/rest/zdu/${action}`)).status;

  /** Replaces every process by one of this version. Halfway, both versions are there, and everybody says so. */
  async function change(version: string, wanted: readonly string[], load: Load, halfway: () => Promise<void>) {
    expect(await zdu('start')).toBe(200);
    expect(await state()).toBe('READY_TO_UPGRADE');
    await builds.use(version);
    const nodes = (await services(cluster)).toSorted(
      (one, other) => wanted.indexOf(one.service) - wanted.indexOf(other.service),
    );
    let gateways = 0;
    for (const node of nodes) {
      await restart(cluster, node, load);
      expect({ version, after: node.nodeId, failures: load.failures.slice(0, 5) }).toEqual({
        version,
        after: node.nodeId,
        failures: [],
      });
      if (node.service !== 'gateway' || (gateways += 1) !== 1) continue;
      expect(await state()).toBe('MIXED');
      const both = [thisVersion, nextVersion];
      expect(await versions('/rest/zdu/cluster', 'nodes')).toEqual(both);
      expect(await versions('/rest/api/cluster/nodes?limit=100', 'results')).toEqual(both);
      expect(await versions('/rest/tributary/1/cluster/nodes', 'results')).toEqual(both);
      await halfway();
    }
    await until('all nodes to be of one version', async () => (await state()) === 'READY_TO_RUN_UPGRADE_TASKS');
    expect(await versions('/rest/zdu/cluster', 'nodes')).toEqual([version]);
    expect(await zdu('approve')).toBe(200);
  }

  /** Events of the kind that only the next build knows: how many its consumer has had, and how many wait. */
  async function touchedEvents(): Promise<{ delivered: number; waiting: number }> {
    const connection = await connect(natsAddress((await cluster.servers()).natsUrl));
    try {
      const manager = await jetstreamManager(connection);
      const info = await manager.consumers.info('tributary-events', 'search-events-pages-contentTouched');
      return { delivered: info.delivered.consumer_seq, waiting: info.num_pending + info.num_ack_pending };
    } finally {
      await connection.close();
    }
  }

  it(
    isWhole ? 'fails no request, there and back' : 'fails no request',
    async () => {
      const balancer = await LoadBalancer.start('haproxy', cluster.gateways, folder);
      const load = await Load.start(balancer.url, cluster, 'UPGRADE');
      /** What a page of one version names is there, whichever gateway is asked first. */
      const assetIsThere = async () => {
        for (let request = 0; request < 10; request += 1)
          expect((await fetch(`${balancer.url}/${nextAsset}`)).status).toBe(200);
      };
      try {
        expect((await fetch(`${balancer.url}/${nextAsset}`)).status).toBe(404);
        await change(nextVersion, order, load, assetIsThere);
        await until('the new kind of events to be consumed', async () => (await touchedEvents()).delivered > 0);
        if (isWhole) await change(thisVersion, order.toReversed(), load, assetIsThere);
        expect(load.failures).toEqual([]);
      } finally {
        await load.stop();
        await balancer.stop();
      }
      if (!isWhole) return;
      // The way there and back and there again: what the older version couldn't read was kept for this.
      await builds.use(nextVersion);
      await cluster.add('search');
      await until('all of its events to be consumed', async () => (await touchedEvents()).waiting === 0);
    },
    rollingMillisMax,
  );
});
