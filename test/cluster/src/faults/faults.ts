import { pick } from '../requests.js';
import { shortLeases } from '../short-leases.js';
import type { Chances } from './chances.js';
import type { NamespacedCluster } from './namespaced-cluster.js';
import type { NodeProcess } from './node-process.js';
import { serverFaults } from './server-faults.js';
import type { Weather } from './wire.js';

export const leaseMillis = Number(shortLeases.TRIBUTARY_LEASE_MILLIS);
/** Longer than the lease of whoever is hit, and than the two leases after which its runs are given to others. */
const usualMillis = 2.8 * leaseMillis;
/** Longer than a client of NATS needs to find out that its connection is dead. */
const longMillis = 12_000;
const hour = 3_600;

/** What a fault is done to; `ticker` owns a job. */
export const targets = ['gateway', 'pages', 'leading coordinator', 'following coordinator', 'ticker'] as const;
export type Target = (typeof targets)[number];

/** Something that goes wrong, and what makes it go right again. */
export interface Fault {
  readonly name: string;
  /** How long it lasts. */
  readonly millis: number;
  /** Whether a leader that it is done to can't lead meanwhile. */
  readonly takesTheLead?: boolean;
  /** What goes on meanwhile: all but the node that it is done to, unless nothing can. */
  readonly stopsAll?: boolean;
  /** Does it; what is returned ends it. */
  begin(cluster: NamespacedCluster, node: NodeProcess, chances: Chances): Promise<() => Promise<void>>;
}

const weather = (name: string, millis: number, takesTheLead: boolean, kind: Omit<Weather, 'seed'>): Fault => ({
  name,
  millis,
  takesTheLead,
  begin: (cluster, node, chances) =>
    node.host.suffer({ ...kind, seed: Math.floor(chances() * 1e9) }, cluster.wireProgram),
});

const nodeFaults: readonly Fault[] = [
  {
    name: 'is killed',
    millis: 0.5 * leaseMillis,
    takesTheLead: true,
    async begin(_cluster, node) {
      await node.kill();
      return () => node.start();
    },
  },
  {
    name: 'is paused',
    millis: usualMillis,
    takesTheLead: true,
    begin(_cluster, node) {
      node.signal('SIGSTOP');
      return Promise.resolve(() => Promise.resolve(node.signal('SIGCONT')));
    },
  },
  weather('is cut off', usualMillis, true, { cut: 'both' }),
  weather('is cut off for long', longMillis, true, { cut: 'both' }),
  {
    name: 'loses its link to PostgreSQL',
    millis: longMillis,
    begin: (_cluster, node) => node.host.losePostgres(),
  },
  weather('can not send', usualMillis, true, { cut: 'out' }),
  weather('can not hear', usualMillis, true, { cut: 'in' }),
  weather('is slow and loses frames', 3 * leaseMillis, false, { delayMillis: 200, loss: 0.05 }),
  {
    name: 'has a wall clock that jumps',
    millis: 2 * leaseMillis,
    async begin(_cluster, node, chances) {
      await node.clock.shift(pick([3 * hour, -3 * hour, 50 * hour], chances));
      return () => node.clock.shift(0);
    },
  },
];

/** One fault done to one target. */
export interface Trial {
  readonly name: string;
  readonly fault: Fault;
  readonly target: Target;
}

const trialOf = (fault: Fault, target: Target): Trial => ({ name: `${target} ${fault.name}`, fault, target });

/** Everything: what is done to nodes and their nats-servers, to each target; what is done to all servers, once. */
export const allTrials: readonly Trial[] = [
  ...[...nodeFaults, ...serverFaults.oneOfThree].flatMap((fault) => targets.map((target) => trialOf(fault, target))),
  ...serverFaults.ofAll.map((fault) => ({ name: fault.name, fault, target: 'leading coordinator' as const })),
];

/** Two faults at once, to two parts; undefined when they would get in each other's way. */
export function bothOf(one: Trial, other: Trial): Trial | undefined {
  const isNodeFault = nodeFaults.includes(one.fault);
  const areApart = one.target.split(' ').at(-1) !== other.target.split(' ').at(-1);
  if (!isNodeFault || !areApart) return undefined;
  const fault: Fault = {
    name: `${one.name} and ${other.name}`,
    millis: Math.max(one.fault.millis, other.fault.millis),
    stopsAll: true,
    async begin(cluster, node, chances) {
      const endOne = await one.fault.begin(cluster, node, chances);
      try {
        const endOther = await other.fault.begin(cluster, await nodeOf(cluster, other.target, chances), chances);
        return async () => {
          try {
            await endOther();
          } finally {
            await endOne();
          }
        };
      } catch (error) {
        await endOne();
        throw error;
      }
    },
  };
  return { name: fault.name, fault, target: one.target };
}

/**
 * What each run of the tests looks at: every target. Left to the whole matrix are long cuts, full disks, nats-servers that are cut off or
 * all killed, and a killed PostgreSQL.
 */
export const shortTrials: readonly Trial[] = [
  'gateway is cut off',
  'gateway is paused',
  'gateway can not hear',
  'gateway has a wall clock that jumps',
  'pages can not send',
  'pages is killed',
  'leading coordinator is cut off',
  'pages loses its link to PostgreSQL',
  'following coordinator is slow and loses frames',
  'ticker is cut off',
  'leading coordinator loses its nats-server',
  'all coordinators are killed',
  'PostgreSQL restarts',
  'all nats-servers restart',
].map((name) => {
  const found = allTrials.find((trial) => trial.name === name);
  if (!found) throw new Error(`There is no trial "${name}"`);
  return found;
});

/** The node that a trial's fault is done to at this moment. */
export async function nodeOf(cluster: NamespacedCluster, target: Target, chances: Chances): Promise<NodeProcess> {
  if (target === 'gateway' || target === 'pages' || target === 'ticker') return pick(cluster.nodesOf(target), chances);
  const leader = await cluster.leader();
  if (target === 'leading coordinator') return leader;
  const others = cluster.nodesOf('cluster-coordinator').filter((node) => node !== leader);
  return pick(others, chances);
}
