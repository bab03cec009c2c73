import { startSampleCluster } from './dist/sample-cluster.js';

/** One cluster with the sample wiki, for all specs of a run; they read, and what one writes is its own. */
export default async function setup() {
  globalThis.tributarySampleCluster = await startSampleCluster();
}
