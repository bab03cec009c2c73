import { z } from 'zod';

/**
 * What the cluster's processes say to each other; the rules (R1..R13) are those of the coherence protocol. These messages are
 * many and small, and come only from processes of the same cluster, so they carry no more than they must.
 */

/** The KV bucket of leases: one stream, so registrations and leaders have a total order (R8). */
export const leaseBucket = 'tributary-leases';
export const leaderKey = 'leader';
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

export const subjects = {
  /** Writer to leader: PinRequest, repeated until it is granted. */
  pin: 'cluster.leader.pin',
  /** Writer to leader: UnpinRequest. */
  unpin: 'cluster.leader.unpin',
  /** Leader to all members: Pinned. */
  pinned: 'cluster.pinned',
  /** Leader to all members: Unpinned. */
  unpinned: 'cluster.unpinned',
  /** Leader to all, regularly and at its election: View. */
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

/** One pin: an id that its writer made, unique for ever, and the tags that are about to change. */
export interface PinnedTags {
  readonly id: string;
  readonly tags: readonly string[];
}

export interface PinRequest {
  readonly nodeId: string;
  readonly pins: readonly PinnedTags[];
}
export interface UnpinRequest {
  readonly ids: readonly string[];
}
/** `round` numbers the leader's broadcasts; members confirm by it. */
export interface Pinned {
  readonly token: number;
  readonly leaderId: string;
  readonly round: number;
  readonly pins: readonly PinnedTags[];
}
export interface Unpinned {
  readonly token: number;
  readonly ids: readonly string[];
}
export interface Confirmation {
  readonly token: number;
  readonly nodeId: string;
  readonly incarnation: number;
  readonly round: number;
}
export interface Granted {
  readonly token: number;
  readonly ids: readonly string[];
}
/** Lets one incarnation of a member use its caches; `pins` are those that are open (R7). */
export interface Admission {
  readonly token: number;
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
/** The members that the leader counts. Views only move forward: by token, then by epoch. */
export const View = z.object({
  token: z.number().int(),
  epoch: z.number().int(),
  leaderId: z.string(),
  members: z.array(ViewedMember),
});
export type View = z.infer<typeof View>;
