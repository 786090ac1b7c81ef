/**
 * The conversions of spf13/cast 1.7.0 that sprig's numeric functions rest on. They never fail: what cannot be
 * converted is 0.
 */
import { scanFloat } from '../strconv/parse-float.ts';
import { scanInteger } from '../strconv/parse-integer.ts';
import { GoInt, goInt, int } from './go-int.ts';

/** cast also cuts dots after the zeros. */
const zeroFraction = /\.0+\.*$/;

/** sprig's `int64`: integers wrap, floats are cut (`-9223372036854775808` when out of range), text is read as Go literals. */
export function castToInt64(value: unknown): GoInt {
  return castToInteger(value, 'int64');
}

/** sprig's `int`. */
export function castToInt(value: unknown): GoInt {
  return castToInteger(value, 'int');
}

function castToInteger(value: unknown, kind: 'int' | 'int64'): GoInt {
  switch (typeof value) {
    case 'number':
      return fromFloat(value, kind);
    case 'string':
      return fromText(value, kind);
    case 'boolean':
      return goInt(kind, value ? 1 : 0);
    default:
      if (!(value instanceof GoInt) || value.kind === 'duration') return goInt(kind, 0);
      return value.kind === kind ? value : goInt(kind, value.big ?? value.n);
  }
}

function fromFloat(value: number, kind: 'int' | 'int64'): GoInt {
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return kind === 'int' ? int(whole) : goInt(kind, whole);
  const isInRange = whole >= -(2 ** 63) && whole < 2 ** 63;
  return goInt(kind, isInRange ? BigInt(whole) : -(1n << 63n));
}

function fromText(text: string, kind: 'int' | 'int64'): GoInt {
  const scanned = scanInteger(text.replace(zeroFraction, ''), 0, 0);
  return goInt(kind, scanned.problem === undefined ? scanned.value : 0);
}

/** sprig's `float64`. */
export function castToFloat64(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'string':
      return fromFloatText(value);
    case 'boolean':
      return value ? 1 : 0;
    default:
      return value instanceof GoInt && value.kind !== 'duration' ? Number(value.big ?? value.n) : 0;
  }
}

function fromFloatText(text: string): number {
  const value = scanFloat(text) ?? 0;
  return !Number.isFinite(value) && /[0-9]/.test(text) ? 0 : value;
}
