import { declareJob } from '@tributary/cluster';
import type { StartedContext } from '@tributary/service';
import { purgeInBatches } from './purge-in-batches.js';

/** Empties the trash of what has lain in it for long. */
export const trashRetention = declareJob<StartedContext>(
  {
    name: 'pages.trash-retention',
    description: 'Removes for good what has been in the trash for long',
    schedule: { cron: '0 10 3 * * *', timeZone: 'UTC' },
  },
  async (run, { config }) => {
    if (config.retentionDays.trash === 0) return;
    await purgeInBatches(run, {
      where: `c.status = 'trashed' and c.trashed_at < now() - make_interval(days => $1)`,
      parameters: [config.retentionDays.trash],
      told: (removed) => run.progress(50, { key: 'jobs.removed', args: [removed] }),
    });
  },
);
