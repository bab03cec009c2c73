import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { itemsPerSecond } from './load.js';
import { ask } from './pages.js';
import { ReferenceProcess } from './references/process.js';
import { compare, within, type Comparison } from './report.js';

const settleMillis = 20_000;
const idleMillis = 60_000;
/** Within this time the index has what was written. */
const settleAfterMillis = 3_000;
const ticksPerSecond = 100;
const reads = 20_000;
const servers = ['postgres', 'nats'];

/** Resident memory of every service process that has nothing to do, beside an idle hello. The largest is what counts. */
export async function idleMemory(cluster: RunningCluster): Promise<Comparison[]> {
  const hello = await ReferenceProcess.start('hello');
  try {
    await sleep(settleMillis);
    const reference = { name: 'NestJS hello', value: await residentMegabytes(hello.pid) };
    const largest = new Map<string, number>();
    for (const { service, pid } of await cluster.nodes()) {
      if (servers.includes(service)) continue;
      largest.set(service, Math.max(largest.get(service) ?? 0, await residentMegabytes(pid)));
    }
    return [...largest].map(([service, value]) =>
      compare(`idle memory, ${service}`, { value, unit: 'MB' }, reference, { atMost: 1.6 }),
    );
  } finally {
    await hello.stop();
  }
}

/** The share of a core that coordinators take while nothing happens: the leader's and the others', over a minute. */
export async function idleCoordinator(cluster: RunningCluster): Promise<Comparison[]> {
  await sleep(settleMillis);
  const coordinators = (await cluster.nodes()).filter(({ service }) => service === 'cluster-coordinator');
  const before = await Promise.all(coordinators.map(({ pid }) => processorSeconds(pid)));
  await sleep(idleMillis);
  const leader = (await cluster.leader()).nodeId;
  return await Promise.all(
    coordinators.map(async ({ nodeId, pid }, index) => {
      const seconds = (await processorSeconds(pid)) - (before[index] ?? 0);
      const name = `idle processor, coordinator that ${nodeId === leader ? 'leads' : 'follows'}`;
      return within(name, (seconds / (idleMillis / 1_000)) * 100, 1, '% of a core');
    }),
  );
}

/** Processor seconds of all gateways for 1,000 cached reads that are spread over them. */
export async function processorSecondsPerThousandReads(cluster: RunningCluster, id: string): Promise<number> {
  const gateways = (await cluster.nodes()).filter((node) => node.service === 'gateway');
  const path = `/rest/api/content/${id}?expand=body.view,version,space`;
  const numbers = Array.from({ length: reads }, (_, index) => index);
  const read = (number: number) =>
    ask(gateways[number % gateways.length]?.url as string, 'GET', path, cluster.administrator);
  await itemsPerSecond(numbers, 16, read);
  const spent = async () => {
    const each = await Promise.all(gateways.map(({ pid }) => processorSeconds(pid)));
    return each.reduce((sum, value) => sum + value, 0);
  };
  const before = await spent();
  await itemsPerSecond(numbers, 16, read);
  return ((await spent()) - before) / (reads / 1_000);
}

/**
 * Where the time of some work goes: processor microseconds of each service, of the servers, and of the bench itself, for each of
 * `count` pieces of work. What the cluster does afterwards because of them (events, the index) counts as well.
 */
export async function processorMicrosByService(
  cluster: RunningCluster,
  count: number,
  work: () => Promise<unknown>,
): Promise<ReadonlyMap<string, number>> {
  const nodes = await cluster.nodes();
  const before = await spentByService(nodes);
  await work();
  await sleep(settleAfterMillis);
  const after = await spentByService(nodes);
  return new Map([...after].map(([service, spent]) => [service, ((spent - (before.get(service) ?? 0)) * 1e6) / count]));
}

async function spentByService(nodes: readonly { service: string; pid: number }[]): Promise<Map<string, number>> {
  const spent = new Map<string, number>([['bench', process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6]]);
  for (const { service, pid } of nodes) {
    const pids = service === 'postgres' ? [pid, ...(await childrenOf(pid))] : [pid];
    const each = await Promise.all(pids.map((id) => processorSeconds(id).catch(() => 0)));
    spent.set(
      service,
      each.reduce((sum, seconds) => sum + seconds, spent.get(service) ?? 0),
    );
  }
  return spent;
}

/** PostgreSQL's connections are processes of their own (proc(5), /proc/PID/task/TID/children). */
async function childrenOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children.trim().split(' ').filter(Boolean).map(Number);
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
}

/** User and system time, fields 14 and 15 of /proc/PID/stat (proc(5)), counted after the name, which may hold spaces. */
async function processorSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
