import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCluster } from '@tributary/test-servers';
import { itemsPerSecond } from './load.js';
import { ask } from './pages.js';
import { ReferenceProcess } from './references/process.js';
import { compare, type Comparison } from './report.js';

const settleMillis = 20_000;
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
