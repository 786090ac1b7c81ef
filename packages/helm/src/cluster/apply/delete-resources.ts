import { GoError } from '@flotilla/gocompat';
import type { Cluster, DeleteOptions } from '../cluster.ts';
import { isNotFound } from '../cluster-error.ts';
import type { Resource } from '../resource.ts';
import { forEachByKind } from './by-kind.ts';
import { retryConflicts } from './retry-conflicts.ts';

/** Deletes all resources (Helm's `Delete`); what is gone already counts as deleted. Gives the errors of the others. */
export function deleteResources(
  cluster: Cluster,
  resources: readonly Resource[],
  options: DeleteOptions & { readonly propagation: NonNullable<DeleteOptions['propagation']> },
): Promise<readonly GoError[]> {
  if (resources.length === 0) {
    return Promise.resolve([new GoError('object not found, skipping delete: no objects visited')]);
  }
  return forEachByKind(resources, options.signal, async ({ ref }) => {
    try {
      await retryConflicts(() => cluster.delete(ref, options), options.signal);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  });
}
