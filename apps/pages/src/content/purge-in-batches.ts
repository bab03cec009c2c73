import type { Run } from '@tributary/cluster';
import { purge, type Purged } from './trash.js';

/** Contents that one transaction removes: some thousand tags to pin, and far from a transaction's longest time. */
export const purgeBatchMax = 200;

/**
 * Removes for good what a condition over `content c` holds for, in steps of their own.
 * A run that begins anew finds what is left. Answers how many went.
 */
export async function purgeInBatches(
  run: Run,
  { where, parameters, told }: { where: string; parameters: readonly unknown[]; told: (removed: number) => void },
): Promise<number> {
  let removed = 0;
  for (let count = purgeBatchMax; count === purgeBatchMax;) {
    count = await run.step(async (work) => {
      const rows = await work.query<Purged>(
        // The youngest first: pages below others are mostly younger, and shall not show up at the top for a moment.
        `select c.id, c.title, c.parent_id as "parentId", c.container_id as "containerId", s.key as "spaceKey"
         from content c join space s on s.id = c.space_id where ${where} order by c.id desc limit ${purgeBatchMax} for update of c`,
        parameters,
      );
      await purge(work, rows);
      return rows.length;
    });
    removed += count;
    told(removed);
  }
  return removed;
}
