import { cluster } from '@tributary/contracts';
import type { Leases } from './lease-store.js';

/** This process counts leases or transactions differently from the cluster: it must not begin. */
export class OtherTimesError extends Error {
  override readonly name = 'OtherTimesError';
}

const refusal = (own: cluster.ClusterTimes, others: cluster.ClusterTimes): OtherTimesError =>
  new OtherTimesError(
    `This process has TRIBUTARY_LEASE_MILLIS=${own.leaseMillis} and TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS=${own.transactionTimeoutMillis}, and the cluster that is running ${others.leaseMillis} and ${others.transactionTimeoutMillis}: give all processes the same; to change them, stop all processes first.`,
  );

const someoneIsRegistered = async (leases: Leases): Promise<boolean> =>
  (await leases.keys()).some((key) => key.startsWith(cluster.memberKeyPrefix));

/**
 * Makes sure that this process counts as the cluster does. Guarantee: all processes that are registered in a store of leases have the same
 * lease, by which the leader counts them out (R4, R5), and the same longest transaction, which pins outlast (R6). The first process writes
 * its own down; so does one that finds nobody registered any more, so that they can be changed by stopping all. To be called before a
 * registration and after it: of two that change them at once one sees the other then. Throws OtherTimesError.
 */
export async function agreeOnTimes(
  leases: Leases,
  { leaseMillis, transactionTimeoutMillis }: cluster.ClusterTimes,
): Promise<void> {
  const own = { leaseMillis, transactionTimeoutMillis };
  const found = await leases.find(cluster.timesKey);
  if (!found) {
    if ((await leases.create(cluster.timesKey, own)) !== undefined) return;
    throw new Error('Another process wrote down the times of the cluster at this moment');
  }
  const others = cluster.ClusterTimes.parse(found.value);
  if (others.leaseMillis === leaseMillis && others.transactionTimeoutMillis === transactionTimeoutMillis) return;
  if (await someoneIsRegistered(leases)) throw refusal(own, others);
  const revision = await leases.renew(cluster.timesKey, own, found.revision);
  if (!(await someoneIsRegistered(leases))) return;
  // Who registered meanwhile did so under the former ones.
  await leases.renew(cluster.timesKey, others, revision);
  throw refusal(own, others);
}
