import { openCluster } from '@flotilla/helm';
import { describe } from 'vitest';
import { clusterContract } from '../contract/cluster-contract.ts';
import { hasReferences, startControlPlane } from '../support/control-plane.ts';

/** The Kubernetes adapter keeps the contract of the Cluster port on a real control plane. */

describe.skipIf(!hasReferences('test/cluster/kubernetes-contract.test.ts', ['kube', 'kwok']))(
  'kubernetes',
  () => {
    clusterContract('the Kubernetes adapter', async () => {
      const plane = await startControlPlane();
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
  },
);
