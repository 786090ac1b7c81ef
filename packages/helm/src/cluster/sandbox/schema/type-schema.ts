/**
 * The shapes of objects: which fields a kind has, how its lists and maps are merged and owned. Comes in: the compact
 * tables beside this file, or a CRD's schema (custom-schema.ts). Goes out: ValueType, read as it is asked for.
 *
 * Notation: `Type field:type …`; `s` string, `i` integer, `n` number, `b` boolean, `q` quantity, `t` time, `y` bytes,
 * `a` anything, `[x]` list, `{x}` map, a name for a type; `<keys>` merged by keys (`<>`: a set), `!` replaced as a
 * whole, `=` before a type: there even when nobody sets it; `~` patch strategies (m k r) and `:key` a merge key.
 */
import type { PatchRules } from '../../cluster.ts';
import { coreTypes } from './core-types.ts';
import { groupTypes } from './group-types.ts';

export type Scalar = 'string' | 'integer' | 'number' | 'boolean' | 'quantity';

export type ValueType =
  | { readonly kind: 'scalar'; readonly scalar: Scalar }
  | { readonly kind: 'any' }
  | StructType
  | { readonly kind: 'map'; readonly items: ValueType; readonly isAtomic: boolean }
  | ListType;

export interface ListType {
  readonly kind: 'list';
  readonly items: ValueType;
  readonly relation: 'atomic' | 'set' | 'map';
  /** Of relation `map`, sorted. */
  readonly keys: readonly string[];
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly isAtomic: boolean;
  readonly fields: ReadonlyMap<string, FieldType>;
}

export interface FieldType {
  readonly type: ValueType;
  /** Present even when nobody sets it: structs as `{}`, lists as null. */
  readonly isAlwaysThere: boolean;
  readonly rules: PatchRules;
}

export const anyType: ValueType = { kind: 'any' };

const scalars: Readonly<Record<string, ValueType>> = {
  s: { kind: 'scalar', scalar: 'string' },
  t: { kind: 'scalar', scalar: 'string' },
  y: { kind: 'scalar', scalar: 'string' },
  i: { kind: 'scalar', scalar: 'integer' },
  n: { kind: 'scalar', scalar: 'number' },
  b: { kind: 'scalar', scalar: 'boolean' },
  q: { kind: 'scalar', scalar: 'quantity' },
  a: anyType,
};

let lines: ReadonlyMap<string, string> | undefined;
const structs = new Map<string, StructType>();

function lineOf(name: string): string | undefined {
  lines ??= new Map(
    `${coreTypes}${groupTypes}`
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf(' ')).replace('!', ''), line]),
  );
  return lines.get(name);
}

/** A type of the tables; anything when they do not have it. */
export function builtInType(name: string): ValueType {
  const known = structs.get(name);
  if (known !== undefined) return known;
  const line = lineOf(name);
  if (line === undefined) return anyType;
  const struct = lazyStruct(name, line);
  structs.set(name, struct);
  return struct;
}

/** Types refer to themselves, so fields are read when somebody looks. */
function lazyStruct(name: string, line: string): StructType {
  let fields: ReadonlyMap<string, FieldType> | undefined;
  return {
    kind: 'struct',
    name,
    isAtomic: line.startsWith('!'),
    get fields() {
      fields ??= new Map(line.split(' ').slice(1).filter(Boolean).map(parseField));
      return fields;
    },
  };
}

/** A kind of the tables as a whole object: its own fields and those every object has. */
export function objectType(name: string): StructType {
  const own = builtInType(name);
  const fields = new Map<string, FieldType>([
    ['apiVersion', field(scalars['s'] ?? anyType)],
    ['kind', field(scalars['s'] ?? anyType)],
    ['metadata', { ...field(builtInType('ObjectMeta')), isAlwaysThere: true }],
    ...(own.kind === 'struct' ? own.fields : []),
  ]);
  return { kind: 'struct', name, isAtomic: false, fields };
}

export const noRules: PatchRules = { strategies: [], mergeKey: '' };

export function field(type: ValueType): FieldType {
  return { type, isAlwaysThere: false, rules: noRules };
}

const strategyNames: Readonly<Record<string, string>> = { m: 'merge', k: 'retainKeys', r: 'replace' };

function parseField(text: string): [string, FieldType] {
  const [, name = '', mark, type = 'a', suffix, strategies = '', mergeKey] =
    /^([^:]+):(=?)([^<!~]+)(<[^>]*>|!)?(?:~([a-z]*)(?::(.*))?)?$/.exec(text) ?? [];
  const valueType = parseType(type, suffix);
  const [firstKey = ''] = suffix?.startsWith('<') === true ? suffix.slice(1, -1).split(',') : [];
  return [
    name,
    {
      type: valueType,
      isAlwaysThere: mark === '=',
      rules: {
        strategies: [...strategies].map((each) => strategyNames[each] ?? ''),
        mergeKey: mergeKey ?? firstKey,
      },
    },
  ];
}

function parseType(text: string, suffix: string | undefined): ValueType {
  if (text.startsWith('[')) return listType(builtIn(text.slice(1, -1)), suffix);
  if (text.startsWith('{')) {
    return { kind: 'map', items: builtIn(text.slice(1, -1)), isAtomic: suffix === '!' };
  }
  return builtIn(text);
}

function builtIn(text: string): ValueType {
  if (text.startsWith('[') || text.startsWith('{')) return parseType(text, undefined);
  return scalars[text] ?? builtInType(text);
}

function listType(items: ValueType, suffix: string | undefined): ListType {
  if (suffix === undefined) return { kind: 'list', items, relation: 'atomic', keys: [] };
  if (suffix === '<>') return { kind: 'list', items, relation: 'set', keys: [] };
  return { kind: 'list', items, relation: 'map', keys: suffix.slice(1, -1).split(',').sort() };
}

/** The type one step further: of a field, or of the values of a map. */
export function fieldTypeOf(type: ValueType, name: string): ValueType | undefined {
  switch (type.kind) {
    case 'struct':
      return type.fields.get(name)?.type;
    case 'map':
      return type.items;
    case 'any':
      return anyType;
    case 'scalar':
    case 'list':
      return undefined;
  }
}

/** True when an object of this type is owned and merged field by field. */
export function isGranular(type: ValueType): boolean {
  switch (type.kind) {
    case 'struct':
    case 'map':
      return !type.isAtomic;
    case 'any':
      return true;
    case 'scalar':
    case 'list':
      return false;
  }
}
