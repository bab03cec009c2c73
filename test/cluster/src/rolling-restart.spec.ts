import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LoadBalancer, RunningCluster, until } from '@tributary/test-servers';
import { Load, sentAgainWhenClosed } from './rolling/load.js';
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

  it('fails no request behind nginx when a gateway is drained, marked down and stopped', async () => {
    const [leaving, staying] = (await cluster.nodes()).filter(({ service }) => service === 'gateway');
    const balancer = await LoadBalancer.start('nginx', [leaving?.url ?? '', staying?.url ?? ''], folder);
    // nginx closes idle connections when it reads its file again. A write that a gateway had taken nevertheless would be answered 409 now.
    const load = await Load.start(balancer.url, cluster, 'DOWN', sentAgainWhenClosed);
    try {
      await cluster.drain(leaving?.nodeId ?? '');
      await balancer.takeOut(leaving?.url ?? '');
      let row = 0;
      await until('the other gateway to be asked only', async () => {
        const answer = await sentAgainWhenClosed(() => fetch(`${balancer.url}/status`));
        row = answer.headers.get('x-tributary-node') === staying?.nodeId ? row + 1 : 0;
        return row === 10;
      });
      await cluster.stopNode(leaving?.nodeId ?? '', { kill: false });
      const before = load.done;
      await until('requests without it', async () => load.done >= before + 50);
      expect(load.failures).toEqual([]);
    } finally {
      await load.stop();
      await balancer.stop();
    }
    await cluster.add('gateway');
  });

  it('answers no write behind nginx otherwise than 200 or 502 when its gateway is killed', async () => {
    const [leaving, staying] = (await cluster.nodes()).filter(({ service }) => service === 'gateway');
    const balancer = await LoadBalancer.start('nginx', [leaving?.url ?? '', staying?.url ?? ''], folder);
    const load = await Load.start(balancer.url, cluster, 'KILLED');
    try {
      await cluster.stopNode(leaving?.nodeId ?? '', { kill: true });
      const before = load.done;
      await until('requests without it', async () => load.done >= before + 50);
      await load.stop();
      expect(load.failures.filter((failure) => !/ PUT .*: 502 /.test(failure))).toEqual([]);
      await cluster.add('gateway');
      const servedBy = new Set<string | null>();
      await until('both gateways to be asked again', async () => {
        servedBy.add((await fetch(`${balancer.url}/status`)).headers.get('x-tributary-node'));
        return servedBy.size === 2;
      });
    } finally {
      await load.stop();
      await balancer.stop();
    }
  });
});
