import type { LiveStates } from '@flotilla/core';
import type { Cluster } from '../cluster/cluster.ts';
import { ClusterPool } from '../executor/cluster-pool.ts';
import { asExecutorError } from '../executor/native-failure.ts';
import { clusterSides } from './cluster-sides.ts';

/** The port to clusters for comparisons, over whatever opens a kube context. */
export function createLiveStates(openCluster: (kubeContext: string) => Promise<Cluster>): LiveStates {
  const clusters = new ClusterPool(openCluster);
  return {
    read: (question, signal) => {
      const { releaseName: name, namespace, kubeContext } = question;
      const key = { name, namespace, kubeContext };
      return asExecutorError(['diff', 'upgrade', name], key, async () =>
        clusterSides(await clusters.of(kubeContext), question, signal),
      );
    },
    [Symbol.asyncDispose]: () => clusters[Symbol.asyncDispose](),
  };
}
