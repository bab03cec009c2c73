import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, Writes } from '@tributary/database';
import { readServiceConfig } from '@tributary/platform';
import type { RunningCluster } from '@tributary/test-servers';
import { figuresOf } from './figures.js';
import { itemsPerSecond } from './load.js';
import { ask, createPages, pageBody } from './pages.js';
import { writeStatements, type BareDatabase } from './references/bare-database.js';
import { compare, type Comparison } from './report.js';
import { withWriter } from './writer.js';

const writers = 16;
const warmUpWrites = 1_000;
/** Pages that a reader's gateway holds, and how often they are read, and then all written. */
const [heldPages, heldTurns] = [500, 8];
/** A member lists what it has read within this time, also when it has read much. */
const listingMillis = 200;
/** A page that is read while its listing is under way isn't kept, so not quite all are held. */
const heldShareMin = 0.9;

/**
 * What coherence by itself leaves of the database's speed: the bare transaction, once as it is, once with a pin of what nobody
 * holds, which the leader grants by itself, and once with a pin of a page that a reader's gateway holds and has to drop; 16 at once.
 */
export function pinnedWrites(cluster: RunningCluster, rows: number, database: BareDatabase): Promise<Comparison[]> {
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
      const pinned = (id: number, page: string) =>
        writes.run(async (work) => {
          await Promise.all(writeStatements(id, pageBody(id)).map(({ text, values }) => work.query(text, values)));
          work.changes(`content:${page}`, 'space:BENCH');
        });
      const ids = Array.from({ length: rows }, (_, index) => index + 1);
      const unheld = (id: number) => pinned(id, `bench${id}`);
      await itemsPerSecond(ids.slice(0, warmUpWrites), writers, unheld);
      const ofNobody = await itemsPerSecond(ids.slice(warmUpWrites), writers, unheld);
      const ofAReader = await heldWritesPerSecond(cluster, pinned);
      const bare = (id: number) => database.update(id, pageBody(id));
      await itemsPerSecond(ids.slice(0, warmUpWrites), writers, bare);
      const reference = {
        name: 'bare transaction',
        value: await itemsPerSecond(ids.slice(warmUpWrites), writers, bare),
      };
      const row = (metric: string, value: number) =>
        compare(metric, { value, unit: '/s' }, reference, { atLeast: 0.4 });
      return [row('pinned write', ofNobody), row("pinned write of a page that a reader's gateway holds", ofAReader)];
    } finally {
      await source.destroy();
    }
  });
}

/** Reads all pages over one gateway, then writes each once, in turns; only the writes are timed. */
async function heldWritesPerSecond(
  cluster: RunningCluster,
  pinned: (id: number, page: string) => Promise<unknown>,
): Promise<number> {
  const pages = await createPages(cluster, 'HELD', heldPages);
  const read = (page: string) =>
    ask(cluster.url, 'GET', `/rest/api/content/${page}?expand=body.view`, cluster.administrator);
  const numbered = pages.map((page, index) => ({ page, id: index + 1 }));
  let millis = 0;
  const before = await droppedByPins(cluster);
  for (let turn = 0; turn < heldTurns; turn += 1) {
    await itemsPerSecond(pages, writers, read);
    await sleep(listingMillis);
    const perSecond = await itemsPerSecond(numbered, writers, ({ page, id }) => pinned(id, page));
    millis += (heldPages * 1_000) / perSecond;
  }
  const [written, dropped] = [heldPages * heldTurns, (await droppedByPins(cluster)) - before];
  if (dropped < heldShareMin * written) throw new Error(`Of ${written} pages that were written ${dropped} were held`);
  return (written * 1_000) / millis;
}

/** Answers that the first gateway's cache of contents has dropped because of writes. */
async function droppedByPins(cluster: RunningCluster): Promise<number> {
  const figure = await figuresOf(cluster.url);
  return figure('tributary_cache_pinned_entries_total{cache="gateway.contents"}');
}
