import { queryOptions } from '@tanstack/react-query';
import { get, send, type List } from './client';
import type { SiteMode } from './mode';

/** What system administrators see of the cluster and do with it; see docs/operations/monitoring.md. */
const base = '/rest/tributary/1/cluster';

export const services = ['gateway', 'identity', 'pages', 'attachments', 'search', 'cluster-coordinator'] as const;

export interface CacheFigures {
  readonly entries: number;
  readonly bytes: number;
  readonly bytesMax: number;
  readonly hits: number;
  readonly misses: number;
  readonly pins: number;
  readonly evictions: number;
}

export type NodeState = 'starting' | 'running' | 'draining' | 'stopping' | 'unreachable';

export interface ClusterNode {
  readonly nodeId: string;
  readonly service: string;
  readonly version: string;
  readonly state: NodeState;
  readonly uptimeMillis: number;
  /** Of one processor core. */
  readonly cpuShare: number;
  readonly residentBytes: number;
  readonly eventLoopLagMillis: { readonly p99: number; readonly max: number };
  readonly requestsPerSecond: number;
  readonly lease: { readonly isHeld: boolean; readonly lapsedMillis: number; readonly lapses: number };
  readonly hasCaches: boolean;
  readonly isAdmitted: boolean;
  readonly isLeader: boolean;
  readonly silentMillis: number;
  /** Null when the ledger can't be read. */
  readonly jobsRunning: number | null;
  readonly caches: readonly (CacheFigures & { readonly name: string })[];
}

export interface NamedCache extends CacheFigures {
  readonly name: string;
  readonly nodes: readonly (CacheFigures & { readonly nodeId: string })[];
}

export type RunState = 'due' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'skipped';

export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly kind: 'scheduled' | 'manual' | 'task';
  readonly state: RunState;
  readonly dueAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly elapsedTime: number;
  readonly percentageComplete: number;
  readonly attempt: number;
  readonly nodeId: string | null;
  readonly startedBy: string | null;
  readonly error: string | null;
}

export interface Job {
  readonly name: string;
  readonly service: string;
  readonly description: string;
  readonly schedule: { readonly cron: string; readonly timeZone: string } | { readonly everyMillis: number } | null;
  readonly enabled: boolean;
  readonly nextRunAt: string | null;
  readonly lastRun: JobRun | null;
  readonly running: number;
}

export interface HeldLock {
  readonly name: string;
  readonly nodeId: string;
  readonly token: number;
  readonly since: string;
}

export interface AuditRecord {
  readonly id: string;
  readonly at: string;
  readonly username: string;
  readonly action: string;
  readonly target: string | null;
  readonly nodeId: string | null;
  readonly outcome: 'asked' | 'done' | 'failed';
  readonly reason: string | null;
}

/** Something that must not be, as a coordinator told it; its text is for those who know the cluster, in English. */
export interface Alarm {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly nodeId: string;
  readonly text: string;
}

/** Nodes report about once a second; asking more often would show the same. */
const lookMillis = 2_000;
const live = { refetchInterval: lookMillis, staleTime: 0 } as const;

export const nodesQuery = queryOptions({
  queryKey: ['cluster', 'nodes'],
  queryFn: async ({ signal }) => (await get<{ results: readonly ClusterNode[] }>(`${base}/nodes`, signal)).results,
  ...live,
});

export const cachesQuery = queryOptions({
  queryKey: ['cluster', 'caches'],
  queryFn: async ({ signal }) => (await get<{ results: readonly NamedCache[] }>(`${base}/caches`, signal)).results,
  ...live,
});

/** The server describes jobs in the reader's language. */
export const jobsQuery = (language: string) =>
  queryOptions({
    queryKey: ['cluster', 'jobs', language],
    queryFn: async ({ signal }) => (await get<{ results: readonly Job[] }>(`${base}/jobs`, signal)).results,
    ...live,
  });

export const jobRunsQuery = (name: string) =>
  queryOptions({
    queryKey: ['cluster', 'runs', name],
    queryFn: async ({ signal }) =>
      (await get<{ runs: readonly JobRun[] }>(`${base}/jobs/${encodeURIComponent(name)}`, signal)).runs,
    ...live,
  });

export const locksQuery = queryOptions({
  queryKey: ['cluster', 'locks'],
  queryFn: async ({ signal }) => (await get<{ results: readonly HeldLock[] }>(`${base}/locks`, signal)).results,
  ...live,
});

export const alarmsQuery = queryOptions({
  queryKey: ['cluster', 'alarms'],
  queryFn: async ({ signal }) => (await get<{ results: readonly Alarm[] }>(`${base}/alarms`, signal)).results,
  ...live,
});

const recordsAtOnce = 50;
export const auditQuery = queryOptions({
  queryKey: ['cluster', 'audit'],
  queryFn: ({ signal }) => get<List<AuditRecord>>(`${base}/audit?limit=${recordsAtOnce}`, signal),
});

const post = async <T>(path: string, body?: unknown): Promise<T> => {
  const init =
    body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return (await send(`${base}/${path}`, { method: 'POST', ...init })).json() as Promise<T>;
};

export const commandNode = (nodeId: string, command: 'drain' | 'remove') =>
  post<ClusterNode>(`nodes/${encodeURIComponent(nodeId)}/${command}`);

export const runJob = (name: string) => post<JobRun>(`jobs/${encodeURIComponent(name)}/run`);

export async function enableJob(name: string, enabled: boolean): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const init = { method: 'PUT', headers, body: JSON.stringify({ enabled }) };
  await send(`${base}/jobs/${encodeURIComponent(name)}`, init);
}

export async function cancelRun(id: string): Promise<void> {
  await send(`${base}/runs/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export interface Flushed {
  readonly flushed: readonly { readonly nodeId: string; readonly name: string; readonly entries: number }[];
  readonly failed: readonly { readonly nodeId: string; readonly reason: string }[];
}

/** Empties one cache, or all, on all nodes. */
export const flushCaches = (name?: string) =>
  post<Flushed>(name === undefined ? 'caches/flush' : `caches/${encodeURIComponent(name)}/flush`);

export const changeMode = (change: { readonly readOnly?: boolean; readonly banner?: string | null }) =>
  post<SiteMode>('readonly', change);
