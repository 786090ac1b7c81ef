/** The live objects of a release and the pods they made, as `helm status` shows them (Helm 4.3.1). */
import { GoError } from '@flotilla/gocompat';
import { type JsonObject, kindOfObject, listAt, objectOf, textsAt } from '../cluster/json-object.ts';
import { buildResources, type Resource } from '../cluster/resource.ts';
import type { Release } from '../release/release.ts';
import type { ActionContext } from './action-context.ts';

/** Objects, or the server's tables of them, by `v1/Service` (version and kind); pods made below `v1/Pod(related)`. */
export type ReleaseResources = ReadonlyMap<string, readonly JsonObject[]>;

/** What is there of a release; what is missing is left out. */
export async function releaseResources(
  context: ActionContext,
  release: Release,
  options: { readonly asTables: boolean },
): Promise<ReleaseResources> {
  const { cluster, signal } = context;
  const { manifest, namespace } = release;
  const resources = await buildResources(cluster, manifest, { namespace, signal });
  const live = await Promise.all(resources.map((resource) => read(context, resource, options.asTables)));
  const found = new Map<string, JsonObject[]>();
  const add = (key: string, objects: readonly JsonObject[]): void => {
    found.set(key, [...(found.get(key) ?? []), ...objects]);
  };
  const selectors = new Set<string>();
  for (const [index, { ref }] of resources.entries()) {
    const object = live[index];
    if (object === undefined) continue;
    add(`${ref.mapping.version}/${ref.mapping.kind}`, [object]);
    const selector = podSelector(options.asTables ? firstRow(object) : object);
    if (selector === undefined || selectors.has(selector)) continue;
    selectors.add(selector);
    const pods = await readPods(context, { namespace: ref.namespace, selector, asTables: options.asTables });
    if (pods !== undefined) add('v1/Pod(related)', [pods]);
  }
  return found;
}

async function read(
  { cluster, signal }: ActionContext,
  { ref }: Resource,
  asTable: boolean,
): Promise<JsonObject | undefined> {
  try {
    return await (asTable ? cluster.table(ref, { signal }) : cluster.get(ref, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GoError) return undefined;
    throw error;
  }
}

/** The object behind a table of one. */
function firstRow(table: JsonObject): JsonObject {
  return objectOf(objectOf(listAt(table, 'rows')[0])?.['object']) ?? {};
}

function podSelector(object: JsonObject): string | undefined {
  const kind = kindOfObject(object);
  const labels = /^(?:ReplicaSet|Deployment|StatefulSet|DaemonSet|Job)$/.test(kind)
    ? textsAt(object, 'spec', 'selector', 'matchLabels')
    : kind === 'ReplicationController'
      ? textsAt(object, 'spec', 'selector')
      : {};
  const terms = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return terms.length === 0 ? undefined : terms.join(',');
}

async function readPods(
  { cluster, signal }: ActionContext,
  query: { readonly namespace: string; readonly selector: string; readonly asTables: boolean },
): Promise<JsonObject | undefined> {
  const mapping = await cluster.mapping('v1', 'Pod', { signal });
  const list = { mapping, namespace: query.namespace, labelSelector: query.selector };
  try {
    return await (query.asTables
      ? cluster.listTable(list, { signal })
      : cluster.listObject(list, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GoError) return undefined;
    throw error;
  }
}
