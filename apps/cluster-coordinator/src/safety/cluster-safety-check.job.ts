import { declareJob, LeaseStore } from '@tributary/cluster';
import { cluster } from '@tributary/contracts';
import { holderColumns, Reads, type Holder } from '@tributary/database';
import { sleep } from '@tributary/platform';
import type { StartedContext } from '@tributary/service';
import { Alarms } from './alarms.js';

/** What both sides say, read in the order in which that can be compared: NATS is written after the database. */
export interface BothSides {
  readonly store: number;
  readonly known: cluster.ClusterIdentity | undefined;
  readonly holder: Holder;
  /** The same row a hold later: it must have been renewed. */
  readonly later: Holder;
}

/** What is wrong between PostgreSQL and NATS, each in a sentence; nothing where they agree. */
export function disagreements({ store, known, holder, later }: BothSides): string[] {
  const wrong: string[] = [];
  if (!known) wrong.push('NATS does not know which cluster it belongs to');
  else {
    if (known.clusterId !== holder.clusterId)
      wrong.push(`NATS belongs to the cluster ${known.clusterId}, the database to ${holder.clusterId}`);
    if (known.epoch > holder.epoch) wrong.push(`NATS is in epoch ${known.epoch}, the database in ${holder.epoch}`);
    if (known.beat > holder.beat) wrong.push(`The database is ${known.beat - holder.beat} renewals behind NATS`);
  }
  if (later.store !== store) wrong.push('The database is held by another store of leases than this NATS has');
  if (later.beat <= holder.beat) wrong.push('Nobody renews the hold on the database');
  return wrong;
}

/**
 * Looks from outside at what the leader's hold on the database promises. The hold itself is renewed and checked all the time; this is the
 * second look, and its history in the list of jobs shows that somebody looked.
 */
export const clusterSafetyCheck = declareJob<StartedContext>(
  {
    name: 'cluster-coordinator.cluster-safety-check',
    description: 'Compares what PostgreSQL and NATS know of the cluster, and who holds the database',
    schedule: { cron: '0 */5 * * * *', timeZone: 'UTC' },
    timeoutMillis: 120_000,
    misfire: 'skip',
    attemptsMax: 1,
  },
  async (run, { connection, config, get }) => {
    const both = await lookAtBoth(new LeaseStore(connection, config.natsReplicas), get(Reads), run.signal);
    const wrong = disagreements(both);
    if (wrong.length === 0) {
      run.progress(100, { key: 'safety.agrees', args: [both.later.epoch] });
      return;
    }
    const text = wrong.join('; ');
    await get(Alarms).raise('safety-check', text);
    throw new Error(text);
  },
);

async function lookAtBoth(leases: LeaseStore, reads: Reads, signal: AbortSignal): Promise<BothSides> {
  const store = await leases.createdAt();
  const known = cluster.ClusterIdentity.safeParse((await leases.find(cluster.identityKey))?.value).data;
  const holder = await readHolder(reads);
  await sleep(holder.holdMillis, signal);
  return { store, known, holder, later: await readHolder(reads) };
}

async function readHolder(reads: Reads): Promise<Holder> {
  const [row] = await reads.query<Holder>(`select ${holderColumns} from cluster.holder`);
  if (!row) throw new Error("The row of the database's holder is gone");
  return row;
}
