/**
 * Last revisions, read together: what is asked for at the same time in one namespace is one request. Comes in: a context
 * and a name. Goes out: the release as stored now. It remembers nothing.
 */
import { type ActionContext, checkReachable } from '../action/action-context.ts';
import { checkName } from '../action/check-name.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Release } from '../release/release.ts';

interface Batch {
  readonly signal: AbortSignal;
  readonly namespace: string;
  readonly names: Set<string>;
  readonly found: Promise<ReadonlyMap<string, Release>>;
}

export class LastRevisions {
  /** Batches that are not sent yet. */
  readonly #open = new WeakMap<Cluster, Set<Batch>>();

  /** Undefined when there is no such release. Rejects with GoError, as Helm's `get` does. */
  async read(context: ActionContext, name: string): Promise<Release | undefined> {
    await checkReachable(context);
    checkName(name, 'releaseContent: Release name is invalid');
    const batch = this.#batchFor(context);
    batch.names.add(name);
    return (await batch.found).get(name);
  }

  #batchFor(context: ActionContext): Batch {
    const { cluster, namespace, signal } = context;
    const open = this.#open.get(cluster) ?? new Set<Batch>();
    this.#open.set(cluster, open);
    for (const batch of open) {
      if (batch.namespace === namespace && batch.signal === signal) return batch;
    }
    const names = new Set<string>();
    const send = async (): Promise<ReadonlyMap<string, Release>> => {
      await context.clock.sleep(0, signal);
      open.delete(batch);
      return context.storage.latest([...names], { signal });
    };
    const batch: Batch = { signal, namespace, names, found: send() };
    open.add(batch);
    return batch;
  }
}
