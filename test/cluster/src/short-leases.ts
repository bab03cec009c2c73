import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until, type RunningCluster } from '@tributary/test-servers';

/** Short leases, so that a test sees them end: the relations between the times are those of the defaults. */
export const shortLeases = {
  TRIBUTARY_LEASE_MILLIS: '1500',
  TRIBUTARY_RENEW_MILLIS: '400',
  TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS: '3500',
  TRIBUTARY_LOG_LEVEL: 'debug',
};

/** Until every gateway and every copy of pages was admitted to its caches: without them tests of coherence show nothing. */
export const cachesAreOn = (cluster: RunningCluster): Promise<void> =>
  until('caches of all gateways and pages', async () => {
    const nodes = (await cluster.nodes()).filter(
      (node) => ['gateway', 'pages'].includes(node.service) && node.state === 'running',
    );
    const logs = await Promise.all(
      nodes.map((node) => readFile(join(cluster.dataDir, 'logs', `${node.nodeId}.log`), 'utf8')),
    );
    return logs.every((log) => log.includes('caches may be used'));
  });
