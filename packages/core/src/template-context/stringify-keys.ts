import { Dict, formatValue, GoError, TypedMap, typeOf, yamlKeys } from '@flotilla/gocompat';

/** A key that is no string; Helmfile reports it without the name of the file. */
export class MapKeyError extends GoError {}

/**
 * Helmfile's check of map keys: below the top of a value they must be strings. A value without other maps comes back as it is.
 * Throws MapKeyError with Helmfile's text.
 */
export function stringifyKeys<T>(value: T): T {
  return (hasOtherMaps(value) ? rebuilt(value) : value) as T;
}

function hasOtherMaps(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasOtherMaps);
  if (value instanceof Dict) {
    for (const key in value) if (hasOtherMaps(value[key])) return true;
    return false;
  }
  return value instanceof TypedMap;
}

function rebuilt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebuilt);
  if (value instanceof TypedMap) checkKeys(value);
  else if (!(value instanceof Dict)) return value;
  const result = new Dict();
  const entries = value instanceof Dict ? Object.entries(value) : value.entries;
  for (const [key, item] of entries) result[key] = rebuilt(item);
  return result;
}

function checkKeys(map: TypedMap): void {
  for (const key of yamlKeys(map)?.values() ?? []) {
    if (typeof key === 'string') continue;
    throw new MapKeyError(
      `unexpected type of key in map: expected string, got ${typeOf(key)}: value=${formatValue(key)}, map=${formatValue(map)}`,
    );
  }
}
