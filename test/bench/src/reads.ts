import type { RunningCluster } from '@tributary/test-servers';
import { itemsPerSecond, requestsPerSecond } from './load.js';
import { ask } from './pages.js';
import { processorMicrosByService } from './processes.js';
import type { BareDatabase } from './references/bare-database.js';
import { ReferenceProcess } from './references/process.js';
import { compare, type Comparison } from './report.js';

const connections = 16;
const seconds = 8;
const expand = 'expand=body.view,version,space';

/** A signed-in read of a page that the gateway has in its cache, beside a Nest application that says hello. */
export async function cachedRead(cluster: RunningCluster, id: string): Promise<Comparison> {
  const hello = await ReferenceProcess.start('hello');
  try {
    const reference = await requestsPerSecond(`http://127.0.0.1:${hello.word}/hello`, { connections, seconds });
    const headers = { authorization: cluster.administrator };
    const url = `${cluster.url}/rest/api/content/${id}?${expand}`;
    const value = await requestsPerSecond(url, { connections, seconds, headers });
    return compare(
      'cached page read',
      { value, unit: '/s' },
      { name: 'NestJS hello', value: reference },
      { atLeast: 0.5 },
    );
  } finally {
    await hello.stop();
  }
}

/** The first read of pages that no cache has, beside a select by primary key. Each page is read once. */
export async function uncachedRead(
  cluster: RunningCluster,
  ids: readonly string[],
  database: BareDatabase,
): Promise<Comparison> {
  const warmUp = Math.floor(ids.length / 3);
  const read = (id: string) => ask(cluster.url, 'GET', `/rest/api/content/${id}?${expand}`, cluster.administrator);
  await itemsPerSecond(ids.slice(0, warmUp), connections, read);
  let value = 0;
  const profile = await processorMicrosByService(cluster, ids.length - warmUp, async () => {
    value = await itemsPerSecond(ids.slice(warmUp), connections, read);
  });
  const rows = ids.map((_, index) => index + 1);
  await itemsPerSecond(rows, connections, (id) => database.select(id));
  const reference = await itemsPerSecond(rows, connections, (id) => database.select(id));
  const compared = compare(
    'uncached page read',
    { value, unit: '/s' },
    { name: 'bare select', value: reference },
    { atLeast: 0.15 },
  );
  return { ...compared, profile };
}
