import { Dict, formatValue, GoError, TypedMap } from '@flotilla/gocompat';

/**
 * Helmfile's check of map keys: below the top of a value they must be strings. A value without other maps comes back as it is.
 * Throws GoError with Helmfile's text.
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
  if (!(value instanceof Dict) && !(value instanceof TypedMap)) return value;
  const result = new Dict();
  const entries = value instanceof Dict ? Object.entries(value) : value.entries;
  for (const [key, item] of entries) {
    if (typeof key !== 'string') throw badKey(key, value);
    result[key] = rebuilt(item);
  }
  return result;
}

function badKey(key: unknown, map: unknown): GoError {
  const type = typeof key === 'boolean' ? 'bool' : typeof key === 'number' ? 'float64' : 'int';
  return new GoError(
    `unexpected type of key in map: expected string, got ${type}: value=${formatValue(key)}, map=${formatValue(map)}`,
  );
}
