import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@tributary/test-servers';
import { Workload } from '../workload.js';
import { chancesOf, type Chances } from './chances.js';
import { nodeOf, type Trial } from './faults.js';
import type { NamespacedCluster } from './namespaced-cluster.js';
import type { NodeProcess } from './node-process.js';
import { Ticks } from './ticks.js';

const [pages, writers, readers] = [4, 3, 6];
/** The promise, with what a look at the logs takes. */
const leaderMillisMax = 3_000;
/** How soon each gateway acknowledges writes again when the fault is over. */
const recoveryMillisMax = 30_000;
/** How soon the others go on meanwhile: a request that was lost with who took it fails after 10 s, and JetStream may take 9 s. */
const goingOnMillisMax = 20_000;
const nanosPerMilli = 1e6;

export interface Outcome {
  /** What is wrong; nothing may be. */
  readonly problems: string[];
  /** What is told, whether or not anything is wrong. */
  readonly figures: Record<string, number>;
}

let spaces = 0;

/** Does one fault while people read and write over all gateways, and looks for everything that it may not cause. */
export async function tryFault(cluster: NamespacedCluster, { fault, target }: Trial, seed: string): Promise<Outcome> {
  const chances = chancesOf(seed);
  const figures: Record<string, number> = {};
  // One fault at a time: what the one before left to be repaired is repaired.
  await cluster.nats.inSync();
  const workload = await begin(cluster, chances, figures);
  const ticks = await Ticks.begin(cluster);
  const problems: string[] = [];
  workload.start(writers, readers);
  try {
    await until('some writes', () => Promise.resolve(workload.acknowledgedAt.size === cluster.gateways.length));
    const node = await nodeOf(cluster, target, chances);
    const begun = workload.history.now();
    const end = await fault.begin(cluster, node, chances);
    try {
      const isReplaced = fault.takesTheLead && target === 'leading coordinator';
      if (isReplaced) figures['leader replaced after ms'] = await replacement(cluster, node, problems);
      if (!fault.stopsAll) {
        const others = cluster.gateways.filter((url) => target !== 'gateway' || url !== node.url);
        figures['others write after ms'] = await writesOver(others, workload, goingOnMillisMax);
      }
      await sleep(Math.max(0, fault.millis - (workload.history.now() - begun) / nanosPerMilli));
    } finally {
      await end();
    }
    figures['works again after ms'] = await writesOver(cluster.gateways, workload, recoveryMillisMax);
    figures['longest pause of writes in ms'] = longestPause(workload, begun);
  } finally {
    await workload.stop();
  }
  await cluster.everythingRuns();
  for (const { nodeId, url } of cluster.nodesOf('gateway')) {
    const count = workload.unanswered.countOf(url);
    if (count > 0) figures[`without an answer of ${nodeId}`] = count;
  }
  const outages = new Map(cluster.nodesOf('gateway').map((node) => [node.url, node.outages]));
  problems.push(...workload.problems, ...workload.unanswered.problems(outages));
  problems.push(...(await workload.findLost()), ...(await ticks.problems()));
  problems.push(...cluster.nodes.filter((node) => node.isDead).map((node) => `${node.nodeId} ended by itself`));
  const verdict = await workload.history.check();
  if (verdict !== 'linearizable') problems.push(verdict);
  figures['acknowledged writes'] = workload.acknowledgedWrites;
  figures['refused'] = workload.refusals;
  return { problems, figures };
}

/** People's pages. What the fault before this one left behind may still refuse them for a while; how long is told. */
async function begin(cluster: NamespacedCluster, chance: Chances, figures: Record<string, number>): Promise<Workload> {
  const since = performance.now();
  let workload: Workload | undefined;
  await until(
    'a space with pages',
    async () => {
      const key = `F${Date.now().toString(36)}${(spaces += 1)}`;
      workload = await Workload.create(cluster, key, pages, { chance, staysAtHome: true }).catch(() => undefined);
      return workload !== undefined;
    },
    recoveryMillisMax,
  );
  figures['ready after ms'] = Math.round(performance.now() - since);
  return workload as Workload;
}

/** How long it takes until another coordinator leads. */
async function replacement(cluster: NamespacedCluster, old: NodeProcess, problems: string[]): Promise<number> {
  const since = performance.now();
  await until('another leader', async () => (await cluster.leader()) !== old, 30_000);
  const millis = Math.round(performance.now() - since);
  if (millis > leaderMillisMax) problems.push(`The leader was replaced after ${millis} ms`);
  return millis;
}

/** How long it takes until each of the gateways has acknowledged a write that it ended from now on. */
async function writesOver(urls: readonly string[], workload: Workload, millisMax: number): Promise<number> {
  const since = performance.now();
  const at = workload.history.now();
  const over = (url: string): boolean => (workload.acknowledgedAt.get(url) ?? 0) > at;
  try {
    await until('a write over each gateway', () => Promise.resolve(urls.every(over)), millisMax);
  } catch (error) {
    const missing = urls.filter((url) => !over(url));
    workload.problems.push(`No write over ${missing.join(', ')} for ${millisMax} ms: ${String(error)}`);
  }
  return Math.round(performance.now() - since);
}

function longestPause({ history }: Workload, since: number): number {
  const times = history.operations
    .filter(({ kind, outcome }) => kind === 'write' && outcome === 'ok')
    .map((operation) => operation.return)
    .filter((time) => time > since)
    .toSorted((one, other) => one - other);
  const pauses = times.map((time, index) => time - (times[index - 1] ?? since));
  return Math.round(Math.max(0, ...pauses) / nanosPerMilli);
}
