import { declareJob } from '@tributary/cluster';
import type { StartedContext } from '@tributary/service';
import { purgeInBatches } from './purge-in-batches.js';

/** Removes drafts that nobody has touched for long: their authors have left them. */
export const orphanedDrafts = declareJob<StartedContext>(
  {
    name: 'pages.orphaned-drafts',
    description: 'Removes drafts that nobody has touched for long',
    schedule: { cron: '0 30 3 * * *', timeZone: 'UTC' },
  },
  async (run, { config }) => {
    if (config.retentionDays.drafts === 0) return;
    await purgeInBatches(run, {
      where: `c.status = 'draft' and not exists (
        select 1 from content_version v where v.content_id = c.id and v.changed_at > now() - make_interval(days => $1))`,
      parameters: [config.retentionDays.drafts],
      told: (removed) => run.progress(50, { key: 'jobs.removed', args: [removed] }),
    });
  },
);
