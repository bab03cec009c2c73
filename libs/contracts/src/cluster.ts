import { z } from 'zod';

/**
 * What the cluster's processes say to each other; the rules (R1..R13) are those of the coherence protocol. These messages are
 * many and small, and come only from processes of the same cluster, so they carry no more than they must.
 */

/** The KV bucket of leases: one stream, so registrations and leaders have a total order (R8). */
export const leaseBucket = 'tributary-leases';
export const leaderKey = 'leader';
/** What the cluster is, as NATS knows it: ClusterIdentity. The only key that never runs out. */
export const identityKey = 'cluster';
export const memberKeyPrefix = 'member.';
export const memberKey = (nodeId: string): string => `${memberKeyPrefix}${nodeId}`;

/** What a process says of itself while it holds its lease. */
export const MemberRegistration = z.object({
  service: z.string(),
  nodeId: z.string(),
  address: z.string(),
  version: z.string(),
  startedAt: z.string(),
  pid: z.number().int(),
  /** Whether it keeps near caches: only then must it confirm pins. */
  caches: z.boolean(),
  /** Revision of the registration that this one renews; 0 in the registration itself, whose own revision it is (R13). */
  incarnation: z.number().int(),
  /** The incarnation of the same process that has lapsed: its entries are gone, so nobody needs to wait for it. 0 for none. */
  replaces: z.number().int(),
  /** Whether it has been admitted: until then the leader repeats its admission. */
  admitted: z.boolean(),
});
export type MemberRegistration = z.infer<typeof MemberRegistration>;

/** Value of the leader's key. `token` 0 in the election itself, whose revision it is. */
export const LeaderRegistration = z.object({ nodeId: z.string(), token: z.number().int() });
export type LeaderRegistration = z.infer<typeof LeaderRegistration>;

/**
 * Which database this store of leases belongs to, and how far that had come. PostgreSQL holds the same in `cluster.holder`; it is written
 * there first, so a database that is behind this one has lost what it held.
 */
export const ClusterIdentity = z.object({
  clusterId: z.string(),
  /** How often the database changed hands, or was found to be an older one. */
  epoch: z.number().int(),
  /** Grows with every renewal of the holding. */
  beat: z.number().int(),
});
export type ClusterIdentity = z.infer<typeof ClusterIdentity>;

export const subjects = {
  /** Writer to leader: PinRequest, repeated until it is granted. */
  pin: 'cluster.leader.pin',
  /** Writer to leader: UnpinRequest. */
  unpin: 'cluster.leader.unpin',
  /** Leader to all members: Pinned. */
  pinned: 'cluster.pinned',
  /** Leader to all members: Unpinned. */
  unpinned: 'cluster.unpinned',
  /** Leader to all, regularly and at its election: View, whole when its members changed. */
  view: 'cluster.view',
  /** Anyone to the leader, as a request: answers View. */
  getView: 'cluster.leader.view',
  /** Member to leader: Confirmation. */
  confirmed: (leaderId: string): string => `cluster.confirmed.${leaderId}`,
  /** Leader to writer: Granted. */
  granted: (nodeId: string): string => `cluster.granted.${nodeId}`,
  /** Leader to member: Admission. */
  admitted: (nodeId: string): string => `cluster.admitted.${nodeId}`,
} as const;

/** Whose command it is: the store of leases that the leader was elected in (when it was made, in ms since 1970), and its token there. */
export interface Term {
  readonly store: number;
  readonly token: number;
}

/** One pin: an id that its writer made, unique for ever, and the tags that are about to change. */
export interface PinnedTags {
  readonly id: string;
  readonly tags: readonly string[];
}

/** `ends` are ids of pins that are over: they travel with the next pins, or by themselves after a moment. */
export interface PinRequest {
  readonly nodeId: string;
  readonly pins: readonly PinnedTags[];
  readonly ends?: readonly string[];
}
export interface UnpinRequest {
  readonly ids: readonly string[];
}
/** `round` numbers the leader's broadcasts; members confirm by it. */
export interface Pinned extends Term {
  readonly leaderId: string;
  readonly round: number;
  readonly pins: readonly PinnedTags[];
  readonly ends?: readonly string[];
}
export interface Unpinned extends Term {
  readonly ids: readonly string[];
}
export interface Confirmation extends Term {
  readonly nodeId: string;
  readonly incarnation: number;
  readonly round: number;
}
export interface Granted extends Term {
  readonly ids: readonly string[];
}
/** Lets one incarnation of a member use its caches; `pins` are those that are open (R7). */
export interface Admission extends Term {
  readonly incarnation: number;
  readonly pins: readonly PinnedTags[];
}

export const ViewedMember = z.object({
  service: z.string(),
  nodeId: z.string(),
  address: z.string(),
  version: z.string(),
  startedAt: z.string(),
  pid: z.number().int(),
  incarnation: z.number().int(),
  state: z.enum(['joining', 'member']),
  leader: z.boolean(),
});
/** The members that the leader counts. Views of one store only move forward: by token, then by epoch. */
export const View = z.object({
  store: z.number().int(),
  token: z.number().int(),
  epoch: z.number().int(),
  leaderId: z.string(),
  /** Left out of a view that is told again while they are as its epoch's: a view for each member, with all members, grows with the square of the cluster. */
  members: z.array(ViewedMember).optional(),
  /** The newest revision of the leases that the leader had seen: whoever wrote it knows that this view was sent later. */
  seen: z.number().int(),
  /** The cluster's hold on its database, for so long from the sending on; null while there is none. */
  hold: z.object({ epoch: z.number().int(), millis: z.number() }).nullable(),
});
export type View = z.infer<typeof View>;
