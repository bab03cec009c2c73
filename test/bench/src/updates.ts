import type { RunningCluster } from '@tributary/test-servers';
import { itemsPerSecond } from './load.js';
import { pageBody, writePage } from './pages.js';
import { processorMicrosByService } from './processes.js';
import type { BareDatabase } from './references/bare-database.js';
import { compare, type Comparison } from './report.js';

const writers = 16;
const warmUpUpdates = 500;

/** Updates of different pages, 16 at once over all gateways, each coherent when it is acknowledged; beside the bare transaction. */
export async function coherentUpdate(
  cluster: RunningCluster,
  ids: readonly string[],
  database: BareDatabase,
): Promise<Comparison> {
  const update = (id: string, worker: number) =>
    writePage(cluster, cluster.gateways[worker % cluster.gateways.length] as string, id, 2, Number(id));
  await itemsPerSecond(ids.slice(0, warmUpUpdates), writers, update);
  let value = 0;
  const profile = await processorMicrosByService(cluster, ids.length - warmUpUpdates, async () => {
    value = await itemsPerSecond(ids.slice(warmUpUpdates), writers, update);
  });
  const rows = ids.map((_, index) => index + 1);
  const bare = (id: number) => database.update(id, pageBody(id));
  await itemsPerSecond(rows.slice(0, warmUpUpdates), writers, bare);
  const reference = await itemsPerSecond(rows.slice(warmUpUpdates), writers, bare);
  const compared = compare(
    'coherent page update',
    { value, unit: '/s' },
    { name: 'bare transaction', value: reference },
    { atLeast: 0.4 },
  );
  return { ...compared, profile };
}
