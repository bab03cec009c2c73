import { declareJob } from '@tributary/cluster';
import { tags } from '@tributary/contracts';
import { Reads } from '@tributary/database';
import type { StartedContext } from '@tributary/service';
import { purgeInBatches } from '../content/purge-in-batches.js';

export interface DeletedSpace {
  readonly spaceId: string;
  readonly key: string;
}

/** A page that was made since the last step is found by the next attempt. */
const notEmpty = () => new Error('Somebody added to the space while it was removed');

/** Removes a space with all that is in it, a part after another; cancelled, the rest stays. */
export const deleteSpace = declareJob<StartedContext>(
  {
    name: 'pages.delete-space',
    description: 'Removes a space with all that is in it',
    schedule: null,
    timeoutMillis: 24 * 3_600_000,
    concurrency: 10,
    attemptsMax: 20,
  },
  async (run, { get }) => {
    const { spaceId, key } = run.input as DeletedSpace;
    const [{ left } = { left: 0 }] = await get(Reads).query<{ left: number }>(
      `select count(*)::int as left from content where space_id = $1`,
      [spaceId],
    );
    // Comments go with their pages.
    await purgeInBatches(run, {
      where: `c.space_id = $1 and c.container_id is null`,
      parameters: [spaceId],
      told: (removed) => run.progress((99 * removed) / Math.max(left, removed, 1), removedOf(removed)),
    });
    await run.commit(async (work) => {
      await work.query(`select 1 from space where id = $1 for update`, [spaceId]);
      const [content] = await work.query(`select 1 from content where space_id = $1 limit 1`, [spaceId]);
      if (content) throw notEmpty();
      await work.query(`delete from space where id = $1`, [spaceId]);
      work.changes(tags.space(key), tags.permissions(key), tags.children(key));
    });
  },
);

const removedOf = (removed: number) => ({ key: 'jobs.removed', args: [removed] });
