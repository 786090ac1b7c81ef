import { Dict, TypedMap } from './dict.ts';
import { GoInt } from './go-int.ts';

/** The truth of `if`, `and`, `not` in Go templates: false for nil, false, zero numbers and anything of length 0. */
export function isTruthy(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value !== '';
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    case 'function':
      return true;
    default:
      return value !== null && isTruthyObject(value as object);
  }
}

function isTruthyObject(value: object): boolean {
  if (value instanceof Dict) {
    for (const _ in value) return true;
    return false;
  }
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof GoInt) return value.n !== 0;
  if (value instanceof TypedMap) return value.entries.size > 0;
  return !(value instanceof Uint8Array) || value.length > 0;
}
