import { setTimeout as sleep } from 'node:timers/promises';
import { RunningCluster, until, type ClusterNode } from '@tributary/test-servers';
import type { Load } from './load.js';

/** Time that a load balancer needs to notice a gateway that drains: two of its checks, and some. */
const noticeMillis = 3_000;
const expectedPerPhase = 30;

/** The processes of a cluster that are restarted: all but its servers. */
export const services = async (cluster: RunningCluster): Promise<ClusterNode[]> =>
  (await cluster.nodes()).filter(({ service }) => !['postgres', 'nats'].includes(service));

/** One copy after the other: a new one comes, then the old one goes, and requests go on. */
export async function restart(cluster: RunningCluster, node: ClusterNode, load: Load): Promise<void> {
  if (node.service === 'gateway') {
    // Its address is in the load balancer's list: it goes first, and its successor takes the address.
    await cluster.drain(node.nodeId);
    await sleep(noticeMillis);
    await cluster.stopNode(node.nodeId, { kill: false });
    await cluster.add(node.service);
    await sleep(noticeMillis);
  } else {
    await cluster.add(node.service);
    await cluster.stopNode(node.nodeId, { kill: false });
  }
  const before = load.done;
  await until(`requests after ${node.nodeId}`, async () => load.done >= before + expectedPerPhase);
}
