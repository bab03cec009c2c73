import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';
import { chancesOf, printSeed, seed } from './faults/chances.js';
import { History } from './history.js';
import { oldTextsIncluded, secretsSeen } from './rights-and-sources.js';
import { cachesAreOn, shortLeases } from './short-leases.js';
import { Workload } from './workload.js';

describe('one wiki over several gateways', () => {
  let cluster: RunningCluster;

  beforeAll(async () => {
    printSeed();
    cluster = await RunningCluster.start({ gateways: 2, pages: 2, coordinators: 2 }, shortLeases);
    await cachesAreOn(cluster);
  }, 120_000);
  afterAll(() => cluster.stop());

  async function underLoad(spaceKey: string, act: (workload: Workload) => Promise<void>): Promise<Workload> {
    const workload = await Workload.create(cluster, spaceKey, 5, { chance: chancesOf(`${seed} ${spaceKey}`) });
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
    expect([...workload.problems, ...workload.unanswered.problems()]).toEqual([]);
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

  it('shows nobody what was written after they were shut out (R10)', async () => {
    expect(await secretsSeen(cluster, 'ENEMY')).toBe(0);
  });

  it('never includes an older text than the one that was acknowledged (R11)', async () => {
    expect(await oldTextsIncluded(cluster, 'INCLUDE')).toBe(0);
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

  it('says neither of a history that it can not read, or not explain in time', async () => {
    const unreadable = new History();
    unreadable.add(at(1, 'write', 1.5, 0, 1));
    await expect(unreadable.check()).rejects.toThrow('porcupine failed');
    const large = new History();
    for (let version = 2; version < 10_000; version += 1) large.add(at(version, 'write', version, 0, 1));
    await expect(large.check(1)).rejects.toThrow('no verdict');
  });
});
