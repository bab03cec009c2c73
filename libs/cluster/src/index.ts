export { CacheGate, type GatedCache, type Permit } from './cache-gate.js';
export { LeaseStore, type Leases } from './lease-store.js';
export { ClusterMember, pinMillisOf, type ClusterMemberOptions } from './member.js';
export { decodeMessage, encodeMessage } from './messages.js';
export { NearCache, type CacheDeclaration, type CacheFigures, type Loaded } from './near-cache.js';
export { RunLostError } from './jobs/held-run.js';
export { JobRunner, silentLeases, type JobRunnerOptions } from './jobs/job-runner.js';
export { declareJob, startTask, type Job, type Run } from './jobs/job.js';
