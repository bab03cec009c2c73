import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadBalancer, RunningCluster, until } from '@tributary/test-servers';
import { Load } from './rolling/load.js';
import { restart, services } from './rolling/restart.js';

/** The services whose copies the spec of rolling upgrades leaves alone: there each has one, and is replaced with a moment of two. */
const withTwoCopies = ['identity', 'attachments', 'search'];
/** Six processes are restarted, each with a look at how requests go on. */
const rollingMillisMax = 400_000;

describe('a rolling restart with two copies of every service', () => {
  let cluster: RunningCluster;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-rolling-'));
    const two = { gateways: 2, pages: 2, coordinators: 2, identity: 2, attachments: 2, search: 2 };
    cluster = await RunningCluster.start(two);
  });

  afterAll(async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'fails no request behind haproxy',
    async () => {
      const balancer = await LoadBalancer.start('haproxy', cluster.gateways, folder);
      const load = await Load.start(balancer.url, cluster, 'ROLL');
      try {
        const all = await services(cluster);
        const nodes = all.filter(({ service }) => withTwoCopies.includes(service));
        expect(nodes.length).toBe(2 * withTwoCopies.length);
        for (const node of nodes) {
          await restart(cluster, node, load);
          expect({ after: node.nodeId, failures: load.failures }).toEqual({ after: node.nodeId, failures: [] });
        }
        expect((await cluster.nodes()).filter(({ state }) => state === 'running').length).toBe(all.length + 2);
      } finally {
        await load.stop();
        await balancer.stop();
      }
    },
    rollingMillisMax,
  );

  it('goes on behind nginx when a gateway is killed', async () => {
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'KILLED', name: 'Killed' });
    const balancer = await LoadBalancer.start('nginx', cluster.gateways, folder);
    try {
      const gateways = (await cluster.nodes()).filter(({ service }) => service === 'gateway');
      await cluster.stopNode(gateways[0]?.nodeId ?? '', { kill: true });
      for (let request = 0; request < 20; request += 1) {
        expect((await cluster.call(balancer.url, 'GET', '/rest/api/space/KILLED')).status).toBe(200);
      }
      await cluster.add('gateway');
      const servedBy = new Set<string | null>();
      await until('both gateways to be asked again', async () => {
        servedBy.add((await fetch(`${balancer.url}/status`)).headers.get('x-tributary-node'));
        return servedBy.size === 2;
      });
    } finally {
      await balancer.stop();
    }
  });
});
