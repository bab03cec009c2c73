import type { administration } from '@tributary/contracts';

/** Confluence's states of a node. */
const confluenceStates = {
  starting: 'STARTING',
  running: 'ACTIVE',
  draining: 'DRAINING',
  stopping: 'TERMINATING',
  unreachable: 'OFFLINE',
} as const satisfies Record<administration.ClusterNode['state'], string>;

/** Confluence counts its builds; ours has none beside its version. */
const buildNumber = '1';

type Texts = Record<string, string>;

const textsOf = (values: Record<string, string | number | boolean>): Texts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

/** A node as `GET /rest/api/cluster/nodes` shows it; Confluence's maps hold what there is of a process that is no Java. */
export const presentConfluenceNode = (node: administration.ClusterNode, localId: string) => ({
  nodeId: node.nodeId,
  name: node.nodeId,
  address: node.address,
  isLocal: node.nodeId === localId,
  state: confluenceStates[node.state],
  version: node.version,
  buildNumber,
  jvmStats: textsOf({
    'resident.memory.bytes': node.residentBytes,
    'cpu.share': node.cpuShare.toFixed(3),
    'event.loop.lag.millis': node.eventLoopLagMillis.p99,
    'uptime.millis': node.uptimeMillis,
  }),
  props: textsOf({ service: node.service, pid: node.pid, leader: node.isLeader }),
  buildStats: textsOf({ version: node.version, 'build.number': buildNumber }),
});

/** A node as the routes of rolling upgrades show it. */
export function presentUpgradeNode(node: administration.ClusterNode, localId: string) {
  const { hostname, port } = new URL(node.address);
  return {
    id: node.nodeId,
    name: node.nodeId,
    ipAddress: hostname,
    portNumber: Number(port),
    state: confluenceStates[node.state],
    tasksTotal: node.jobsRunning ?? 0,
    activeUserCount: 0,
    buildNumber,
    version: node.version,
    local: node.nodeId === localId,
    links: [],
  };
}

/** A node as we show it ourselves. */
export const presentNode = ({ address, caches, ...node }: administration.ClusterNode) => ({
  ...node,
  url: address,
  caches,
});

type Figures = Omit<administration.CacheFigures, 'name'>;

const sumOf = (one: Figures, other: Figures): Figures => ({
  entries: one.entries + other.entries,
  bytes: one.bytes + other.bytes,
  bytesMax: one.bytesMax + other.bytesMax,
  hits: one.hits + other.hits,
  misses: one.misses + other.misses,
  pins: one.pins + other.pins,
  evictions: one.evictions + other.evictions,
});

/** Caches by name, summed over the nodes that can be reached, and each node's own share. */
export function presentCaches(nodes: readonly administration.ClusterNode[]) {
  const held = nodes
    .filter(({ state }) => state !== 'unreachable')
    .flatMap(({ nodeId, caches }) => caches.map((cache) => ({ nodeId, cache })));
  return [...Map.groupBy(held, ({ cache }) => cache.name)].map(([name, shares]) => {
    const figures = shares.map(({ cache: { name: _, ...rest } }) => rest);
    const perNode = shares.map(({ nodeId }, index) => ({ nodeId, ...(figures[index] as Figures) }));
    return { name, ...figures.reduce(sumOf), nodes: perNode };
  });
}
