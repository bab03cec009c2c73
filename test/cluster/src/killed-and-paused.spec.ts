import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, type ClusterNode, until } from '@tributary/test-servers';
import { ask } from './requests.js';
import { cachesAreOn, shortLeases } from './short-leases.js';
import { SideWork } from './side-work.js';
import { Workload } from './workload.js';

const leaseMillis = Number(shortLeases.TRIBUTARY_LEASE_MILLIS);
/** How soon writes go on when a process has died, whichever it was. */
const writesMillisMax = leaseMillis + 3_000;
/** Services that don't need each other stand together: each fault takes a while. */
const killed = [
  ['gateway'],
  ['pages'],
  ['identity'],
  ['attachments', 'search'],
  ['leading coordinator'],
  ['following coordinator'],
];
const paused = [
  ['gateway'],
  ['pages'],
  ['identity', 'attachments', 'search'],
  ['leading coordinator'],
  ['following coordinator'],
];
const named = (faults: string[][]) => faults.map((services) => [services.join(' and '), services] as const);

describe('while people read and write over three gateways', () => {
  let cluster: RunningCluster;
  let spaces = 0;

  beforeAll(async () => {
    cluster = await RunningCluster.start({ gateways: 3, pages: 2, coordinators: 2 }, shortLeases);
    await cachesAreOn(cluster);
  }, 120_000);
  afterAll(() => cluster.stop());

  async function victimOf(service: string): Promise<ClusterNode> {
    const nodes = (await cluster.nodes()).filter((node) => node.state === 'running');
    const leader = service.endsWith('coordinator') ? await cluster.leader() : undefined;
    if (service === 'leading coordinator' && leader) return leader;
    const victim = nodes.find((node) =>
      leader ? node.service === leader.service && node.nodeId !== leader.nodeId : node.service === service,
    );
    if (!victim) throw new Error(`No ${service} runs`);
    return victim;
  }

  /** Runs people's work, the fault, and some more work; then nothing may be lost, stale or dishonest, and everything works. */
  async function survives(act: (workload: Workload) => Promise<void>): Promise<void> {
    const workload = await Workload.create(cluster, `FAULT${(spaces += 1)}`, 4);
    const side = new SideWork(cluster, workload.pageIds, () => workload.currentGateways);
    workload.start(3, 6);
    side.start();
    await sleep(500);
    await act(workload);
    const before = {
      writes: workload.acknowledgedWrites,
      uploads: side.uploads.length,
      tokens: side.tokens,
      searches: side.searches,
    };
    await until('all work to go on', () =>
      Promise.resolve(
        workload.acknowledgedWrites > before.writes + 3 &&
          side.uploads.length > before.uploads &&
          side.tokens > before.tokens &&
          side.searches > before.searches,
      ),
    );
    await Promise.all([workload.stop(), side.stop()]);
    await workload.refreshGateways();
    await until('every gateway to say that it runs', async () => {
      const states = await Promise.all(
        workload.currentGateways.map((gateway) => ask(cluster, gateway, 'GET', '/status')),
      );
      return states.every(({ status }) => status === 200);
    });
    expect([...workload.problems, ...side.problems]).toEqual([]);
    expect([...(await workload.findLost()), ...(await side.findLost())]).toEqual([]);
    await side.searchCatchesUp();
    expect(await workload.history.check()).toBe('linearizable');
  }

  it.each(named(killed))('the kill of %s loses nothing', async (_name, services) => {
    await survives(async (workload) => {
      const victims = await Promise.all(services.map(victimOf));
      await Promise.all(victims.map(({ nodeId }) => cluster.stopNode(nodeId, { kill: true })));
      const before = workload.acknowledgedWrites;
      await workload.refreshGateways();
      // Without identity gateways that know who asks go on; a new leader takes over within a lease.
      await until('writes to go on', () => Promise.resolve(workload.acknowledgedWrites > before + 5), writesMillisMax);
      await Promise.all(victims.map(({ service }) => cluster.add(service)));
      await workload.refreshGateways();
    });
  });

  it.each(named(paused))('%s, stopped for longer than a lease, does nothing old', async (_name, services) => {
    await survives(async () => {
      const victims = await Promise.all(services.map(victimOf));
      for (const { pid } of victims) process.kill(pid, 'SIGSTOP');
      await sleep(1.5 * leaseMillis);
      for (const { pid } of victims) process.kill(pid, 'SIGCONT');
    });
  });
});
