/** What the REST API answers, as far as it is shown. */
export interface List<T> {
  readonly results: readonly T[];
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

/** Nodes as rows for people. */
export function rowsOf(nodes: readonly Record<string, unknown>[]): string[][] {
  const rows = nodes.map((node) => [
    textOf(node['nodeId']),
    `${textOf(node['state'])}${node['isLeader'] ? ' (leads)' : ''}`,
    textOf(node['version']),
    (node['lease'] as { isHeld: boolean }).isHeld ? 'held' : 'lapsed',
    `${Math.round(Number(node['cpuShare']) * 100)}%`,
    `${Math.round(Number(node['residentBytes']) / 1024 / 1024)} MiB`,
    Number(node['requestsPerSecond']).toFixed(1),
  ]);
  return [['NODE', 'STATE', 'VERSION', 'LEASE', 'CPU', 'MEMORY', 'REQUESTS/S'], ...rows];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
