export { CacheGate, type GatedCache, type Permit } from './cache-gate.js';
export { LeaseStore, type Leases } from './lease-store.js';
export { ClusterMember, pinMillisOf, type ClusterMemberOptions } from './member.js';
export { decodeMessage, encodeMessage } from './messages.js';
export { NearCache, type CacheDeclaration, type CacheFigures, type Loaded } from './near-cache.js';
