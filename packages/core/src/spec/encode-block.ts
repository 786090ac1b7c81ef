import { Dict, TypedMap } from '@flotilla/gocompat';
import type { Field, Shape } from './field.ts';
import type { FieldType } from './field-type.ts';

/**
 * A decoded block back to YAML's terms, keys in the order of its table: what Helmfile 1.8.0 prints for `build`. Empty keys are
 * left out unless the table prints them always; maps inside are typed maps, which are sorted even where the keys of blocks are not.
 */
export function encodeBlock(shape: Shape, value: object): Dict {
  const fields = value as Readonly<Record<string, unknown>>;
  const result = new Dict();
  for (const [name, field] of Object.entries(shape.fields)) {
    const encoded = encodeField(field, fields[name]);
    if (encoded !== undefined) result[name] = encoded;
  }
  return result;
}

/** A value whose maps are printed in go-yaml's order. */
export function inYamlOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inYamlOrder);
  if (!(value instanceof Dict)) return value;
  return encodeEntries(value, inYamlOrder);
}

function encodeField(field: Field, value: unknown): unknown {
  if (field.isAlwaysPrinted === true) return encode(field.type, value ?? zeroOf(field.type));
  if (value === undefined) return undefined;
  return field.isNullable !== true && isZero(field.type, value) ? undefined : encode(field.type, value);
}

function encode(type: FieldType, value: unknown): unknown {
  switch (type.kind) {
    case 'list':
    case 'name-or-names':
      return asList(value).map((item) => (type.kind === 'list' ? encode(type.item, item) : item));
    case 'map':
      return encodeEntries(value as object, (item) => encode(type.item, item));
    case 'block':
    case 'path-or-block':
      return encodeBlock(type.shape, value as object);
    case 'block-or-list':
      return asList(value).map((item) => encodeBlock(type.shape, item as object));
    case 'any':
    case 'values-entry':
      return inYamlOrder(value);
    default:
      return value;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** The emitter puts the keys in go-yaml's order; a Dict would keep numbers in front. */
function encodeEntries(map: object, encodeItem: (item: unknown) => unknown): TypedMap {
  const entries = Object.entries(map).map(([key, item]) => [key, encodeItem(item)] as const);
  return new TypedMap('map[string]interface {}', entries, null);
}

function zeroOf(type: FieldType): unknown {
  switch (type.kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'list':
      return [];
    case 'map':
      return new Dict();
    default:
      return 0;
  }
}

/** What Go's `omitempty` leaves out: empty lists and maps, zero scalars, structs of nothing but those. */
function isZero(type: FieldType, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (type.kind === 'map') return Object.keys(value as object).length === 0;
  if (type.kind !== 'block') return value === '' || value === false || value === 0;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(type.shape.fields).every(([name, field]) => {
    const item = fields[name];
    return item === undefined || (field.isNullable !== true && isZero(field.type, item));
  });
}
