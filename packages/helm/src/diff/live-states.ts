import { ExecutorError, type LiveQuestion, type LiveState, type LiveStates } from '@flotilla/core';
import { GoError } from '@flotilla/gocompat';
import type { Cluster } from '../cluster/cluster.ts';
import { threeWayState } from './three-way-state.ts';

/** The port to the cluster for comparisons; one connection for each kube context, opened by the first question about it. */
export function createLiveStates(openCluster: (kubeContext: string) => Promise<Cluster>): LiveStates {
  return new ClusterLiveStates(openCluster);
}

class ClusterLiveStates implements LiveStates {
  readonly #open: (kubeContext: string) => Promise<Cluster>;
  readonly #clusters = new Map<string, Promise<Cluster>>();

  constructor(open: (kubeContext: string) => Promise<Cluster>) {
    this.#open = open;
  }

  async read(question: LiveQuestion, signal: AbortSignal): Promise<LiveState> {
    try {
      return await threeWayState(await this.#clusterOf(question.kubeContext), question, signal);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      throw new ExecutorError('render-failed', error.message, { cause: error });
    }
  }

  #clusterOf(kubeContext: string): Promise<Cluster> {
    const cluster = this.#clusters.get(kubeContext) ?? this.#open(kubeContext);
    this.#clusters.set(kubeContext, cluster);
    return cluster;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const clusters = await Promise.allSettled(this.#clusters.values());
    this.#clusters.clear();
    for (const cluster of clusters)
      if (cluster.status === 'fulfilled') await cluster.value[Symbol.asyncDispose]();
  }
}
