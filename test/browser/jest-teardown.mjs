export default async function teardown() {
  await globalThis.tributarySampleCluster.stop();
}
