export type { AskAgain, AuditFigures, StaleEntry } from './cache-audit.js';
export { CacheGate, type GatedCache, type Permit } from './cache-gate.js';
export { isOtherRevision, isStoreLost, LeaseStore, lostRenewal, type Leases } from './lease-store.js';
export { BucketSet } from './bucket-set.js';
export { ConfirmedRounds } from './confirmed-rounds.js';
export { ListedBuckets } from './listed-buckets.js';
export { ClusterMember, pinMillisOf, type ClusterMemberOptions, type MemberStatus } from './member.js';
export { decodeMessage, encodeMessage } from './messages.js';
export { NearCache, type CacheDeclaration, type Loaded } from './near-cache.js';
export { RecentChanges } from './recent-changes.js';
export { RunLostError } from './jobs/held-run.js';
export { JobRunner, silentLeases, type JobRunnerOptions } from './jobs/job-runner.js';
export { declareJob, startTask, type Job, type Run } from './jobs/job.js';
export { NodeAgent, type NodeAgentOptions } from './nodes/node-agent.js';
export { NodeTable, reportMillisOf } from './nodes/node-table.js';
export { changesBetween, type NodeChange } from './nodes/node-changes.js';
export { hearNodes, watchCluster, type ClusterEvent } from './nodes/watch-cluster.js';
export {
  awaitOwnDatabase,
  HolderJudge,
  OtherClusterError,
  type Ownership,
  type OwnStore,
} from './holder/own-database.js';
export { NamedLocks, type NamedLock } from './locks/named-locks.js';
