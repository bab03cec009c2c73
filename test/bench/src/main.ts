/**
 * `npm run bench`: what BENCH.md of the design promises, measured beside its references in the same run. Prints a table; never
 * fails by time. Arguments choose measurements by name: `npm run bench -- reads updates`.
 */
import { RunningCluster } from '@tributary/test-servers';
import { coherenceLatency } from './coherence.js';
import { scheduledRuns } from './jobs.js';
import { leaderReplaced } from './leader.js';
import { messagesOfAWrite } from './messages.js';
import { createPages } from './pages.js';
import { pinnedWrites } from './pinned-writes.js';
import { idleCoordinator, idleMemory, processorSecondsPerThousandReads } from './processes.js';
import { cachedRead, uncachedRead } from './reads.js';
import { BareDatabase } from './references/bare-database.js';
import { compare, profiles, table, type Comparison } from './report.js';
import { secondStart } from './start.js';
import { coherentUpdate } from './updates.js';

const pages = 6_000;

const measurements: Record<string, () => Promise<Comparison[]>> = {
  reads: () =>
    withTwoGateways(async (cluster, ids, database) => [
      await cachedRead(cluster, ids[0] as string),
      await uncachedRead(cluster, ids.slice(1), database),
    ]),
  updates: () => withTwoGateways(async (cluster, ids, database) => [await coherentUpdate(cluster, ids, database)]),
  pinned: () =>
    withDatabase({ gateways: 2, coordinators: 2 }, (cluster, database) => pinnedWrites(cluster, pages, database)),
  coherence: coherenceByMembers,
  gateways: processorTimeByGateways,
  start: secondStart,
  memory: () => withCluster({ gateways: 2, pages: 2, coordinators: 2 }, idleMemory),
  idle: () => withCluster({ gateways: 2, pages: 2, coordinators: 2 }, idleCoordinator),
  messages: () => withCluster({ gateways: 2, pages: 2, coordinators: 2 }, (cluster) => messagesOfAWrite(cluster, 4)),
  leader: () => withCluster({ gateways: 2, coordinators: 2 }, leaderReplaced),
  jobs: () => withCluster({ gateways: 1, coordinators: 2, search: 0 }, scheduledRuns),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in measurements));
if (unknown.length > 0)
  throw new Error(`Measurements are ${Object.keys(measurements).join(', ')}; not ${unknown.join(', ')}`);
const all: Comparison[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`Measuring ${name}\n`);
  const measured = await measure();
  // At once as well: all of them take a while.
  process.stderr.write(`${table(measured)}\n`);
  all.push(...measured);
}
process.stdout.write(`${table(all)}\n\n${profiles(all)}\n`);

async function withCluster<T>(
  size: Parameters<typeof RunningCluster.start>[0],
  use: (cluster: RunningCluster) => Promise<T>,
): Promise<T> {
  const cluster = await RunningCluster.start(size);
  try {
    return await use(cluster);
  } finally {
    await cluster.stop();
  }
}

function withTwoGateways(
  use: (cluster: RunningCluster, ids: readonly string[], database: BareDatabase) => Promise<Comparison[]>,
): Promise<Comparison[]> {
  return withDatabase({ gateways: 2, pages: 2, coordinators: 2 }, async (cluster, database) =>
    use(cluster, await createPages(cluster, 'BENCH', pages), database),
  );
}

/** With as many rows in the reference's tables as there are pages. */
function withDatabase(
  size: Parameters<typeof RunningCluster.start>[0],
  use: (cluster: RunningCluster, database: BareDatabase) => Promise<Comparison[]>,
): Promise<Comparison[]> {
  return withCluster(size, async (cluster) => {
    const database = await BareDatabase.open((await cluster.servers()).databaseUrl, pages);
    try {
      return await use(cluster, database);
    } finally {
      await database.close();
    }
  });
}

/** Members with caches are the gateways and one copy of pages. */
async function coherenceByMembers(): Promise<Comparison[]> {
  const measured = [];
  for (const gateways of [1, 3, 7]) {
    measured.push(
      await withCluster({ gateways, coordinators: 2 }, (cluster) => coherenceLatency(cluster, gateways + 1)),
    );
  }
  const [two, , eight] = measured as [(typeof measured)[0], (typeof measured)[0], (typeof measured)[0]];
  const grows = (what: string, of: 'p50' | 'p50OfOne') =>
    compare(
      `coherence of a write${what}, p50, 8 members`,
      { value: eight[of], unit: 'ms' },
      { name: '2 members', value: two[of] },
      { atMost: 1.5 },
    );
  const both = [grows('', 'p50'), grows(' that one reader holds', 'p50OfOne')];
  return [...measured.flatMap(({ comparisons }) => comparisons), ...both];
}

async function processorTimeByGateways(): Promise<Comparison[]> {
  const spent = async (gateways: number) =>
    withCluster({ gateways }, async (cluster) => {
      const [id] = await createPages(cluster, 'BENCH', 1);
      return await processorSecondsPerThousandReads(cluster, id as string);
    });
  const [one, four] = [await spent(1), await spent(4)];
  return [
    compare(
      'processor time of 1,000 cached reads, 4 gateways',
      { value: four * 1_000, unit: 'ms' },
      { name: '1 gateway', value: one * 1_000 },
      { atMost: 1.1 },
    ),
  ];
}
