import { declareJob, type Run } from '@tributary/cluster';
import type { StartedContext } from '@tributary/service';
import { purgeBatchMax, purgeInBatches } from './purge-in-batches.js';

/**
 * Removes drafts that nobody has touched for long: their authors have left them. What is left of editors that went without a word goes too,
 * and the keys of creations.
 */
export const orphanedDrafts = declareJob<StartedContext>(
  {
    name: 'pages.orphaned-drafts',
    description: 'Removes drafts that nobody has touched for long',
    schedule: { cron: '0 30 3 * * *', timeZone: 'UTC' },
  },
  async (run, { config }) => {
    await run.step((work) => work.query(`delete from editing where seen_at < now() - interval '1 hour'`));
    await run.step((work) => work.query(`delete from created_once where created_at < now() - interval '1 day'`));
    const days = config.retentionDays.drafts;
    if (days === 0) return;
    const removed = await purgeInBatches(run, {
      where: `c.status = 'draft' and not exists (
        select 1 from content_version v where v.content_id = c.id and v.changed_at > now() - make_interval(days => $1))`,
      parameters: [days],
      told: (count) => run.progress(50, { key: 'jobs.removed', args: [count] }),
    });
    await forgetDrafts(run, days, (count) => run.progress(90, { key: 'jobs.removed', args: [removed + count] }));
  },
);

/** Drafts of contents that are published; nothing else depends on them. */
async function forgetDrafts(run: Run, days: number, told: (removed: number) => void): Promise<void> {
  let removed = 0;
  for (let count = purgeBatchMax; count === purgeBatchMax;) {
    count = await run.step(async (work) => {
      const rows = await work.query(
        `delete from draft where (user_key, content_id) in (
           select user_key, content_id from draft where saved_at < now() - make_interval(days => $1) limit ${purgeBatchMax})
         returning content_id`,
        [days],
      );
      return rows.length;
    });
    removed += count;
    told(removed);
  }
}
