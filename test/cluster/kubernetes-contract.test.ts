import { openCluster } from '@flotilla/helm';
import { describe } from 'vitest';
import { clusterContract } from '../contract/cluster-contract.ts';
import { hasControlPlane, startControlPlane } from './control-plane.ts';

/** The Kubernetes adapter keeps the contract of the Cluster port on a real control plane. */

describe.skipIf(!hasControlPlane('test/cluster/kubernetes-contract.test.ts'))('kubernetes', () => {
  clusterContract('the Kubernetes adapter', async () => {
    const plane = await startControlPlane(17490);
    const cluster = await openCluster({ settings: { kubeconfig: plane.kubeconfig, environment: {} } });
    const signal = new AbortController().signal;
    const mapping = await cluster.mapping('v1', 'Namespace', { signal });
    await cluster.create(
      mapping,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } },
      { signal },
    );
    return {
      cluster,
      [Symbol.asyncDispose]: async () => {
        await cluster[Symbol.asyncDispose]();
        await plane[Symbol.asyncDispose]();
      },
    };
  });
});
