import { startClusterGround, type ClusterGround } from './clusterGround';

let started: Promise<ClusterGround> | undefined;

/** One cluster for all suites; each brings back the nodes that it takes away. */
export function sharedCluster(): Promise<ClusterGround> {
  started ??= startClusterGround();
  return started;
}

after('stop the cluster', async function () {
  this.timeout(60_000);
  await (await started)?.stop();
});
