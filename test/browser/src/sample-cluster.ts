import { LoadBalancer, RunningCluster } from '@tributary/test-servers';
import { chromiumPath } from './chromium.js';
import { RestClient, SampleWiki, type SamplePages } from './sample-wiki.js';

/** What specs know of the cluster that they share. */
export interface SampleCluster {
  /** A load balancer that sends each request to the next of the two gateways. */
  readonly url: string;
  readonly gateways: readonly [string, string];
  readonly administrator: { readonly username: string; readonly password: string };
  readonly pages: SamplePages;
}

const variable = 'TRIBUTARY_SAMPLE_CLUSTER';

/** Starts a cluster with the sample wiki in it behind plain round robin, and leaves its addresses to the specs of this run. */
export async function startSampleCluster(): Promise<{ stop(): Promise<void> }> {
  const [cluster] = await Promise.all([RunningCluster.start({ gateways: 2 }), chromiumPath()]);
  let balancer: LoadBalancer | undefined;
  const stop = async (): Promise<void> => {
    await balancer?.stop();
    await cluster.stop();
  };
  try {
    balancer = await LoadBalancer.start('haproxy', cluster.gateways, cluster.dataDir);
    const pages = await new SampleWiki(new RestClient(cluster.url, cluster.administrator)).create();
    const administrator = { username: 'admin', password: cluster.password };
    const known = { url: balancer.url, gateways: cluster.gateways, administrator, pages };
    process.env[variable] = JSON.stringify(known);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** The cluster that the run's set-up started. */
export function sampleCluster(): SampleCluster {
  const known = process.env[variable];
  if (!known) throw new Error('The set-up of this run started no cluster');
  return JSON.parse(known) as SampleCluster;
}
