import type { Cluster } from './cluster.ts';
import type { KubernetesClusterOptions } from './kubernetes-cluster.ts';

/** A {@link Cluster} over the API server a kubeconfig names; the client is loaded by the first call. */
export async function openCluster(options: KubernetesClusterOptions): Promise<Cluster> {
  const { openKubernetesCluster } = await import('./kubernetes-cluster.ts');
  return openKubernetesCluster(options);
}
