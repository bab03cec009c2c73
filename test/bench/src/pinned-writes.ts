import { openDatabase, Writes } from '@tributary/database';
import { readServiceConfig } from '@tributary/platform';
import type { RunningCluster } from '@tributary/test-servers';
import { itemsPerSecond } from './load.js';
import { pageBody } from './pages.js';
import { writeStatements, type BareDatabase } from './references/bare-database.js';
import { compare, type Comparison } from './report.js';
import { withWriter } from './writer.js';

const writers = 16;
const warmUpWrites = 1_000;

/**
 * What coherence by itself leaves of the database's speed: the bare transaction, once as it is and once with a pin of what it changes,
 * confirmed by every member with caches; 16 at once.
 */
export function pinnedWrites(cluster: RunningCluster, rows: number, database: BareDatabase): Promise<Comparison> {
  return withWriter(cluster, async ({ member }) => {
    const config = readServiceConfig({
      TRIBUTARY_SERVICE: 'bench',
      TRIBUTARY_DATABASE_URL: (await cluster.servers()).databaseUrl,
      TRIBUTARY_DATABASE_CONNECTIONS: String(writers),
    });
    const source = await openDatabase(config, {
      schema: 'bench_pinned',
      plansOnce: true,
      entities: [],
      migrations: [],
    });
    try {
      const writes = new Writes(source, member, undefined);
      const pinned = (id: number) =>
        writes.run(async (work) => {
          await Promise.all(writeStatements(id, pageBody(id)).map(({ text, values }) => work.query(text, values)));
          work.changes(`content:bench${id}`, 'space:BENCH');
        });
      const ids = Array.from({ length: rows }, (_, index) => index + 1);
      await itemsPerSecond(ids.slice(0, warmUpWrites), writers, pinned);
      const value = await itemsPerSecond(ids.slice(warmUpWrites), writers, pinned);
      const bare = (id: number) => database.update(id, pageBody(id));
      await itemsPerSecond(ids.slice(0, warmUpWrites), writers, bare);
      const reference = await itemsPerSecond(ids.slice(warmUpWrites), writers, bare);
      return compare(
        'pinned write',
        { value, unit: '/s' },
        { name: 'bare transaction', value: reference },
        { atLeast: 0.4 },
      );
    } finally {
      await source.destroy();
    }
  });
}
