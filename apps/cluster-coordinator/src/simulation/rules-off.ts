import { CacheGate, ClusterMember, ConfirmedRounds, ListedBuckets, type Permit } from '@tributary/cluster';
import type { cluster } from '@tributary/contracts';
import { MemberTable } from '../membership/member-table.js';
import { Registrations } from '../membership/registrations.js';
import { PinLedger } from '../pins/pin-ledger.js';
import { SharerDirectory } from '../pins/sharer-directory.js';
import type { Without } from './simulated-cluster.js';

/** A rule of the protocol taken away: from the world around the code, or from the code itself while `undo` isn't called. */
export interface RuleOff {
  readonly rule: string;
  /** From which on seeds are tried: one that finds it at once, as long as the code does what it does now. */
  readonly seed: number;
  readonly without?: Without;
  readonly apply?: () => () => void;
}

/** Private parts of a gate that a rule can be taken from. */
interface GateInside {
  incarnation: number;
  admittedIncarnation: number;
  leaseUntil: number;
  token: number;
  openTags: ReadonlyMap<string, number>;
  now(): number;
}
const insideOf = (gate: CacheGate): GateInside => gate as unknown as GateInside;

/** Replaces a method; returns what puts the old one back. */
function replace<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  make: (original: T[K]) => T[K],
): () => void {
  const original = prototype[name];
  prototype[name] = make(original);
  return () => {
    prototype[name] = original;
  };
}

const admitAnyIncarnation = (): (() => void) =>
  replace(
    CacheGate.prototype,
    'admit',
    (original) =>
      function (this: CacheGate, admission) {
        return original.call(this, { ...admission, incarnation: insideOf(this).incarnation });
      },
  );

const isOfThisTime = (gate: CacheGate, permit: Permit): boolean =>
  gate.isServing() && permit.incarnation === insideOf(gate).incarnation;

/** What pins say of a load is replaced; what the directory says of it stays. */
const keepWhen = (mayKeep: (gate: CacheGate, permit: Permit, tags: readonly string[]) => boolean): (() => void) =>
  replace(
    CacheGate.prototype,
    'isUnchanged' as keyof CacheGate,
    () =>
      function (this: CacheGate, permit: Permit, tags: readonly string[]) {
        return mayKeep(this, permit, tags);
      } as never,
  );

export const rulesOff: readonly RuleOff[] = [
  { rule: 'R1 pin before the commit', seed: 1, without: { pinBeforeCommit: true } },
  {
    rule: 'R2 and R3 a pin ends loads under way, also those that learn of its tags on arrival',
    seed: 6,
    apply: () =>
      keepWhen(
        (gate, permit, tags) => isOfThisTime(gate, permit) && tags.every((tag) => !insideOf(gate).openTags.has(tag)),
      ),
  },
  {
    rule: 'R2 nothing is kept while it is pinned',
    seed: 2,
    apply: () => keepWhen(isOfThisTime),
  },
  { rule: 'R4 nobody is gone by the word of a clock of NATS', seed: 19, without: { silenceBeforeGone: true } },
  {
    rule: 'R4 a new leader counts whose key ran out early',
    seed: 50,
    apply: () =>
      replace(
        Registrations.prototype,
        'keyRanOut',
        () =>
          function (this: Registrations, nodeId: string) {
            this.left(nodeId);
          },
      ),
  },
  {
    rule: 'R5 a lease counts from before its renewal was sent, less a margin',
    seed: 3_223,
    apply: () =>
      replace(
        CacheGate.prototype,
        'renewed',
        (original) =>
          function (this: CacheGate, until: number) {
            const inside = insideOf(this);
            const renewed = original.call(this, until);
            if (renewed) inside.leaseUntil = inside.now() + 400;
            return renewed;
          },
      ),
  },
  { rule: 'R6 pins last longer than transactions', seed: 2_809, without: { transactionTimeout: true } },
  {
    rule: 'R7 a joiner waits for its admission',
    seed: 0,
    apply: () =>
      replace(
        CacheGate.prototype,
        'registered',
        (original) =>
          function (this: CacheGate, incarnation: number, until: number, store: number) {
            original.call(this, incarnation, until, store);
            insideOf(this).admittedIncarnation = incarnation;
          },
      ),
  },
  {
    rule: 'R7 who lapsed forgets its entries',
    seed: 92,
    apply: () => replace(CacheGate.prototype, 'dropAll' as keyof CacheGate, () => (() => undefined) as never),
  },
  {
    rule: 'R8 a new leader counts who registered before its election',
    seed: 9,
    apply: () =>
      replace(
        MemberTable.prototype,
        'seen',
        (original) =>
          function (this: MemberTable, registration, incarnation, now) {
            return original.call(this, registration, incarnation, now, false);
          },
      ),
  },
  {
    rule: 'R12 without a lease nothing is served',
    seed: 70,
    apply: () =>
      replace(
        CacheGate.prototype,
        'isServing',
        () =>
          function (this: CacheGate) {
            const inside = insideOf(this);
            return inside.admittedIncarnation === inside.incarnation;
          },
      ),
  },
  {
    rule: 'R13 admissions name the incarnation',
    seed: 1_011,
    apply: admitAnyIncarnation,
  },
  {
    // Alone it isn't missed: who was admitted in error keeps nothing that it hasn't listed (R14), what a former leader sends late names
    // an incarnation, and a write doesn't wait for it so long. This world is one in which R13 off alone isn't missed either, because
    // readers know who leads.
    rule: 'R9 commands of a former leader are refused, together with R13 and R14',
    seed: 233,
    without: { deafnessToLeaders: true, directory: true },
    apply: () => {
      const undo = [replace(CacheGate.prototype, 'acknowledge', () => () => true), admitAnyIncarnation()];
      return () => undo.forEach((each) => each());
    },
  },
  {
    rule: 'R14 nothing is kept that is not listed',
    seed: 1,
    apply: () => replace(ListedBuckets.prototype, 'covers', () => () => 'yes'),
  },
  {
    rule: 'R14 nothing is kept that was pinned, unheard, since its load began',
    seed: 228,
    apply: () => replace(PinLedger.prototype, 'touchedSince', () => () => []),
  },
  {
    rule: 'R8 a new leader lists nothing while pins of a former one may be open',
    seed: 2_187,
    apply: () =>
      replace(
        PinLedger.prototype,
        'request',
        (original) =>
          function (this: PinLedger, writer, pins, now) {
            this.settle();
            return original.call(this, writer, pins, now);
          },
      ),
  },
  {
    rule: 'R15 a new leader asks who has not told it what it holds',
    seed: 4,
    apply: () =>
      replace(
        SharerDirectory.prototype,
        'sharersOf',
        (original) =>
          function (this: SharerDirectory, tags, members) {
            return original.call(
              this,
              tags,
              members.filter((each) => !this.isUnlisted(each)),
            );
          },
      ),
  },
  {
    rule: 'R16 what is withdrawn late does not undo a later listing',
    seed: 77,
    apply: () =>
      replace(
        SharerDirectory.prototype,
        'take',
        (original) =>
          function (this: SharerDirectory, listing) {
            for (const list of listsOf(this)) list.lastChange = -1;
            return original.call(this, listing);
          },
      ),
  },
  {
    rule: 'R17 who writes holds its own pins, for it is not asked',
    seed: 0,
    without: { mereWriters: true },
    apply: () => replace(CacheGate.prototype, 'holdOwn', () => () => undefined),
  },
  {
    rule: 'R18 a writer waits for all whom the leader named',
    seed: 3,
    apply: () => replace(ConfirmedRounds.prototype, 'isComplete', () => () => true),
  },
  {
    rule: 'R18 only those confirm to a writer whom the leader named',
    seed: 5,
    apply: () =>
      replace(
        ClusterMember.prototype,
        'confirm' as keyof ClusterMember,
        (original) =>
          function (this: ClusterMember, pinned: cluster.Pinned) {
            const { incarnation } = this as unknown as { incarnation: number };
            const others = pinned.confirmTo?.incarnations.filter((each) => each !== incarnation) ?? [];
            const confirmTo = pinned.confirmTo && {
              ...pinned.confirmTo,
              incarnations: [incarnation, ...others].slice(0, pinned.confirmTo.incarnations.length),
            };
            return (original as unknown as (message: object) => void).call(this, { ...pinned, confirmTo });
          } as never,
      ),
  },
];

const listsOf = (directory: SharerDirectory): Iterable<{ lastChange: number }> =>
  (directory as unknown as { lists: Map<number, { lastChange: number }> }).lists.values();
