import { z } from 'zod';
import { Actor } from './actor.js';
import { defineRequest, serviceNames, type RequestContract } from './request.js';
import { ListOf, Window } from './values.js';

/**
 * What the people who run the cluster see and do. Every process tells every coordinator how it is, once a renewal of its lease;
 * any coordinator answers from what it heard, whoever leads. All requests but that for the mode are system administrators' only.
 */

/** Core NATS, process to all: NodeReport. Lost ones don't matter: the next comes soon. The subject names the node, so that nobody has to read what nobody asks for. */
export const heartbeatPrefix = 'cluster.heartbeat.';
export const heartbeatOf = (nodeId: string): string => `${heartbeatPrefix}${nodeId}`;
/** Core NATS, coordinator to all: AuditRecord, right after the action; nobody relies on it. */
export const administeredSubject = 'cluster.administered';

/** Core NATS, coordinator to all: Alarm. Log, figures and ledger of who sent it have it as well; nobody relies on it. */
export const alarmSubject = 'cluster.alarm';
export const alarmKinds = [
  /** Another cluster has the database. */
  'database-conflict',
  /** The database is older than what NATS remembers. */
  'database-restored',
  /** NATS has lost what it held: the database was taken over by the store of leases that it has now. */
  'database-taken-over',
  /** PostgreSQL and NATS disagree about what the cluster is. */
  'safety-check',
  /** A near cache held what its owner says otherwise. */
  'stale-cache',
] as const;
/** Longest text of an alarm. */
export const alarmTextMax = 2_000;
/** Something that must not be, for the people who run the cluster. */
export const Alarm = z.object({ kind: z.enum(alarmKinds), nodeId: z.string(), text: z.string().max(alarmTextMax) });
export type Alarm = z.infer<typeof Alarm>;

/** Alarms that are kept; older ones are in the logs only. */
export const alarmsMax = 200;
export const RaisedAlarm = Alarm.extend({ id: z.string(), at: z.string() });
export type RaisedAlarm = z.infer<typeof RaisedAlarm>;
/** Newest first. */
export const listAlarms = defineRequest('cluster-coordinator', 'alarms.list', {
  request: z.object({ actor: Actor }),
  reply: z.object({ alarms: z.array(RaisedAlarm) }),
  safe: true,
});

/** Nodes that one coordinator remembers; more than any cluster has, so that nobody fills its memory. */
export const nodesMax = 2_000;
/** Longest text of a banner, in UTF-16 code units. */
export const bannerLengthMax = 2_000;

const count = z.number().int().min(0);
const NodeId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'A node id holds letters, digits, - and _, at most 64');
const CacheName = z.string().regex(/^[a-z0-9.-]{1,100}$/, 'A cache name holds small letters, digits, dots and hyphens');

export const CacheFigures = z.object({
  name: z.string(),
  entries: count,
  bytes: count,
  bytesMax: count,
  /** Since the process started. */
  hits: count,
  misses: count,
  /** Entries that pins dropped, and that had to make room. */
  pins: count,
  evictions: count,
});
export type CacheFigures = z.infer<typeof CacheFigures>;

export const ProcessState = z.enum(['starting', 'running', 'draining', 'stopping']);
export type ProcessState = z.infer<typeof ProcessState>;

/** What a process says of itself. Durations and shares are of its own clocks, so no other clock has to agree. */
export const NodeReport = z.object({
  nodeId: z.string(),
  service: z.enum(serviceNames),
  address: z.string(),
  version: z.string(),
  pid: z.number().int(),
  state: ProcessState,
  /** The last word of a process that ends in order. */
  isLeaving: z.boolean(),
  uptimeMillis: count,
  /** Of one processor core, since the report before; may be above 1. */
  cpuShare: z.number(),
  residentBytes: count,
  /** How late the event loop was since the report before: the 99th percentile, and the worst. */
  eventLoopLagMillis: z.object({ p99: z.number(), max: z.number() }),
  /** HTTP requests of a gateway, messages of the others. */
  requestsPerSecond: z.number(),
  lease: z.object({
    isHeld: z.boolean(),
    /** How long it has not been held; 0 while it is. */
    lapsedMillis: count,
    /** How often a lease was lost since the start. */
    lapses: count,
  }),
  /** Whether it keeps near caches, and may use them now. */
  hasCaches: z.boolean(),
  isAdmitted: z.boolean(),
  isLeader: z.boolean(),
  caches: z.array(CacheFigures).max(100),
});
export type NodeReport = z.infer<typeof NodeReport>;

/** A node as the coordinator that answers knows it: `unreachable` has not been heard of for a lease. */
export const ClusterNode = NodeReport.omit({ isLeaving: true }).extend({
  state: z.enum([...ProcessState.options, 'unreachable']),
  /** Since its last report arrived. */
  silentMillis: count,
  /** Runs of jobs under way on it; null when the ledger can't be read now. */
  jobsRunning: count.nullable(),
});
export type ClusterNode = z.infer<typeof ClusterNode>;

export const listNodes = defineRequest('cluster-coordinator', 'nodes.list', {
  request: z.object({ actor: Actor }),
  reply: z.object({ nodes: z.array(ClusterNode) }),
  safe: true,
});
/**
 * Drains a gateway (load balancers are told, it still answers), or tells a process to finish what it does and end. Unknown node:
 * `notFound`; one that can't do it now: `conflict`.
 */
export const commandNode = defineRequest('cluster-coordinator', 'nodes.command', {
  request: z.object({ actor: Actor, nodeId: NodeId, command: z.enum(['drain', 'remove']) }),
  reply: ClusterNode,
});

const Flushed = z.object({ nodeId: z.string(), name: z.string(), entries: count });
/** Empties one cache or all, on one node or all. Nodes that didn't answer are named: they may still hold what they held. */
export const flushCaches = defineRequest('cluster-coordinator', 'caches.flush', {
  request: z.object({ actor: Actor, name: CacheName.optional(), nodeId: NodeId.optional() }),
  reply: z.object({
    flushed: z.array(Flushed),
    failed: z.array(z.object({ nodeId: z.string(), reason: z.string() })),
  }),
});

/** What a coordinator tells one process; only that process answers. */
export const nodeCommandOf = (nodeId: string): NodeCommandContract => ({
  subject: `cluster.node.${nodeId}`,
  service: 'cluster-coordinator',
  request: NodeCommand,
  reply: NodeCommandReply,
  safe: false,
  deadlineMillis: 2_000,
});
export const NodeCommand = z.discriminatedUnion('command', [
  z.object({ command: z.literal('drain') }),
  z.object({ command: z.literal('remove') }),
  z.object({ command: z.literal('flush'), name: CacheName.optional() }),
]);
export type NodeCommand = z.infer<typeof NodeCommand>;
const NodeCommandReply = z.object({
  /** Why it isn't done; nothing when it is. */
  refusal: z.string().optional(),
  flushed: z.array(Flushed).default([]),
});
export type NodeCommandReply = z.infer<typeof NodeCommandReply>;
type NodeCommandContract = RequestContract<typeof NodeCommand, typeof NodeCommandReply>;

/** How long a process may take to compare entries of its caches; the answer comes a little later. */
export const auditMillisMax = 15_000;
/** Tags of a stale entry that are reported. */
export const reportedTagsMax = 20;
export const AuditRequest = z.object({
  /** Of each of its caches. */
  entriesMax: z.number().int().min(1).max(64),
});
export type AuditRequest = z.infer<typeof AuditRequest>;
export const AuditReply = z.object({
  compared: count,
  stale: z.array(z.object({ cache: z.string(), tags: z.array(z.string()) })),
});
export type AuditReply = z.infer<typeof AuditReply>;
/** Lets one process compare entries of its near caches with what their owners say; only that process answers. */
export const auditCachesOf = (nodeId: string): RequestContract<typeof AuditRequest, typeof AuditReply> => ({
  subject: `cluster.audit.${nodeId}`,
  service: 'cluster-coordinator',
  request: AuditRequest,
  reply: AuditReply,
  safe: false,
  deadlineMillis: auditMillisMax + 5_000,
});

export const AccessMode = z.enum(['READ_WRITE', 'READ_ONLY']);
export type AccessMode = z.infer<typeof AccessMode>;
/** Whether contents may be changed, and a text for everybody on top of each page. */
export const SiteMode = z.object({ accessMode: AccessMode, banner: z.string().nullable() });
export type SiteMode = z.infer<typeof SiteMode>;

/** Asked by gateways before every write, and cached there: its tag is pinned before a change commits. */
export const getMode = defineRequest('cluster-coordinator', 'mode.get', {
  request: z.object({}),
  reply: SiteMode,
  safe: true,
  deadlineMillis: 6_000,
});
export const changeMode = defineRequest('cluster-coordinator', 'mode.change', {
  request: z.object({
    actor: Actor,
    accessMode: AccessMode.optional(),
    banner: z.string().trim().max(bannerLengthMax).nullable().optional(),
  }),
  reply: SiteMode,
});

/** A rolling upgrade: nodes of another version than the original one are expected while it is on. The states are Confluence's. */
export const Upgrade = z.object({
  isOn: z.boolean(),
  state: z.enum(['STABLE', 'READY_TO_UPGRADE', 'MIXED', 'READY_TO_RUN_UPGRADE_TASKS']),
  /** The version of the cluster when it was turned on. */
  originalVersion: z.string().nullable(),
  nodes: z.array(ClusterNode),
});
export type Upgrade = z.infer<typeof Upgrade>;
export const getUpgrade = defineRequest('cluster-coordinator', 'upgrade.get', {
  request: z.object({ actor: Actor }),
  reply: Upgrade,
  safe: true,
});
/** What makes no sense in the state that it is in is `conflict`. */
export const changeUpgrade = defineRequest('cluster-coordinator', 'upgrade.change', {
  request: z.object({ actor: Actor, action: z.enum(['start', 'cancel', 'approve']) }),
  reply: Upgrade,
});

export const auditActions = [
  'node.drain',
  'node.remove',
  'caches.flush',
  'mode.change',
  'upgrade.start',
  'upgrade.cancel',
  'upgrade.approve',
  'job.run',
  'job.enable',
  'job.disable',
  'job.schedule',
  'run.cancel',
] as const;
/** One action of an administrator: written before it is carried out, its outcome afterwards. */
export const AuditRecord = z.object({
  id: z.string(),
  at: z.string(),
  userKey: z.string().nullable(),
  username: z.string(),
  action: z.enum(auditActions),
  /** What it was done to: the name of a cache or a job, a mode, a run. */
  target: z.string().nullable(),
  /** The node that it was done to; null for all. */
  nodeId: z.string().nullable(),
  outcome: z.enum(['asked', 'done', 'failed']),
  /** Why it failed. */
  reason: z.string().nullable(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;
/** Newest first. */
export const listAudit = defineRequest('cluster-coordinator', 'audit.list', {
  request: z.object({ actor: Actor, ...Window }),
  reply: ListOf(AuditRecord),
  safe: true,
});

/** A named lock that somebody holds now. */
export const HeldLock = z.object({
  name: z.string(),
  nodeId: z.string(),
  token: z.number().int(),
  since: z.string(),
});
export type HeldLock = z.infer<typeof HeldLock>;
export const listLocks = defineRequest('cluster-coordinator', 'locks.list', {
  request: z.object({ actor: Actor }),
  reply: z.object({ locks: z.array(HeldLock) }),
  safe: true,
});
