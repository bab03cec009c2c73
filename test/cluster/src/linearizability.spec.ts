import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import { History } from './history.js';
import { cachesAreOn, shortLeases } from './short-leases.js';
import { Workload } from './workload.js';

describe('one wiki over several gateways', () => {
  let cluster: RunningCluster;

  beforeAll(async () => {
    cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 }, shortLeases);
    await cachesAreOn(cluster);
  }, 120_000);
  afterAll(() => cluster.stop());

  async function underLoad(spaceKey: string, act: (workload: Workload) => Promise<void>): Promise<Workload> {
    const workload = await Workload.create(cluster, spaceKey, 5);
    workload.start(4, 8);
    await act(workload);
    await workload.stop();
    await workload.refreshGateways();
    await until('every gateway to answer', async () =>
      (await Promise.all((await cluster.gatewayUrls()).map((url) => fetch(`${url}/status`)))).every(
        (answer) => answer.status === 200,
      ),
    );
    expect(await workload.findLost()).toEqual([]);
    expect(workload.problems).toEqual([]);
    expect(await workload.history.check()).toBe('linearizable');
    return workload;
  }

  it('is linearizable over two gateways', async () => {
    const workload = await underLoad('TWO', () => sleep(4_000));
    expect(workload.acknowledgedWrites).toBeGreaterThan(50);
  });

  it('is linearizable over three gateways, one of which joins under load', async () => {
    await underLoad('THREE', async (workload) => {
      await cluster.add('gateway');
      await workload.refreshGateways();
      await cachesAreOn(cluster);
      await sleep(2_000);
    });
  });
});

describe('the checker', () => {
  const at = (client: number, kind: 'read' | 'write', version: number, call: number, end: number) => ({
    client,
    kind,
    version,
    key: '1',
    outcome: 'ok' as const,
    call,
    return: end,
  });

  it('finds a stale read', async () => {
    const history = new History();
    for (const operation of [at(0, 'write', 2, 0, 10), at(1, 'read', 2, 11, 12), at(2, 'read', 1, 13, 14)])
      history.add(operation);
    expect(await history.check()).toMatch(/^not linearizable/);
  });

  it('accepts reads of either version while a write goes on', async () => {
    const history = new History();
    for (const operation of [at(0, 'write', 2, 0, 10), at(1, 'read', 1, 1, 9), at(2, 'read', 2, 2, 8)])
      history.add(operation);
    expect(await history.check()).toBe('linearizable');
  });
});
