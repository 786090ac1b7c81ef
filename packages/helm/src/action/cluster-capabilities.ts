import type { HelmCompat } from '../chart/helm-compat.ts';
import type { CallOptions, Cluster } from '../cluster/cluster.ts';
import { type Capabilities, defaultCapabilities } from '../engine/capabilities.ts';

/** `.Capabilities` as a cluster has them. Rejects with ClusterError. */
export async function clusterCapabilities(
  cluster: Cluster,
  compat: HelmCompat,
  options: CallOptions,
): Promise<Capabilities> {
  const [version, apiVersions] = await Promise.all([cluster.version(options), cluster.apiVersions(options)]);
  const { gitVersion, major, minor } = version;
  return {
    ...defaultCapabilities(compat),
    kubeVersion: { version: gitVersion, normalized: '', major, minor },
    apiVersions,
  };
}
