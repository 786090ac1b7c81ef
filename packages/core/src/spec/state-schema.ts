/**
 * The JSON Schema of state files, for editors. In: the field tables. Out: a draft-07 schema as plain data.
 * It says what the decoder accepts in YAML; what templates print is checked when they have run.
 */
import type { Field, LegacyKey, Shape } from './field.ts';
import type { FieldType } from './field-type.ts';
import { stateShape } from './state-shape.ts';

export type JsonSchema = { readonly [key: string]: unknown };

/** The schema `flotilla schema` prints. */
export function stateSchema(): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const root = blockSchema(stateShape, definitions);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...root,
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

type Definitions = Map<string, JsonSchema>;

function blockSchema(shape: Shape, definitions: Definitions): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [key, field] of Object.entries(shape.fields)) properties[key] = fieldSchema(field, definitions);
  for (const [key, legacy] of Object.entries(shape.legacy ?? {})) {
    const schema = legacySchema(legacy, properties);
    if (schema !== undefined) properties[key] = schema;
  }
  return { title: shape.title, type: ['object', 'null'], properties, additionalProperties: false };
}

function fieldSchema({ type, doc, deprecation }: Field, definitions: Definitions): JsonSchema {
  const described = { description: doc, ...typeSchema(type, definitions) };
  return deprecation === undefined
    ? described
    : { ...described, deprecated: true, deprecationMessage: deprecation };
}

/** Keys that Helmfile accepts by accident are not offered. */
function legacySchema(
  legacy: LegacyKey,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema | undefined {
  const { deprecation, renamedTo } = legacy;
  if (deprecation === undefined) return undefined;
  const successor = renamedTo === undefined ? {} : properties[renamedTo];
  return { ...successor, deprecated: true, deprecationMessage: deprecation };
}

function typeSchema(type: FieldType, definitions: Definitions): JsonSchema {
  switch (type.kind) {
    case 'string':
      return type.choices === undefined ? { type: scalarTypes } : choiceSchema(type.choices);
    case 'bool':
      return { anyOf: [{ type: ['boolean', 'null'] }, { enum: oldBooleans }] };
    case 'int':
      return { type: ['integer', 'null'] };
    case 'float':
      return { type: ['number', 'null'] };
    case 'duration':
      return { type: ['string', 'null'], pattern: '^[-+]?([0-9.]+(ns|us|µs|ms|s|m|h))+$|^0$' };
    case 'any':
      return {};
    case 'values-entry':
      return { type: ['string', 'object', 'null'] };
    case 'list':
      return { type: ['array', 'null'], items: typeSchema(type.item, definitions) };
    case 'map':
      return { type: ['object', 'null'], additionalProperties: typeSchema(type.item, definitions) };
    case 'block':
      return reference(type.shape, definitions);
    case 'block-or-list':
      return {
        anyOf: [
          { type: 'array', items: reference(type.shape, definitions) },
          reference(type.shape, definitions),
        ],
      };
    case 'name-or-names':
      return { anyOf: [{ type: scalarTypes }, { type: 'array', items: { type: scalarTypes } }] };
    case 'path-or-block':
      return { anyOf: [{ type: 'string' }, reference(type.shape, definitions)] };
  }
}

/** A Go string takes the text of any scalar. */
const scalarTypes = ['string', 'number', 'boolean', 'null'] as const;

const oldBooleans = [
  'y',
  'Y',
  'yes',
  'Yes',
  'YES',
  'on',
  'On',
  'ON',
  'n',
  'N',
  'no',
  'No',
  'NO',
  'off',
  'Off',
  'OFF',
];

/** A template may stand for any choice; YAML reads `true` and `false` as booleans. */
function choiceSchema(choices: readonly string[]): JsonSchema {
  const booleans = choices
    .filter((each) => each === 'true' || each === 'false')
    .map((each) => each === 'true');
  return { anyOf: [{ enum: ['', ...choices, ...booleans, null] }, { type: 'string', pattern: '\\{\\{' }] };
}

function reference(shape: Shape, definitions: Definitions): JsonSchema {
  const { name } = shape;
  if (!definitions.has(name)) {
    definitions.set(name, {});
    definitions.set(name, blockSchema(shape, definitions));
  }
  return { $ref: `#/definitions/${name}` };
}
