import { formatShortestFloat } from '../strconv/format-float.ts';
import { formatTime, rfc3339Nano } from '../time/format-time.ts';
import { Dict, TypedMap } from '../value/dict.ts';
import type { GoValue } from '../value/value.ts';
import type { Resolved } from './resolve.ts';

/** A map being filled by the go-yaml v3 decoder. */
export interface MapTarget {
  readonly isStringMap: boolean;
  readonly map: Dict | TypedMap;
  readonly set: (key: Resolved, value: unknown) => void;
}

const typedKeys = new WeakMap<TypedMap, Map<string, GoValue>>();

/** A `map[string]interface {}`, or a `map[interface {}]interface {}` whose keys are kept with their types. */
export function newMapTarget(isStringMap: boolean): MapTarget {
  return isStringMap ? dictTarget() : anyTarget();
}

function dictTarget(): MapTarget {
  const map = new Dict();
  return {
    isStringMap: true,
    map,
    set: (key, value) => {
      map[printKey(key)] = value;
    },
  };
}

function anyTarget(): MapTarget {
  const map = new TypedMap<unknown>('map[interface {}]interface {}', [], null);
  const keys = new Map<string, GoValue>();
  typedKeys.set(map, keys);
  return {
    isStringMap: false,
    map,
    set: (key, value) => {
      const name = printKey(key);
      keys.set(name, key.value);
      map.entries.set(name, value);
    },
  };
}

/** A key as it stands in `entries`. */
export function printKey(key: Resolved): string {
  switch (key.tag) {
    case '!!null':
      return '<nil>';
    case '!!float':
      return formatShortestFloat(key.value);
    case '!!timestamp':
      return formatTime(key.value, rfc3339Nano);
    case '!!str':
      return key.value;
    default:
      return key.value.toString();
  }
}

/**
 * The keys of a `map[interface {}]interface {}` that parseYaml made, by the text under which `entries` has them;
 * `undefined` for other maps.
 */
export function yamlKeys(map: TypedMap): ReadonlyMap<string, GoValue> | undefined {
  return typedKeys.get(map);
}
