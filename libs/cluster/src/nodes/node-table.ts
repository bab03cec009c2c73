import { administration, serviceNames } from '@tributary/contracts';

/** How long a node that fell silent is still shown, so that people see what is missing. */
const forgetMillis = 10 * 60_000;

interface Heard {
  readonly report: administration.NodeReport;
  readonly at: number;
}

/**
 * The nodes that reported, as one listener knows them. Clocks: the listener's monotonic one, passed in. Not promised: that two
 * listeners know the same at the same moment, or that a node that is shown as unreachable is dead.
 *
 * Pure: no timers, no messages.
 */
export class NodeTable {
  private readonly heard = new Map<string, Heard>();

  constructor(
    /** After so long without a report a node counts as unreachable. */
    private readonly silenceMillis: number,
  ) {}

  /** Takes note of a report; false when it isn't one, or there are too many nodes already. */
  take(message: unknown, now: number): boolean {
    const parsed = administration.NodeReport.safeParse(message);
    if (!parsed.success) return false;
    const report = parsed.data;
    if (report.isLeaving) {
      this.heard.delete(report.nodeId);
      return true;
    }
    this.forget(now);
    if (!this.heard.has(report.nodeId) && this.heard.size >= administration.nodesMax) return false;
    this.heard.set(report.nodeId, { report, at: now });
    return true;
  }

  /** Begins with what another listener knows. */
  seed(nodes: readonly administration.ClusterNode[], now: number): void {
    for (const { silentMillis, jobsRunning: _, state, ...node } of nodes) {
      if (this.heard.has(node.nodeId)) continue;
      const report = { ...node, state: state === 'unreachable' ? ('running' as const) : state, isLeaving: false };
      this.heard.set(node.nodeId, { report, at: now - silentMillis });
    }
  }

  /** All nodes: by service in the order of a request's way, then by name. */
  all(now: number): administration.ClusterNode[] {
    this.forget(now);
    return [...this.heard.values()].map((each) => this.shown(each, now)).toSorted(inOrder);
  }

  private shown({ report, at }: Heard, now: number): administration.ClusterNode {
    const { isLeaving: _, ...node } = report;
    const silentMillis = Math.max(0, Math.round(now - at));
    if (silentMillis < this.silenceMillis) return { ...node, silentMillis, jobsRunning: null };
    return { ...node, silentMillis, jobsRunning: null, state: 'unreachable', isLeader: false };
  }

  private forget(now: number): void {
    for (const [nodeId, { at }] of this.heard) if (now - at >= forgetMillis) this.heard.delete(nodeId);
  }
}

const rank = (node: administration.ClusterNode): number => serviceNames.indexOf(node.service);
const inOrder = (one: administration.ClusterNode, other: administration.ClusterNode): number =>
  rank(one) - rank(other) || one.nodeId.localeCompare(other.nodeId, 'en', { numeric: true });
