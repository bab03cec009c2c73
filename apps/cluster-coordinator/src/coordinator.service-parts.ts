import { silentLeases } from '@tributary/cluster';
import { Reads, Writes } from '@tributary/database';
import { MessagingClient } from '@tributary/messaging';
import type { ServiceParts } from '@tributary/service';
import { Administration1732800800001 } from './administration/administration.migration.js';
import { AdministrationModule } from './administration/administration.module.js';
import { oldAudit } from './administration/old-audit.job.js';
import type { HeardNodes } from './administration/heard-nodes.js';
import { collectJobFigures } from './administration/job-figures.js';
import { Dispatcher } from './jobs/dispatcher.js';
import { Jobs1732400400001 } from './jobs/jobs.migration.js';
import { JobsModule } from './jobs/jobs.module.js';
import { Ledger } from './jobs/ledger.js';
import { oldRuns } from './jobs/old-runs.job.js';
import type { Coordinator } from './leadership/coordinator.js';
import { AlarmsModule } from './safety/alarms.module.js';
import { Alarms1733200000001 } from './safety/alarms.migration.js';
import { Alarms } from './safety/alarms.js';
import type { DatabaseHold } from './safety/database-hold.js';
import { cacheAudit } from './safety/cache-audit.job.js';
import { clusterSafetyCheck } from './safety/cluster-safety-check.job.js';
import { Holder1733100000001 } from './safety/holder.migration.js';

/** A run that begins so late only has not missed its due time; longer than a leader needs to be replaced. */
const graceMillisMin = 10_000;

/** What the coordinator is without a database. */
export interface CoordinatorCore {
  readonly coordinator: Coordinator;
  readonly nodes: HeardNodes;
  readonly hold: DatabaseHold;
  /** At its end: whether nobody of the cluster was left, so that another one may have the database. */
  wasLast: boolean;
}

/** The part of the coordinator that needs the database; what it leads by lies in JetStream alone. */
export const coordinatorService = (core: CoordinatorCore): ServiceParts => ({
  name: 'cluster-coordinator',
  publishesEvents: false,
  database: {
    schema: 'cluster',
    plansOnce: true,
    entities: [],
    migrations: [Jobs1732400400001, Administration1732800800001, Holder1733100000001, Alarms1733200000001],
  },
  modules: [JobsModule, AdministrationModule.of(core.nodes), AlarmsModule],
  jobs: [cacheAudit, clusterSafetyCheck, oldAudit, oldRuns],
  afterStart: ({ config, connection, logger, source, get }) => {
    const { coordinator, hold } = core;
    const holding = hold.keep(source, coordinator, get(Alarms));
    const silenceMillis = silentLeases * config.leaseMillis;
    const ledger = new Ledger(get(Reads), get(Writes), {
      graceMillis: Math.max(graceMillisMin, 2 * silenceMillis),
      silenceMillis,
    });
    // Without the database there is nothing to lead jobs in, and with another cluster's hold on it nothing may be.
    const leaderToken = () => {
      const token = coordinator.ledgerToken();
      return token && hold.current(token.store) ? token : undefined;
    };
    const messaging = get(MessagingClient);
    const dispatcher = new Dispatcher({ connection, messaging, ledger, logger, leaderToken });
    const endCollecting = collectJobFigures(get(Reads));
    return Promise.resolve({
      async stop() {
        endCollecting();
        await dispatcher.stop();
        await holding.stop(core.wasLast);
      },
    });
  },
});
