import type { Cluster } from '../cluster.ts';
import type { SandboxOptions } from './sandbox-options.ts';

/**
 * Opens the sandbox in its folder, made when missing. Rejects with ClusterError when the folder holds something else.
 * The sandbox is loaded by the first call.
 */
export async function openSandboxCluster(options: SandboxOptions): Promise<Cluster> {
  const { makeSandboxCluster } = await import('./sandbox-cluster.ts');
  return makeSandboxCluster(options);
}
