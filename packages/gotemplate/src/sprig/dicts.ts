/**
 * sprig's dictionaries chapter. Comes in: maps, which `set`, `unset` and the merges change in place. A nil map arrives as `null`.
 * Maps are unordered in Go; `keys` and `values` come in key order here, so that output is reproducible.
 */
import { Dict, deleteKey, NamedDict, setKey, sortedKeys, stringSlice, typeOf } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction, variadicFunction } from '../function-table.ts';
import { deepCopy } from './deep-copy.ts';
import { type MergeMode, mergeInto } from './merge.ts';
import { panic } from './panic.ts';
import { strval } from './strval.ts';

type MaybeDict = Dict | null;

function dictOf(...values: readonly unknown[]): Dict {
  const result = new Dict();
  for (let i = 0; i < values.length; i += 2) {
    result[strval(values[i])] = i + 1 < values.length ? values[i + 1] : '';
  }
  return result;
}

function get(map: MaybeDict, key: string): unknown {
  const value = map?.[key];
  return value === undefined ? '' : value;
}

function set(map: MaybeDict, key: string, value: unknown): unknown {
  if (map === null) return panic('assignment to entry in nil map');
  setKey(map, key, value);
  return map;
}

function unset(map: MaybeDict, key: string): unknown {
  if (map === null) return new Dict();
  deleteKey(map, key);
  return map;
}

function hasKey(map: MaybeDict, key: string): boolean {
  return map !== null && map[key] !== undefined;
}

function pluck(key: string, ...maps: readonly MaybeDict[]): unknown {
  return maps.filter((map) => hasKey(map, key)).map((map) => map?.[key]);
}

function keysOf(...maps: readonly MaybeDict[]): unknown {
  return stringSlice(maps.flatMap((map) => (map === null ? [] : sortedKeys(map))));
}

function valuesOf(map: MaybeDict): unknown {
  return map === null ? [] : sortedKeys(map).map((key) => map[key]);
}

function pick(map: MaybeDict, ...keys: readonly string[]): unknown {
  const result = new Dict();
  for (const key of keys) {
    const value = map?.[key];
    if (value !== undefined) result[key] = value;
  }
  return result;
}

function omit(map: MaybeDict, ...keys: readonly string[]): unknown {
  const result = new Dict();
  const omitted = new Set(keys);
  for (const key in map) if (!omitted.has(key)) result[key] = map[key];
  return result;
}

function plainMap(value: unknown): Dict {
  if (value instanceof Dict && !(value instanceof NamedDict)) return value;
  return wrongConversion(value, 'map[string]interface {}');
}

function wrongConversion(value: unknown, wanted: string): never {
  const type = value === null ? 'nil' : typeOf(value);
  return panic(`interface conversion: interface {} is ${type}, not ${wanted}`);
}

/** `dig "a" "b" DEFAULT MAP`: the default where a key is absent; going through anything but a plain map panics. */
function dig(...values: readonly unknown[]): unknown {
  if (values.length < 3) return panic('dig needs at least three arguments');
  let map = plainMap(values.at(-1));
  const keys = values
    .slice(0, -2)
    .map((key) => (typeof key === 'string' ? key : wrongConversion(key, 'string')));
  for (const [i, key] of keys.entries()) {
    const value = map[key];
    if (value === undefined) return values.at(-2);
    if (i === keys.length - 1) return value;
    map = plainMap(value);
  }
  return values.at(-2);
}

function merging(mode: MergeMode): FunctionSpec {
  return variadicFunction(['map'], 'map', (destination, ...sources) => {
    let merged = destination;
    for (const source of sources) if (source !== null) merged = mergeInto(merged ?? new Dict(), source, mode);
    return merged ?? new Dict();
  });
}

function copyAny(value: unknown): unknown {
  return value === null ? panic('reflect: call of reflect.Value.Type on zero Value') : deepCopy(value);
}

/** sprig's dictionary functions. */
export const dictFunctions: Readonly<Record<string, FunctionSpec>> = {
  dict: variadicFunction([], 'any', dictOf),
  get: goFunction(['map', 'string'], get),
  set: goFunction(['map', 'string', 'any'], set),
  unset: goFunction(['map', 'string'], unset),
  hasKey: goFunction(['map', 'string'], hasKey),
  pluck: variadicFunction(['string'], 'map', pluck),
  keys: variadicFunction([], 'map', keysOf),
  values: goFunction(['map'], valuesOf),
  pick: variadicFunction(['map'], 'string', pick),
  omit: variadicFunction(['map'], 'string', omit),
  dig: variadicFunction([], 'any', dig),
  merge: merging('fill'),
  mustMerge: merging('fill'),
  mergeOverwrite: merging('overwrite'),
  mustMergeOverwrite: merging('overwrite'),
  deepCopy: goFunction(['any'], copyAny),
  mustDeepCopy: goFunction(['any'], copyAny),
};
