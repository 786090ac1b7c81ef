import { Buffer } from 'node:buffer';
import { Dict, TypedMap } from './dict.ts';
import { GoInt } from './go-int.ts';
import { GoError, GoStruct } from './go-struct.ts';
import { GoTime } from './go-time.ts';
import { typeOf } from './kind.ts';
import { isNilSlice } from './slice.ts';

/**
 * Go's `reflect.DeepEqual`: types must be the same at every level (float64 1 is not int 1, a nil slice is not an
 * empty one), NaN differs from itself unless the containers holding it are the same object.
 */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b || (a ?? null) === (b ?? null);
  }
  if (typeOf(a) !== typeOf(b)) return false;
  if (a instanceof GoInt) return b instanceof GoInt && a.n === b.n && a.big === b.big;
  if (Array.isArray(a)) return Array.isArray(b) && equalSlices(a, b);
  if (a instanceof Dict) return b instanceof Dict && equalDicts(a, b);
  return a === b || equalRare(a, b);
}

function equalSlices(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length || isNilSlice(a) !== isNilSlice(b)) return false;
  return a === b || a.every((item, i) => deepEqual(item, b[i]));
}

function equalDicts(a: Dict, b: Dict): boolean {
  if (a === b) return true;
  let size = 0;
  for (const key in a) {
    size += 1;
    const other = b[key];
    if (other === undefined || !deepEqual(a[key], other)) return false;
  }
  for (const _ in b) size -= 1;
  return size === 0;
}

function equalRare(a: object, b: object): boolean {
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof GoTime) return b instanceof GoTime && equalTimes(a, b);
  if (a instanceof TypedMap) return b instanceof TypedMap && equalEntries(a.entries, b.entries);
  if (a instanceof GoStruct) return b instanceof GoStruct && equalEntries(a.fields, b.fields);
  return a instanceof GoError && b instanceof GoError && a.message === b.message;
}

function equalTimes(a: GoTime, b: GoTime): boolean {
  return (
    a.seconds === b.seconds &&
    a.nanoseconds === b.nanoseconds &&
    a.zone === b.zone &&
    a.monotonic === b.monotonic
  );
}

function equalEntries(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    if (!b.has(key) || !deepEqual(value, b.get(key))) return false;
  }
  return true;
}
