import { createObject } from '../cluster/apply/apply-object.ts';
import { hasReason } from '../cluster/cluster-error.ts';
import type { ActionContext } from './action-context.ts';

/** Creates the namespace of a release unless it is there (`--create-namespace`). Rejects with GoError. */
export async function createNamespace(
  { cluster, signal, namespace }: ActionContext,
  serverSide: boolean,
): Promise<void> {
  const mapping = await cluster.mapping('v1', 'Namespace', { signal });
  const metadata = { name: namespace, labels: { name: namespace } };
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata };
  const resource = { ref: { mapping, namespace: '', name: namespace }, object };
  try {
    await createObject(cluster, resource, { serverSide, signal });
  } catch (error) {
    if (!hasReason(error, 'AlreadyExists')) throw error;
  }
}
