/**
 * mergo's map merging, as sprig's `merge` and `mergeOverwrite` use it. Comes in: a destination, which is changed, and a source.
 * Values are shared with the source, never copied; nested maps of the destination keep their identity.
 */
import { Dict, isTruthy, setKey, TypedMap, typeOf } from '@flotilla/gocompat';
import { panic } from './panic.ts';
import { elementsOf } from './strval.ts';

export type MergeMode = 'fill' | 'overwrite';

type GoMap = Dict | TypedMap;

function isMap(value: unknown): value is GoMap {
  return value instanceof Dict || value instanceof TypedMap;
}

function lookUp(map: GoMap, key: string): unknown {
  return map instanceof TypedMap ? map.entries.get(key) : map[key];
}

/** What came out of a `map[string]interface {}` fits into no map of another element type. */
function store(map: GoMap, key: string, value: unknown, sourceType: string): void {
  if (!(map instanceof TypedMap)) {
    setKey(map, key, value);
    return;
  }
  if (map.goType !== sourceType) {
    const element = map.goType.slice(map.goType.indexOf(']') + 1);
    const type = elementsOf(value) === undefined ? 'interface {}' : typeOf(value);
    panic(`reflect.Value.SetMapIndex: value of type ${type} is not assignable to type ${element}`);
  }
  map.entries.set(key, value);
}

/**
 * Merges `source` into `destination` and returns it. `fill` sets what is absent or empty (nil, 0, false, no length);
 * `overwrite` sets everything, nil and empty values too. Maps over maps merge key by key in both.
 */
export function mergeInto<T extends GoMap>(destination: T, source: GoMap, mode: MergeMode): T {
  if (destination === source) return destination;
  const keys = source instanceof TypedMap ? [...source.entries.keys()] : Object.keys(source);
  for (const key of keys) mergeKey(destination, source, key, mode);
  return destination;
}

function mergeKey(destination: GoMap, source: GoMap, key: string, mode: MergeMode): void {
  const overwrites = mode === 'overwrite';
  const value = lookUp(source, key);
  const sourceType = source instanceof TypedMap ? source.goType : '';
  if (value === null) {
    if (overwrites) store(destination, key, null, sourceType);
    return;
  }
  const current = lookUp(destination, key);
  if (isMap(value) && isMap(current)) {
    mergeInto(current, value, mode);
    if (isTruthy(current)) return;
  } else if (isTruthy(current) && elementsOf(value) !== undefined) {
    if (overwrites) store(destination, key, value, sourceType);
    return;
  }
  if (overwrites || !isTruthy(current)) store(destination, key, value, sourceType);
}
