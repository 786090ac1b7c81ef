import { once } from '@flotilla/core';
import type { Cluster } from '../cluster/cluster.ts';

/** One connection for each kube context, opened when it is first asked for, closed with the pool. */
export class ClusterPool implements AsyncDisposable {
  readonly #open: (kubeContext: string) => Promise<Cluster>;
  readonly #clusters = new Map<string, Promise<Cluster>>();

  constructor(open: (kubeContext: string) => Promise<Cluster>) {
    this.#open = open;
  }

  of(kubeContext: string): Promise<Cluster> {
    return once(this.#clusters, kubeContext, () => this.#open(kubeContext));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const clusters = await Promise.allSettled(this.#clusters.values());
    this.#clusters.clear();
    for (const cluster of clusters)
      if (cluster.status === 'fulfilled') await cluster.value[Symbol.asyncDispose]();
  }
}
