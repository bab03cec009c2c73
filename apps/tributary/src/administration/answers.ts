/** What the REST API answers, as far as it is shown. */
export interface List<T> {
  readonly results: readonly T[];
  readonly start?: number;
  readonly _links?: { readonly next?: string };
}
export interface Run {
  readonly id: string;
  readonly job: string;
  readonly state: string;
  readonly dueAt: string;
  readonly finishedAt: string | null;
  readonly elapsedTime: number;
  readonly nodeId: string | null;
  readonly error: string | null;
}
export interface Job {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly schedule: unknown;
  readonly nextRunAt: string | null;
  readonly lastRun: Run | null;
  readonly running: number;
}
export interface Caches {
  readonly name: string;
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  readonly pins: number;
  readonly evictions: number;
}
export interface Flushed {
  readonly flushed: readonly { readonly nodeId: string; readonly name: string; readonly entries: number }[];
  readonly failed: readonly { readonly nodeId: string; readonly reason: string }[];
}
export interface Mode {
  readonly readOnly: boolean;
  readonly banner: string | null;
}
export interface Upgrade {
  readonly state: string;
  readonly nodes: readonly { readonly id: string; readonly version: string }[];
}

export const dash = (value: string | null | undefined): string => value ?? '-';

/** A process as the cluster knows it. */
export interface Member {
  readonly nodeId: string;
  readonly state: string;
  readonly isLeader: boolean;
  readonly version: string;
  readonly uptimeMillis: number;
  readonly lease: { readonly isHeld: boolean };
  readonly cpuShare: number;
  readonly residentBytes: number;
  readonly eventLoopLagMillis: { readonly p99: number };
  readonly jobsRunning: number | null;
  readonly requestsPerSecond: number;
  readonly caches: readonly { readonly bytes: number; readonly hits: number; readonly misses: number }[];
}

/** Members as rows for people, of 100 columns at most as a rule. */
export function rowsOf(members: readonly Member[]): string[][] {
  const rows = members.map((member) => [
    member.nodeId,
    `${member.state}${member.isLeader ? ' (leads)' : ''}`,
    member.version,
    shortTime(member.uptimeMillis),
    member.lease.isHeld ? 'held' : 'lapsed',
    `${Math.round(member.cpuShare * 100)}%`,
    megabytes(member.residentBytes),
    `${Math.round(member.eventLoopLagMillis.p99)}ms`,
    member.jobsRunning === null ? '?' : String(member.jobsRunning),
    member.requestsPerSecond.toFixed(1),
    cached(member.caches),
  ]);
  return [['NODE', 'STATE', 'VERSION', 'UP', 'LEASE', 'CPU', 'MEM', 'LAG', 'JOBS', 'REQ/S', 'CACHED'], ...rows];
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)}M`;

/** In the largest unit that fits. */
function shortTime(millis: number): string {
  const [unit, size] = units.find(([, each]) => millis >= each) ?? (['s', 1_000] as const);
  return `${Math.floor(millis / size)}${unit}`;
}
const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
] as const;

/** Bytes of all near caches, and how often they had the answer. */
function cached(caches: Member['caches']): string {
  const sum = (figure: 'bytes' | 'hits' | 'misses') => caches.reduce((all, cache) => all + cache[figure], 0);
  const asked = sum('hits') + sum('misses');
  return asked === 0 ? '' : `${megabytes(sum('bytes'))} ${Math.floor((sum('hits') / asked) * 100)}%`;
}
