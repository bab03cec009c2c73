import type { Actor, jobs, ServiceName } from '@tributary/contracts';
import { openDatabase, Reads, Writes } from '@tributary/database';
import { createLogger, readServiceConfig, type ServiceConfig } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { Alarms1733200000001 } from '../safety/alarms.migration.js';
import { Holder1733100000001 } from '../safety/holder.migration.js';
import { Jobs1732400400001 } from './jobs.migration.js';

export const root: Actor = {
  userKey: 'root',
  username: 'root',
  displayName: 'Root',
  groups: [],
  permissions: ['use', 'administer', 'systemAdminister'],
};
export const someone: Actor = { ...root, userKey: 'someone', username: 'someone', permissions: ['use'] };

export const configOf = (service: string, more: Record<string, string> = {}): ServiceConfig =>
  readServiceConfig({
    TRIBUTARY_SERVICE: service,
    TRIBUTARY_LOG_LEVEL: process.env['TRIBUTARY_LOG_LEVEL'] ?? 'silent',
    ...more,
  });
export const loggerOf = (config: ServiceConfig) => createLogger(config);

const noPins = { pin: async () => ({ release: () => undefined }), store: 0 };

/** The ledger's tables in a database of their own. */
export async function openLedgerTables(url: string): Promise<{ source: DataSource; reads: Reads; writes: Writes }> {
  const config = configOf('cluster-coordinator', { TRIBUTARY_DATABASE_URL: url });
  const source = await openDatabase(config, {
    schema: 'cluster',
    entities: [],
    migrations: [Jobs1732400400001, Holder1733100000001, Alarms1733200000001],
    plansOnce: true,
  });
  await source.query(`update cluster.holder set store = $1`, [noPins.store]);
  return { source, reads: new Reads(source), writes: new Writes(source, noPins, undefined) };
}

/** A job's row, due from a moment on, without anybody who declares it. */
export async function putJob(
  reads: Reads,
  name: string,
  schedule: jobs.JobSchedule | null,
  more: Partial<jobs.JobDeclaration & { nextDueAt: Date; service: ServiceName }> = {},
): Promise<void> {
  await reads.query(
    `insert into cluster.job (name, service, description, declared_schedule, timeout_millis, misfire, concurrency, attempts_max, next_due_at)
     values ($1, $2, 'A job', $3, $4, $5, $6, $7, $8)`,
    [
      name,
      more.service ?? 'search',
      schedule && JSON.stringify(schedule),
      more.timeoutMillis ?? 60_000,
      more.misfire ?? 'once',
      more.concurrency ?? 1,
      more.attemptsMax ?? 3,
      more.nextDueAt ?? null,
    ],
  );
}
