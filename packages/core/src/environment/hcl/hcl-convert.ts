import { Dict, formatFloat, GoError } from '@flotilla/gocompat';

/** cty's conversions between the types of HCL; numbers are float64. Throw GoError. */

export function typeName(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'tuple';
  return value instanceof Dict ? 'object' : typeof value;
}

export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatFloat(value, 'f', -1, 64);
  if (typeof value === 'boolean') return String(value);
  throw new GoError(value === null ? 'argument must not be null' : 'string required');
}

export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) return Number(value);
  throw new GoError(value === null ? 'argument must not be null' : 'a number is required');
}

/** A number without a fraction. */
export function toWhole(value: unknown): number {
  const number = toNumber(value);
  if (Number.isInteger(number)) return number;
  throw new GoError('value must be a whole number');
}

export function toBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new GoError(value === null ? 'argument must not be null' : 'bool required');
}

export function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new GoError(value === null ? 'argument must not be null' : 'list required');
}

export function toMap(value: unknown): Dict {
  if (value instanceof Dict) return value;
  throw new GoError(value === null ? 'argument must not be null' : 'map required');
}

/** Deep equality without conversion: `1` is not `"1"`. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  }
  if (a instanceof Dict && b instanceof Dict) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && isEqual(a[key], b[key]));
  }
  return a === b;
}
