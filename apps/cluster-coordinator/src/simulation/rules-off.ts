import { CacheGate, type Permit } from '@tributary/cluster';
import { MemberTable } from '../membership/member-table.js';
import { Registrations } from '../membership/registrations.js';
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

export const rulesOff: readonly RuleOff[] = [
  { rule: 'R1 pin before the commit', seed: 5, without: { pinBeforeCommit: true } },
  {
    rule: 'R2 a pin revokes the permits of loads under way',
    seed: 9,
    apply: () =>
      replace(
        CacheGate.prototype,
        'mayKeep',
        () =>
          function (this: CacheGate, permit: Permit, tags: readonly string[]) {
            const inside = insideOf(this);
            return (
              this.isServing() &&
              permit.incarnation === inside.incarnation &&
              tags.every((tag) => !inside.openTags.has(tag))
            );
          },
      ),
  },
  {
    rule: 'R2 nothing is kept while it is pinned',
    seed: 2,
    apply: () =>
      replace(
        CacheGate.prototype,
        'mayKeep',
        () =>
          function (this: CacheGate, permit: Permit) {
            return this.isServing() && permit.incarnation === insideOf(this).incarnation;
          },
      ),
  },
  { rule: 'R4 nobody is gone by the word of a clock of NATS', seed: 24, without: { silenceBeforeGone: true } },
  {
    rule: 'R4 a new leader counts whose key ran out early',
    seed: 92,
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
    seed: 369,
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
  { rule: 'R6 pins last longer than transactions', seed: 22, without: { transactionTimeout: true } },
  {
    rule: 'R7 a joiner waits for its admission',
    seed: 4,
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
    seed: 120,
    apply: () => replace(CacheGate.prototype, 'dropAll' as keyof CacheGate, () => (() => undefined) as never),
  },
  {
    rule: 'R8 a new leader counts who registered before its election',
    seed: 7,
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
    rule: 'R13 admissions name the incarnation',
    seed: 700,
    apply: admitAnyIncarnation,
  },
  {
    // Alone it isn't missed: what a former leader sends late names an incarnation, and a write doesn't wait for it so long. This
    // world is one in which R13 off alone isn't missed either, because readers know who leads.
    rule: 'R9 commands of a former leader are refused, together with R13',
    seed: 99,
    without: { deafnessToLeaders: true },
    apply: () => {
      const undo = [replace(CacheGate.prototype, 'acknowledge', () => () => true), admitAnyIncarnation()];
      return () => undo.forEach((each) => each());
    },
  },
];
