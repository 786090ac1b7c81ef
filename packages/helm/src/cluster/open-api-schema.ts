/**
 * PatchSchema from the server's OpenAPI v3: how lists of built-in kinds are merged. Comes in: the document of one group
 * version. Goes out: rules by field, read as they are asked for. Not its business: merging (strategic-merge.ts).
 */
import type { PatchRules, PatchSchema, ResourceMapping } from './cluster.ts';
import { at, type JsonObject, listAt, objectOf, textAt } from './json-object.ts';

/** Groups whose kinds Helm knows as Go types; all others are patched as custom resources are. */
const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** CRDs of `v1beta1` are typed but merged as custom resources; `scheduling.k8s.io/v1alpha2` is no longer typed. */
export function isBuiltInKind({ group, version }: ResourceMapping): boolean {
  if (group === 'apiextensions.k8s.io') return version === 'v1';
  if (group === 'scheduling.k8s.io') return version !== 'v1alpha2';
  return builtInGroups.has(group);
}

/** The shape of one kind, or undefined when the document does not have it. */
export function openApiPatchSchema(document: JsonObject, mapping: ResourceMapping): PatchSchema | undefined {
  const schemas = objectOf(at(document, 'components', 'schemas')) ?? {};
  const root = Object.values(schemas).find((schema) =>
    listAt(schema, 'x-kubernetes-group-version-kind').some(
      (each) =>
        textAt(each, 'group') === mapping.group &&
        textAt(each, 'version') === mapping.version &&
        textAt(each, 'kind') === mapping.kind,
    ),
  );
  return objectOf(root) === undefined ? undefined : schemaOf(root as JsonObject, schemas);
}

function schemaOf(schema: JsonObject, schemas: JsonObject): PatchSchema {
  return {
    field: (name) => {
      const found = objectOf(at(schema, 'properties', name)) ?? objectOf(schema['additionalProperties']);
      if (found === undefined) return undefined;
      const inner = shapeOf(found, schemas);
      return { rules: rulesOf(found), schema: inner === undefined ? undefined : schemaOf(inner, schemas) };
    },
  };
}

/** What a field holds, through references, lists and maps. */
function shapeOf(field: JsonObject, schemas: JsonObject): JsonObject | undefined {
  const reference = textAt(field, '$ref') || textAt(listAt(field, 'allOf')[0], '$ref');
  if (reference !== '') return objectOf(schemas[reference.slice(reference.lastIndexOf('/') + 1)]);
  const items = objectOf(field['items']);
  if (items !== undefined) return shapeOf(items, schemas);
  return field['properties'] === undefined && field['additionalProperties'] === undefined ? undefined : field;
}

function rulesOf(field: JsonObject): PatchRules {
  const strategy = textAt(field, 'x-kubernetes-patch-strategy');
  return {
    strategies: strategy === '' ? [] : strategy.split(','),
    mergeKey: textAt(field, 'x-kubernetes-patch-merge-key'),
  };
}
