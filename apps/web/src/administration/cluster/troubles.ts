import type { MessageKey } from '../../messages/language';
import { services, type Alarm, type ClusterNode, type Job } from '../../rest/cluster';
import { formatDuration } from '../format-figures';

export interface Trouble {
  readonly key: MessageKey;
  readonly values: Record<string, string | number>;
  /** `note` is meant to be so; somebody may want to know it. */
  readonly weight: 'problem' | 'note';
}

/** What is looked at for troubles. */
export interface Watched {
  readonly nodes: readonly ClusterNode[];
  readonly jobs: readonly Job[];
  /** Newest first. */
  readonly alarms: readonly Alarm[];
}

/** An alarm is shown as a trouble for so long: somebody comes every day. */
const alarmMillisMax = 24 * 3_600_000;
/** An event loop that is later than this makes people wait. */
const lagMillisMax = 250;
/** A newcomer is admitted after the leader's first lease and the longest transaction. */
const joiningMillisMax = 30_000;

const problem = (key: MessageKey, values: Trouble['values'] = {}): Trouble => ({ key, values, weight: 'problem' });
const note = (key: MessageKey, values: Trouble['values'] = {}): Trouble => ({ key, values, weight: 'note' });

/** What isn't as it should be in the cluster, as sentences, the gravest first. */
export function troublesOf({ nodes, jobs, alarms }: Watched, language: string, now: number): Trouble[] {
  const duration = (millis: number): string => formatDuration(millis, language);
  const there = nodes.filter((node) => node.state !== 'unreachable');
  const found = [
    ...clusterTroubles(there),
    ...alarmTroubles(alarms, now, duration),
    ...nodes.flatMap((node) => nodeTroubles(node, duration)),
    ...versionTroubles(there),
    ...jobs.flatMap(jobTroubles),
  ];
  return [...found.filter(({ weight }) => weight === 'problem'), ...found.filter(({ weight }) => weight === 'note')];
}

function clusterTroubles(there: readonly ClusterNode[]): Trouble[] {
  const missing = services.filter((service) => !there.some((node) => node.service === service));
  return [
    ...(there.some((node) => node.isLeader) ? [] : [problem('trouble.noLeader')]),
    ...missing.map((service) => problem('trouble.noCopy', { service })),
    ...(there.some((node) => node.jobsRunning === null) ? [problem('trouble.noLedger')] : []),
  ];
}

const alarmKeys: Readonly<Record<string, MessageKey>> = {
  'database-conflict': 'alarm.databaseConflict',
  'database-restored': 'alarm.databaseRestored',
  'database-taken-over': 'alarm.databaseTakenOver',
  'safety-check': 'alarm.safetyCheck',
  'stale-cache': 'alarm.staleCache',
};

/** The newest alarm of each kind; a newer version may have kinds that this one doesn't know. */
function alarmTroubles(alarms: readonly Alarm[], now: number, duration: (millis: number) => string): Trouble[] {
  return [...Map.groupBy(alarms, ({ kind }) => kind).values()].flatMap(([newest]) => {
    if (!newest) return [];
    const millis = Math.max(0, now - Date.parse(newest.at));
    const values = { node: newest.nodeId, for: duration(millis), text: newest.text };
    return millis > alarmMillisMax ? [] : [problem(alarmKeys[newest.kind] ?? 'alarm.other', values)];
  });
}

function nodeTroubles(node: ClusterNode, duration: (millis: number) => string): Trouble[] {
  const named = { node: node.nodeId };
  if (node.state === 'unreachable') return [problem('trouble.silent', { ...named, for: duration(node.silentMillis) })];
  if (node.state === 'stopping') return [note('trouble.stopping', named)];
  if (!node.lease.isHeld && node.state !== 'starting') {
    const values = { ...named, for: duration(node.lease.lapsedMillis) };
    return [problem(node.hasCaches ? 'trouble.leaseLostCaches' : 'trouble.leaseLost', values)];
  }
  const isOverdue = node.hasCaches && !node.isAdmitted && node.uptimeMillis > joiningMillisMax;
  return [
    ...(isOverdue ? [problem('trouble.notAdmitted', named)] : []),
    ...(node.eventLoopLagMillis.p99 > lagMillisMax
      ? [problem('trouble.lag', { ...named, millis: Math.round(node.eventLoopLagMillis.p99) })]
      : []),
    ...(node.state === 'draining' ? [note('trouble.draining', named)] : []),
  ];
}

function versionTroubles(there: readonly ClusterNode[]): Trouble[] {
  const versions = [...new Set(there.map((node) => node.version))].toSorted();
  return versions.length > 1 ? [note('trouble.versions', { versions: versions.join(', ') })] : [];
}

function jobTroubles({ name, enabled, lastRun }: Job): Trouble[] {
  return [
    ...(lastRun?.state === 'failed' ? [problem('trouble.jobFailed', { job: name, error: lastRun.error ?? '' })] : []),
    ...(enabled ? [] : [note('trouble.jobDisabled', { job: name })]),
  ];
}
