import { z } from 'zod';

/**
 * What the cluster's processes say to each other; the rules R1 to R13 are those of the coherence protocol, R14 to R16 those of
 * docs/decisions/016, R17 and R18 of 019. These messages are many and small, and come only from processes of the same cluster, so they
 * carry no more than they must.
 */

/** The KV bucket of leases: one stream, so registrations and leaders have a total order (R8). */
export const leaseBucket = 'tributary-leases';
export const leaderKey = 'leader';
/** What the cluster is, as NATS knows it: ClusterIdentity. It never runs out. */
export const identityKey = 'cluster';
/** How its processes count time, ClusterTimes; it doesn't run out either. */
export const timesKey = 'times';
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
  /** Whether it confirms to a writer what the leader asks it to (R18); those of older versions confirm to the leader only. */
  confirmsToWriters: z.boolean().optional(),
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

/** What must be the same in all processes of a cluster, in milliseconds. */
export const ClusterTimes = z.object({
  leaseMillis: z.number().int(),
  transactionTimeoutMillis: z.number().int(),
});
export type ClusterTimes = z.infer<typeof ClusterTimes>;

export const subjects = {
  /** Writer to leader: PinRequest, repeated until it is granted. */
  pin: 'cluster.leader.pin',
  /** Writer to leader: UnpinRequest. */
  unpin: 'cluster.leader.unpin',
  /** Leader to all members: Pinned. */
  pinned: 'cluster.pinned',
  /** Leader to one member, where others hold nothing of it: Pinned. */
  pinnedAt: (nodeId: string): string => `cluster.pinned.${nodeId}`,
  /** Leader to all members: Unpinned. */
  unpinned: 'cluster.unpinned',
  /** Leader to one of those whom alone it told of the pin: Unpinned. */
  unpinnedAt: (nodeId: string): string => `cluster.unpinned.${nodeId}`,
  /** Member to leader: Listing. */
  listing: 'cluster.leader.listing',
  /** Leader to member: Listed. */
  listed: (nodeId: string): string => `cluster.listed.${nodeId}`,
  /** Leader to all, regularly and at its election: View, whole when its members changed. */
  view: 'cluster.view',
  /** Member to leader: Confirmation. */
  confirmed: (leaderId: string): string => `cluster.confirmed.${leaderId}`,
  /** Member to the writer that the leader named: ConfirmationToWriter. */
  confirmedToWriter: (nodeId: string): string => `cluster.confirmed.writer.${nodeId}`,
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
  /** Its transaction goes on for so long that it lasts anew from now on (R6). */
  readonly renews?: boolean;
}

/**
 * `ends` are ids of pins that are over: they travel with the next pins, or by themselves after a moment. `confirms`: the writer's own
 * incarnation, in which store of leases, where it has caches; it holds these pins already, until its transactions are over, so nobody asks it (R17).
 * `takesConfirmations`: members may confirm to the writer itself (R18).
 */
export interface PinRequest {
  readonly nodeId: string;
  readonly pins: readonly PinnedTags[];
  readonly confirms?: { readonly store: number; readonly incarnation: number };
  readonly takesConfirmations?: boolean;
  readonly ends?: readonly string[];
}
export interface UnpinRequest {
  readonly ids: readonly string[];
}
/**
 * `round` numbers the leader's rounds of pins; members confirm by it. `confirmTo`: these incarnations, and no others that hear it, confirm
 * to this writer, whose pins all of them are, instead of to the leader (R18).
 */
export interface Pinned extends Term, Position {
  readonly leaderId: string;
  readonly round: number;
  readonly pins: readonly PinnedTags[];
  readonly confirmTo?: { readonly nodeId: string; readonly incarnations: readonly number[] };
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
/** One of `of` incarnations, all of which must confirm before the pins with these ids are granted. */
export interface ConfirmationToWriter extends Term {
  readonly incarnation: number;
  readonly round: number;
  readonly of: number;
  readonly ids: readonly string[];
}
export interface Granted extends Term {
  readonly ids: readonly string[];
}
/**
 * Lets one incarnation of a member use its caches; `pins` are those that are open (R7). `lists`: this leader keeps a directory, so the
 * member keeps nothing that it hasn't listed there. Without it, of an older leader, every pin comes to every member.
 */
export interface Admission extends Term {
  readonly incarnation: number;
  readonly pins: readonly PinnedTags[];
  readonly lists?: boolean;
}

/** Tags are listed by buckets, of which several tags may share one: a member's list is 32 kB then, whatever it holds. */
export const bucketCount = 2 ** 18;
/** A tag's bucket: FNV-1a (32 bits, over UTF-16 units), its lowest bits. All versions of the cluster's processes must agree on it. */
export function bucketOf(tag: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < tag.length; at += 1) hash = Math.imul(hash ^ tag.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % bucketCount;
}

/**
 * How many pins and ends of pins a leader has seen, for members to say from when on they know of a load. 0: it leads for too short a
 * time to know what its predecessor granted (R8).
 */
export interface Position {
  readonly position?: number;
}

/**
 * A member tells the leader what it is going to hold, and holds it when the leader has answered (R14); and what it holds no more.
 * `change` grows with each listing of an incarnation: what is dropped doesn't count where a later listing was seen (R16).
 */
export interface Listing extends Term {
  readonly nodeId: string;
  readonly incarnation: number;
  readonly change: number;
  /** All buckets, as deflated bits in base64, for a leader that doesn't know them; it asks the member of every pin until then (R15). */
  readonly all?: string;
  /** Buckets, each with the leader's position when the load began whose answer shall be kept. */
  readonly adds: readonly (readonly [bucket: number, since: number])[];
  readonly drops: readonly number[];
}
/** The leader's answer: pins of these buckets come to the member from now on. */
export interface Listed extends Term, Position {
  readonly incarnation: number;
  readonly change: number;
  /** Whether the leader knows all that this member lists. */
  readonly isWhole: boolean;
  /** False: it leads for too short a time, and nothing of this may be held yet (R8). */
  readonly isReady: boolean;
  /** Buckets with a pin that was open at some time since the position that was given: loads from before this answer aren't kept. */
  readonly touched: readonly number[];
  /** Open pins of these buckets. */
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
  /** Whether the leader keeps a directory of what members hold; older ones don't. */
  lists: z.boolean().optional(),
  /** See Position. */
  position: z.number().int().optional(),
  /** The cluster's hold on its database, for so long from the sending on; null while there is none. */
  hold: z.object({ epoch: z.number().int(), millis: z.number() }).nullable(),
});
export type View = z.infer<typeof View>;
