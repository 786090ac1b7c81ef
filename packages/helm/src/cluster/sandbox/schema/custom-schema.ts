/** The shape of custom resources, from the schema their CRD carries; what it leaves open is anything. */
import { at, type JsonObject, listAt, objectOf, textAt } from '../../json-object.ts';
import { anyType, builtInType, type FieldType, field, type Scalar, type ValueType } from './type-schema.ts';

const scalars: ReadonlySet<string> = new Set<Scalar>(['string', 'integer', 'number', 'boolean']);

/** The type of a whole custom object; `schema` is its version's `openAPIV3Schema`. */
export function customObjectType(kind: string, schema: JsonObject | undefined): ValueType {
  const own = schema === undefined ? anyType : typeOf(schema);
  const text = field({ kind: 'scalar', scalar: 'string' });
  const base: readonly (readonly [string, FieldType])[] = [
    ['apiVersion', text],
    ['kind', text],
    ['metadata', { ...field(builtInType('ObjectMeta')), isAlwaysThere: true }],
  ];
  if (own.kind !== 'struct') return anyType;
  return { kind: 'struct', name: kind, isAtomic: false, fields: new Map([...own.fields, ...base]) };
}

function typeOf(schema: JsonObject): ValueType {
  if (schema['x-kubernetes-int-or-string'] === true) return { kind: 'scalar', scalar: 'quantity' };
  const type = textAt(schema, 'type');
  if (scalars.has(type)) return { kind: 'scalar', scalar: type as Scalar };
  if (type === 'array') return listOf(schema);
  return objectTypeOf(schema);
}

function objectTypeOf(schema: JsonObject): ValueType {
  const isAtomic = textAt(schema, 'x-kubernetes-map-type') === 'atomic';
  const extra = schema['additionalProperties'];
  if (extra !== undefined && extra !== false) {
    const items = objectOf(extra);
    return { kind: 'map', items: items === undefined ? anyType : typeOf(items), isAtomic };
  }
  const properties = objectOf(schema['properties']);
  if (properties === undefined || schema['x-kubernetes-preserve-unknown-fields'] === true) return anyType;
  const fields = Object.entries(properties).map(
    ([name, value]) => [name, field(typeOf(objectOf(value) ?? {}))] as const,
  );
  return { kind: 'struct', name: 'object', isAtomic, fields: new Map(fields) };
}

function listOf(schema: JsonObject): ValueType {
  const items = typeOf(objectOf(schema['items']) ?? {});
  const keys = listAt(schema, 'x-kubernetes-list-map-keys').map(String).sort();
  switch (textAt(schema, 'x-kubernetes-list-type')) {
    case 'map':
      return { kind: 'list', items, relation: 'map', keys };
    case 'set':
      return { kind: 'list', items, relation: 'set', keys: [] };
    default:
      return { kind: 'list', items, relation: 'atomic', keys: [] };
  }
}

/** The schema of one version of a CRD. */
export function schemaOfVersion(crd: JsonObject, version: string): JsonObject | undefined {
  const found = listAt(crd, 'spec', 'versions').find((each) => textAt(each, 'name') === version);
  return objectOf(at(found, 'schema', 'openAPIV3Schema'));
}
