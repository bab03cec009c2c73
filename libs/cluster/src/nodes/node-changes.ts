import type { administration } from '@tributary/contracts';

/** Something that happened to a node between two looks at the cluster. */
export type NodeChange =
  | { readonly event: 'node-joined'; readonly node: administration.ClusterNode }
  /** `stopped` said so itself; `silent` has not been heard of for a lease. */
  | {
      readonly event: 'node-left';
      readonly nodeId: string;
      readonly service: string;
      readonly reason: 'stopped' | 'silent';
    }
  | { readonly event: 'node-changed'; readonly nodeId: string; readonly service: string; readonly state: string }
  | { readonly event: 'lease-lapsed'; readonly nodeId: string; readonly service: string }
  | { readonly event: 'leader-changed'; readonly nodeId: string | null; readonly formerNodeId: string | null };

type Nodes = readonly administration.ClusterNode[];

/** What happened between two looks, in the order in which people understand it: who left, who came, what changed, who leads. */
export function changesBetween(before: Nodes, after: Nodes): NodeChange[] {
  const known = new Map(before.filter(isThere).map((node) => [node.nodeId, node]));
  const now = new Map(after.map((node) => [node.nodeId, node]));
  const left = [...known.values()].flatMap((node) => leftOf(node, now.get(node.nodeId)));
  const here = after.filter(isThere).flatMap((node) => changesOf(known.get(node.nodeId), node));
  return [...left, ...here, ...leaderChange(before, after)];
}

const isThere = (node: administration.ClusterNode): boolean => node.state !== 'unreachable';
/** A process that was started anew under its old name. */
const isAnother = (one: administration.ClusterNode, other: administration.ClusterNode): boolean =>
  one.pid !== other.pid || other.uptimeMillis < one.uptimeMillis;

function leftOf(before: administration.ClusterNode, after: administration.ClusterNode | undefined): NodeChange[] {
  if (after && isThere(after)) return [];
  const { nodeId, service } = before;
  return [{ event: 'node-left', nodeId, service, reason: after ? 'silent' : 'stopped' }];
}

function changesOf(before: administration.ClusterNode | undefined, node: administration.ClusterNode): NodeChange[] {
  const { nodeId, service, state } = node;
  if (!before) return [{ event: 'node-joined', node }];
  if (isAnother(before, node))
    return [
      { event: 'node-left', nodeId, service, reason: 'silent' },
      { event: 'node-joined', node },
    ];
  return [
    ...(before.state === state ? [] : [{ event: 'node-changed', nodeId, service, state } as const]),
    ...(node.lease.lapses > before.lease.lapses ? [{ event: 'lease-lapsed', nodeId, service } as const] : []),
  ];
}

const leaderOf = (nodes: Nodes): string | null => nodes.find((node) => node.isLeader)?.nodeId ?? null;

function leaderChange(before: Nodes, after: Nodes): NodeChange[] {
  const formerNodeId = leaderOf(before);
  const nodeId = leaderOf(after);
  return nodeId === formerNodeId ? [] : [{ event: 'leader-changed', nodeId, formerNodeId }];
}
