import { InternalError } from '@flotilla/diagnostics';
import { Dict, TypedMap } from './dict.ts';
import { GoInt, int, int64, uint64 } from './go-int.ts';
import { GoError, GoStruct } from './go-struct.ts';
import { GoTime } from './go-time.ts';

/**
 * Plain JS data (as JSON.parse or a library's user gives it) as Go values: objects and Maps become Dicts, bigints
 * int64 or uint64. With `numbers: 'int'` integral numbers become `int`, with `'float64'` they stay float64.
 * Go values pass through; members that are `undefined` are left out. Throws InternalError for functions and symbols.
 */
export function fromJs(value: unknown, numbers: 'float64' | 'int' = 'float64'): unknown {
  switch (typeof value) {
    case 'number':
      return numbers === 'int' && Number.isSafeInteger(value) && !Object.is(value, -0) ? int(value) : value;
    case 'bigint':
      return value < 2n ** 63n ? int64(value) : uint64(value);
    case 'object':
      return value === null ? null : fromObject(value, numbers);
    case 'function':
    case 'symbol':
      throw new InternalError(`a ${typeof value} is not a Go value`);
    default:
      return value;
  }
}

function fromObject(value: object, numbers: 'float64' | 'int'): unknown {
  if (value instanceof Dict || isGoObject(value)) return value;
  if (Array.isArray(value)) return value.map((item) => fromJs(item, numbers) ?? null);
  const result = new Dict();
  const entries = value instanceof Map ? value.entries() : Object.entries(value);
  for (const [key, item] of entries) {
    if (item !== undefined) result[String(key)] = fromJs(item, numbers);
  }
  return result;
}

function isGoObject(value: object): boolean {
  return (
    value instanceof GoInt ||
    value instanceof TypedMap ||
    value instanceof GoTime ||
    value instanceof GoStruct ||
    value instanceof GoError ||
    value instanceof Uint8Array
  );
}

/**
 * A Go value as plain JS data: maps and structs become ordinary objects, integers numbers (bigint beyond 2^53),
 * invalid becomes null. Times and bytes pass through. `__proto__` stays an ordinary key.
 */
export function toJs(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof GoInt) return value.big ?? value.n;
  if (Array.isArray(value)) return value.map(toJs);
  if (value instanceof Dict) return toObject(Object.entries(value));
  if (value instanceof TypedMap) return toObject(value.entries);
  if (value instanceof GoStruct) return toObject(value.fields);
  return value instanceof GoError ? value.message : value;
}

function toObject(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(Array.from(entries, ([key, item]) => [key, toJs(item)]));
}
