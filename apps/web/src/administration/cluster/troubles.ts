import type { MessageKey } from '../../messages/language';
import { services, type ClusterNode, type Job } from '../../rest/cluster';
import { formatDuration } from '../format-figures';

export interface Trouble {
  readonly key: MessageKey;
  readonly values: Record<string, string | number>;
  /** `note` is meant to be so; somebody may want to know it. */
  readonly weight: 'problem' | 'note';
}

/** An event loop that is later than this makes people wait. */
const lagMillisMax = 250;
/** A newcomer is admitted after the leader's first lease and the longest transaction. */
const joiningMillisMax = 30_000;

const problem = (key: MessageKey, values: Trouble['values'] = {}): Trouble => ({ key, values, weight: 'problem' });
const note = (key: MessageKey, values: Trouble['values'] = {}): Trouble => ({ key, values, weight: 'note' });

/** What isn't as it should be in the cluster, as sentences, the gravest first. */
export function troublesOf(nodes: readonly ClusterNode[], jobs: readonly Job[], language: string): Trouble[] {
  const there = nodes.filter((node) => node.state !== 'unreachable');
  const found = [
    ...clusterTroubles(there),
    ...nodes.flatMap((node) => nodeTroubles(node, (millis) => formatDuration(millis, language))),
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
