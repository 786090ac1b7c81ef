/** What storing does to any object: nulls and empty collections vanish, structs that are always there appear. */
import { type JsonObject, objectOf } from '../../json-object.ts';
import { anyType, fieldTypeOf, type ValueType } from '../schema/type-schema.ts';

/** The object as it would come back. */
export function normalize(object: JsonObject, type: ValueType): JsonObject {
  return objectOf(normalized(object, type)) ?? {};
}

function normalized(value: unknown, type: ValueType): unknown {
  if (Array.isArray(value)) {
    const items = type.kind === 'list' ? type.items : anyType;
    return value.map((item) => normalized(item, items));
  }
  const object = objectOf(value);
  if (object === undefined) return value;
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(object)) {
    const memberType = fieldTypeOf(type, name) ?? anyType;
    if (member === null || member === undefined || isEmptyCollection(member, memberType)) continue;
    if (member === '' && name === 'value' && type.kind === 'struct' && type.name === 'EnvVar') continue;
    result[name] = normalized(member, memberType);
  }
  return type.kind === 'struct' ? withAlwaysThere(result, type) : result;
}

/** Lists and maps of built-in types that hold nothing are left out; structs may mean something by being there. */
function isEmptyCollection(value: unknown, type: ValueType): boolean {
  if (type.kind === 'list') return Array.isArray(value) && value.length === 0;
  return type.kind === 'map' && Object.keys(objectOf(value) ?? { given: true }).length === 0;
}

function withAlwaysThere(
  object: Record<string, unknown>,
  type: Extract<ValueType, { readonly kind: 'struct' }>,
): JsonObject {
  for (const [name, field] of type.fields) {
    if (!field.isAlwaysThere || object[name] !== undefined) continue;
    object[name] = field.type.kind === 'list' ? null : normalized({}, field.type);
  }
  return object;
}
