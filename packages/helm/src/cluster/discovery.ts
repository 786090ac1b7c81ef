/**
 * Discovery: what kinds a server has. Comes in: its aggregated discovery documents. Goes out: REST mappings and API
 * versions. Not its business: fetching (kubernetes-cluster.ts) and keeping.
 */
import type { ResourceMapping } from './cluster.ts';
import { type JsonObject, listAt, textAt } from './json-object.ts';

export interface Discovery {
  /** By `group/version/Kind` (`/v1/Pod` for the core group). */
  readonly mappings: ReadonlyMap<string, ResourceMapping>;
  /** Helm's `.Capabilities.APIVersions`. */
  readonly apiVersions: readonly string[];
}

export const discoveryAccept =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

/** Reads the documents of `/api` and `/apis`. */
export function readDiscovery(documents: readonly JsonObject[]): Discovery {
  const mappings = new Map<string, ResourceMapping>();
  const groupVersions: string[] = [];
  const kinds = new Set<string>();
  for (const document of documents) {
    for (const item of listAt(document, 'items')) {
      const group = textAt(item, 'metadata', 'name');
      for (const entry of listAt(item, 'versions')) {
        const version = textAt(entry, 'version');
        const groupVersion = group === '' ? version : `${group}/${version}`;
        groupVersions.push(groupVersion);
        for (const resource of listAt(entry, 'resources')) {
          addResource(resource, { group, version, groupVersion }, { mappings, kinds });
        }
      }
    }
  }
  return { mappings, apiVersions: [...groupVersions, ...kinds] };
}

function addResource(
  resource: unknown,
  place: { readonly group: string; readonly version: string; readonly groupVersion: string },
  found: { readonly mappings: Map<string, ResourceMapping>; readonly kinds: Set<string> },
): void {
  const kind = textAt(resource, 'responseKind', 'kind');
  const { group, version, groupVersion } = place;
  found.kinds.add(mappingKey(groupVersion, kind));
  for (const part of listAt(resource, 'subresources')) {
    const partKind = textAt(part, 'responseKind', 'kind');
    if (partKind !== '') found.kinds.add(mappingKey(groupVersion, partKind));
  }
  const key = mappingKey(groupVersion, kind);
  if (found.mappings.has(key)) return;
  found.mappings.set(key, {
    group,
    version,
    kind,
    resource: textAt(resource, 'resource'),
    isNamespaced: textAt(resource, 'scope') === 'Namespaced',
  });
}

export function mappingKey(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}

/** Documents of a server without aggregated discovery, made from one resource list per group version. */
export function discoveryFromLists(
  lists: readonly { readonly groupVersion: string; readonly list: JsonObject }[],
): JsonObject {
  return {
    items: lists.map(({ groupVersion, list }) => {
      const slash = groupVersion.indexOf('/');
      return {
        metadata: { name: slash === -1 ? '' : groupVersion.slice(0, slash) },
        versions: [
          {
            version: groupVersion.slice(slash + 1),
            resources: listAt(list, 'resources')
              .filter((resource) => !textAt(resource, 'name').includes('/'))
              .map((resource) => ({
                resource: textAt(resource, 'name'),
                responseKind: { kind: textAt(resource, 'kind') },
                scope: (resource as JsonObject)['namespaced'] === true ? 'Namespaced' : 'Cluster',
              })),
          },
        ],
      };
    }),
  };
}
