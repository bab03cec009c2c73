import { RunningCluster } from '@tributary/test-servers';

/** One cluster for all specs of the suite; each works in spaces and with users of its own. */
export default async function setup() {
  const cluster = await RunningCluster.start({ gateways: 2, pages: 2 });
  globalThis.tributaryCluster = cluster;
  const { gateways, password, dataDir } = cluster;
  process.env.TRIBUTARY_TEST_CLUSTER = JSON.stringify({ gateways, password, dataDir });
}
