import type { NatsConnection } from '@nats-io/transport-node';
import { cluster } from '@tributary/contracts';
import { HolderWatch, type Holder } from '@tributary/database';
import { backoffMillis, sleep, type Logger, type ServiceConfig } from '@tributary/platform';
import { LeaseStore } from '../lease-store.js';

/** How often a process that waits for its cluster to take the database looks. */
const lookMillis = 100;

/** The database, or NATS, is another cluster's: this process must not begin. */
export class OtherClusterError extends Error {
  override readonly name = 'OtherClusterError';
}

/** What a process that would open a database knows of its own cluster. */
export interface OwnStore {
  readonly store: number;
  readonly clusterId: string | undefined;
}

/** `mine`: its members may write. `free`: its coordinators may take it. `unclear`: another store has it, and may be alive. */
export type Ownership = 'mine' | 'free' | 'unclear';

/**
 * Watches a database's holder and says whose it is. Guarantee: `free` only after a whole hold without a renewal, by the clock that is passed
 * in. Pure: no timers, no messages.
 */
export class HolderJudge {
  private seen: { readonly store: number | null; readonly beat: number; readonly since: number } | undefined;

  /** Throws OtherClusterError when a cluster that is alive holds it, or NATS is another cluster's. */
  judge(holder: Holder | undefined, own: OwnStore, now: number): Ownership {
    if (own.clusterId !== undefined && own.clusterId !== holder?.clusterId)
      throw new OtherClusterError(
        `The NATS servers belong to the cluster ${own.clusterId}, and the database to ${holder ? `the cluster ${holder.clusterId}` : 'none yet'}: give each cluster NATS servers of its own.`,
      );
    if (!holder || holder.store === null) return 'free';
    if (holder.store === own.store) return 'mine';
    const before = this.seen;
    if (before?.store === holder.store && before.beat === holder.beat)
      return now - before.since >= holder.holdMillis ? 'free' : 'unclear';
    this.seen = { store: holder.store, beat: holder.beat, since: now };
    if (before?.store === holder.store) throw heldElsewhere(holder);
    return 'unclear';
  }
}

const heldElsewhere = ({ nodes }: Holder): OtherClusterError =>
  new OtherClusterError(
    `The database is held by another cluster that is running; its nodes are ${nodes.join(', ') || 'unknown'}. Stop that cluster, or give this one a database of its own.`,
  );

/**
 * Waits until this process may open its database: `mine`, until the cluster that it belongs to holds it; `free`, until nobody else does,
 * for coordinators, which take it then. Servers that are away are waited for. Throws OtherClusterError when it is another cluster's.
 */
export async function awaitOwnDatabase(
  { connection, config, logger }: { connection: NatsConnection; config: ServiceConfig; logger: Logger },
  wanted: 'mine' | 'free',
  { judge = new HolderJudge(), signal }: { judge?: HolderJudge; signal?: AbortSignal } = {},
): Promise<void> {
  const leases = new LeaseStore(connection, config.natsReplicas);
  for (let failures = 0; ;) {
    signal?.throwIfAborted();
    try {
      // A session for each attempt only: one that waits for long is one connection.
      return await watchUntil(config.databaseUrl ?? '', leases, judge, wanted, signal);
    } catch (error) {
      if (error instanceof OtherClusterError || !config.databaseUrl || signal?.aborted) throw error;
      failures += 1;
      leases.forget();
      logger.warn({ err: error }, 'who holds the database can not be known yet; trying again');
      await sleep(backoffMillis(failures, 200, 3_000), signal);
    }
  }
}

async function watchUntil(
  databaseUrl: string,
  leases: LeaseStore,
  judge: HolderJudge,
  wanted: 'mine' | 'free',
  signal: AbortSignal | undefined,
): Promise<void> {
  const watch = await HolderWatch.open(databaseUrl);
  try {
    for (;;) {
      // First what NATS knows: it is written there after the database.
      const own = await ownStore(leases);
      const ownership = judge.judge(await watch.look(), own, performance.now());
      if (ownership === 'mine' || ownership === wanted) return;
      await sleep(lookMillis, signal);
    }
  } finally {
    await watch.close();
  }
}

async function ownStore(leases: LeaseStore): Promise<OwnStore> {
  const store = await leases.createdAt();
  const known = cluster.ClusterIdentity.safeParse((await leases.find(cluster.identityKey))?.value);
  return { store, clusterId: known.data?.clusterId };
}
