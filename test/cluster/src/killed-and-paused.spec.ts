import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, type ClusterNode, until } from '@tributary/test-servers';
import { EventStream } from './administration/event-stream.js';
import { chancesOf, printSeed, seed } from './faults/chances.js';
import { obstacleToNetworks } from './faults/network.js';
import { ask, deadlineMillis } from './requests.js';
import { cachesAreOn, shortLeases } from './short-leases.js';
import { SideWork } from './side-work.js';
import { Outages } from './unanswered.js';
import { Workload } from './workload.js';

const leaseMillis = Number(shortLeases.TRIBUTARY_LEASE_MILLIS);
/** Its last sign of life was before it died, and counts for a lease; whoever watches looks more often than leases are renewed. */
const noticedMillisMax = leaseMillis + Number(shortLeases.TRIBUTARY_RENEW_MILLIS);
/** How soon writes go on when a process has died. All of them may be with the copy of pages that did, until they are given up. */
const writesMillisMax = (services: readonly string[]): number =>
  leaseMillis + (services.includes('pages') ? deadlineMillis : 3_000);
/** Services that don't need each other stand together: each fault takes a while. */
const killed = [['identity'], ['attachments', 'search'], ['leading coordinator']];
const paused = [['identity', 'attachments', 'search']];
/** Where faults are tried on hosts of their own, these processes have some there: here theirs are for `npm run test:faults` then. */
if (process.env['TRIBUTARY_FAULTS'] === 'all' || (await obstacleToNetworks())) {
  killed.push(['gateway'], ['pages'], ['following coordinator']);
  paused.push(['gateway'], ['pages'], ['leading coordinator'], ['following coordinator']);
}
const named = (faults: string[][]) => faults.map((services) => [services.join(' and '), services] as const);

/** What is done while people work; it says from when until when its victims can't answer. */
type Act = (workload: Workload, outage: Outages) => Promise<void>;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('while people read and write over three gateways', () => {
  let cluster: RunningCluster;
  let spaces = 0;

  beforeAll(async () => {
    printSeed();
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

  /**
   * Runs people's work, the fault, and some more work; then nothing may be lost, stale or dishonest, and everything works. Requests may
   * stay without an answer only at the victims, while the fault has begun their outage.
   */
  async function survives(victims: readonly ClusterNode[], act: Act): Promise<void> {
    const key = `FAULT${(spaces += 1)}`;
    const [one, other] = [chancesOf(`${seed} ${key}`), chancesOf(`${seed} ${key} side`)];
    const workload = await Workload.create(cluster, key, 4, { chance: one });
    const side = new SideWork(cluster, workload.pageIds, () => workload.currentGateways, workload.unanswered, other);
    const outage = new Outages();
    workload.start(3, 6);
    side.start();
    try {
      await until('work to be under way', () => Promise.resolve(workload.acknowledgedWrites > 3));
      await act(workload, outage);
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
    } finally {
      await Promise.all([workload.stop(), side.stop()]);
    }
    await workload.refreshGateways();
    await until('every gateway to say that it runs', async () => {
      const states = await Promise.all(
        workload.currentGateways.map((gateway) => ask(cluster, gateway, 'GET', '/status')),
      );
      return states.every(({ status }) => status === 200);
    });
    const unanswered = workload.unanswered.problems(new Map(victims.map(({ url }) => [url, outage])));
    expect([...workload.problems, ...side.problems, ...unanswered]).toEqual([]);
    expect([...(await workload.findLost()), ...(await side.findLost())]).toEqual([]);
    await side.searchCatchesUp();
    expect(await workload.history.check()).toBe('linearizable');
  }

  it.each(named(killed))('the kill of %s loses nothing', async (_name, services) => {
    const victims = await Promise.all(services.map(victimOf));
    await survives(victims, async (workload, outage) => {
      outage.begin();
      await Promise.all(victims.map(({ nodeId }) => cluster.stopNode(nodeId, { kill: true })));
      const before = workload.acknowledgedWrites;
      await workload.refreshGateways();
      // Without identity gateways that know who asks go on; a new leader takes over within a lease.
      const goOn = () => Promise.resolve(workload.acknowledgedWrites > before + 5);
      await until('writes to go on', goOn, writesMillisMax(services));
      await Promise.all(victims.map(({ service }) => cluster.add(service)));
      await workload.refreshGateways();
      outage.end();
    });
  });

  it.each(named(paused))('%s, stopped for longer than a lease, does nothing old', async (_name, services) => {
    const victims = await Promise.all(services.map(victimOf));
    await survives(victims, async (_workload, outage) => {
      outage.begin();
      for (const { pid } of victims) process.kill(pid, 'SIGSTOP');
      await sleep(1.5 * leaseMillis);
      for (const { pid } of victims) process.kill(pid, 'SIGCONT');
      outage.end();
    });
  });

  it.each(['gateway', 'pages'])('tells of a crash of %s within a lease and a renewal', async (service) => {
    const victim = await victimOf(service);
    const watching = (await cluster.gatewayUrls()).find((url) => url !== victim.url) as string;
    const stream = await EventStream.open(`${watching}/rest/tributary/1/cluster/events`, cluster.administrator);
    try {
      await stream.sees('how it is', 'nodes', () => true);
      const killing = cluster.stopNode(victim.nodeId, { kill: true });
      await until(`${victim.nodeId} to be dead`, () => Promise.resolve(!isAlive(victim.pid)));
      const diedAt = performance.now();
      const { at, data } = await stream.sees('the crash', 'node-left', ({ nodeId }) => nodeId === victim.nodeId);
      expect(data).toMatchObject({ service, reason: 'silent' });
      expect(at - diedAt).toBeLessThan(noticedMillisMax);
      // Who answers the list hears of nodes by itself, some moments sooner or later than the gateway that told of it.
      const isShown = async () => {
        const nodes = await ask(cluster, watching, 'GET', '/rest/tributary/1/cluster/nodes');
        const results = nodes.json['results'] as { nodeId: string; state: string }[];
        return results.some(({ nodeId, state }) => nodeId === victim.nodeId && state === 'unreachable');
      };
      await until(`${victim.nodeId} to be shown as unreachable`, isShown, leaseMillis);
      await killing;
    } finally {
      stream.close();
      await cluster.add(service);
    }
  });
});
