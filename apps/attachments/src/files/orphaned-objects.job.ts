import { declareJob, type Run } from '@tributary/cluster';
import { Reads } from '@tributary/database';
import { openObjectStore, type ObjectStore } from '@tributary/object-store';
import type { StartedContext } from '@tributary/service';
import { unnamedObjects } from './attachment-rows.js';

/** Objects whose rows are looked for at once. */
const batchMax = 500;
/** An upload's bytes are there before the row that names them; none takes so long. */
const uploadHoursMax = 24;

/** Removes bytes that no version names: of uploads that came to nothing, and of removals that were cut off. */
export const orphanedObjects = declareJob<StartedContext>(
  {
    name: 'attachments.orphaned-objects',
    description: 'Removes stored bytes that no attachment names',
    schedule: { cron: '0 20 4 * * 0', timeZone: 'UTC' },
    timeoutMillis: 12 * 3_600_000,
  },
  async (run, { config, get }) => {
    if (!config.objectStore) return;
    await sweep(run, openObjectStore(config.objectStore), get(Reads));
  },
);

/** Keys are never used again, so that nothing needs a fence: what is an orphan once stays one. */
export async function sweep(run: Pick<Run, 'signal' | 'progress'>, store: ObjectStore, reads: Reads): Promise<number> {
  // The database's clock, because this process's may be wrong by hours.
  const [row] = await reads.query<{ before: Date }>(
    `select now() - make_interval(hours => ${uploadHoursMax}) as before`,
  );
  const before = row?.before ?? new Date(0);
  let removed = 0;
  let batch: string[] = [];
  const removeBatch = async (): Promise<void> => {
    for (const key of await unnamedObjects(reads, batch)) {
      run.signal.throwIfAborted();
      await store.delete(key);
      removed += 1;
    }
    batch = [];
    run.progress(50, { key: 'jobs.removed', args: [removed] });
  };
  for await (const { key, storedAt } of store.list()) {
    if (storedAt >= before) continue;
    batch.push(key);
    if (batch.length === batchMax) await removeBatch();
  }
  await removeBatch();
  return removed;
}
