import { administration, serviceNames } from '@tributary/contracts';

/** How long a node that fell silent is still shown, so that people see what is missing. */
const forgetMillis = 10 * 60_000;

/** How often a node reports: so that one report may come a third of a lease late before the node counts as unreachable. */
export const reportMillisOf = (leaseMillis: number): number => Math.round((leaseMillis * 2) / 3);

/** A report, unread until somebody wants to know; undefined when it turns out to be none. */
interface Heard {
  readonly payload: Uint8Array;
  readonly at: number;
  report?: administration.NodeReport | undefined;
  isRead: boolean;
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

  /** Takes note of a node's report; false when there are too many nodes already. */
  take(nodeId: string, payload: Uint8Array, now: number): boolean {
    if (!this.heard.has(nodeId) && this.heard.size >= administration.nodesMax) this.forget(now);
    if (!this.heard.has(nodeId) && this.heard.size >= administration.nodesMax) return false;
    // A copy: what came from the socket is a part of something larger.
    this.heard.set(nodeId, { payload: payload.slice(), at: now, isRead: false });
    return true;
  }

  /** Begins with what another listener knows. */
  seed(nodes: readonly administration.ClusterNode[], now: number): void {
    for (const { silentMillis, jobsRunning: _, state, ...node } of nodes) {
      if (this.heard.has(node.nodeId)) continue;
      const report = { ...node, state: state === 'unreachable' ? ('running' as const) : state, isLeaving: false };
      this.heard.set(node.nodeId, { payload: new Uint8Array(), at: now - silentMillis, report, isRead: true });
    }
  }

  /** All nodes: by service in the order of a request's way, then by name. */
  all(now: number): administration.ClusterNode[] {
    this.forget(now);
    return [...this.heard.values()].flatMap((each) => this.shown(each, now)).toSorted(inOrder);
  }

  private shown(heard: Heard, now: number): administration.ClusterNode[] {
    const report = read(heard);
    if (!report || report.isLeaving) return [];
    const { isLeaving: _, ...node } = report;
    const silentMillis = Math.max(0, Math.round(now - heard.at));
    const shown = { ...node, silentMillis, jobsRunning: null };
    return [silentMillis < this.silenceMillis ? shown : { ...shown, state: 'unreachable', isLeader: false }];
  }

  private forget(now: number): void {
    for (const [nodeId, { at }] of this.heard) if (now - at >= forgetMillis) this.heard.delete(nodeId);
  }
}

function read(heard: Heard): administration.NodeReport | undefined {
  if (!heard.isRead) {
    heard.isRead = true;
    heard.report = reportIn(heard.payload);
  }
  return heard.report;
}

/** A newer version may report otherwise: then it isn't shown, and nothing breaks. */
function reportIn(payload: Uint8Array): administration.NodeReport | undefined {
  try {
    return administration.NodeReport.safeParse(JSON.parse(decoder.decode(payload))).data;
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder();
const rank = (node: administration.ClusterNode): number => serviceNames.indexOf(node.service);
const inOrder = (one: administration.ClusterNode, other: administration.ClusterNode): number =>
  rank(one) - rank(other) || one.nodeId.localeCompare(other.nodeId, 'en', { numeric: true });
