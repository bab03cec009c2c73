import { declareJob, type Run } from '@tributary/cluster';
import { pages } from '@tributary/contracts';
import { MessagingClient } from '@tributary/messaging';
import type { StartedContext } from '@tributary/service';
import { Indexer } from './indexer.js';
import { PostgresIndex } from './postgres-index.js';
import type { SearchIndex } from './search-index.js';

/** Contents that are compared at once. */
const chunkMax = 1_000;

/** Finds what the index missed, whatever the reason: events that were lost, an index from a backup. */
export const indexConsistency = declareJob<StartedContext>(
  {
    name: 'search.index-consistency',
    description: 'Compares the search index with the contents and refreshes what differs',
    schedule: { cron: '0 40 2 * * *', timeZone: 'UTC' },
    timeoutMillis: 12 * 3_600_000,
  },
  async (run, context) => {
    const index = context.get(PostgresIndex);
    const messaging = context.get(MessagingClient);
    await compareAll(run, messaging, index, new Indexer(context, index, messaging));
  },
);

/** Answers how many contents differed. Contents that change meanwhile may be refreshed twice, which is the same as once. */
export async function compareAll(
  run: Pick<Run, 'signal' | 'progress'>,
  messaging: MessagingClient,
  index: SearchIndex,
  indexer: Pick<Indexer, 'refresh'>,
): Promise<number> {
  let [compared, differed] = [0, 0];
  for (let after: string | undefined, isLast = false; !isLast;) {
    run.signal.throwIfAborted();
    const { ids, versions } = await messaging.request(pages.listContentIds, { after, limit: chunkMax });
    isLast = ids.length < chunkMax;
    // Up to the last id that the owner named; after the last chunk there may be documents of contents that are gone.
    const indexed = await index.versions(after, isLast ? undefined : ids.at(-1));
    const current = new Map(ids.map((id, place) => [id, versions[place]]));
    const wrong = [...new Set([...ids, ...indexed.keys()])].filter((id) => current.get(id) !== indexed.get(id));
    await indexer.refresh(wrong);
    compared += ids.length;
    differed += wrong.length;
    run.progress(50, { key: 'jobs.compared', args: [compared, differed] });
    after = ids.at(-1);
  }
  run.progress(100, { key: 'jobs.compared', args: [compared, differed] });
  return differed;
}
