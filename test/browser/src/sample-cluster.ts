import { RunningCluster } from '@tributary/test-servers';
import { chromiumPath } from './chromium.js';
import { RestClient, SampleWiki, type SamplePages } from './sample-wiki.js';

/** What specs know of the cluster that they share. */
export interface SampleCluster {
  readonly gateways: readonly [string, string];
  readonly administrator: { readonly username: string; readonly password: string };
  readonly pages: SamplePages;
}

const variable = 'TRIBUTARY_SAMPLE_CLUSTER';

/** Starts a cluster with the sample wiki in it, and leaves its addresses to the specs of this run. */
export async function startSampleCluster(): Promise<{ stop(): Promise<void> }> {
  const [cluster] = await Promise.all([RunningCluster.start({ gateways: 2 }), chromiumPath()]);
  try {
    const pages = await new SampleWiki(new RestClient(cluster.url, cluster.administrator)).create();
    const administrator = { username: 'admin', password: cluster.password };
    process.env[variable] = JSON.stringify({ gateways: cluster.gateways, administrator, pages });
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

/** The cluster that the run's set-up started. */
export function sampleCluster(): SampleCluster {
  const known = process.env[variable];
  if (!known) throw new Error('The set-up of this run started no cluster');
  return JSON.parse(known) as SampleCluster;
}
