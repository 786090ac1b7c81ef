import { GoError } from '@flotilla/gocompat';
import type { HelmCompat } from '../../chart/helm-compat.ts';
import type { Cluster } from '../cluster.ts';
import type { Resource } from '../resource.ts';
import { type ApplyOptions, createObject } from './apply-object.ts';
import { forEachByKind, performError } from './by-kind.ts';

/** Creates all resources (Helm's `Create`). Rejects with the joined errors of those that failed. */
export async function createResources(
  cluster: Cluster,
  resources: readonly Resource[],
  options: ApplyOptions & { readonly compat: HelmCompat },
): Promise<void> {
  if (resources.length === 0) throw new GoError('no objects visited');
  const failures = await forEachByKind(resources, options.signal, async (resource) => {
    await createObject(cluster, resource, options);
  });
  if (failures.length > 0) throw performError(failures, options.compat);
}
