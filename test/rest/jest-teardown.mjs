/** Stops the cluster that the setup started. */
export default async function teardown() {
  await globalThis.tributaryCluster?.stop();
}
