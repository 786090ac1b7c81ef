/** eq, ne, lt, le, gt, ge: Go compares values of one kind only; signed and unsigned integers are the exception. */
import {
  compareStrings,
  formatValue,
  GoError,
  GoInt,
  GoStruct,
  GoTime,
  isNilSlice,
  kindOf,
  sprintf,
  typeOf,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction, variadicFunction } from '../function-table.ts';

type BasicKind = 'bool' | 'complex' | 'float' | 'int' | 'string' | 'uint' | 'other';

function basicKind(value: unknown): BasicKind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    default:
      if (value instanceof GoInt) return value.isUnsigned ? 'uint' : 'int';
      return value instanceof GoStruct && value.goType === 'complex128' ? 'complex' : 'other';
  }
}

function isInteger(kind: BasicKind): boolean {
  return kind === 'int' || kind === 'uint';
}

function equalsAny(first: unknown, ...rest: readonly unknown[]): boolean {
  if (rest.length === 0) throw new GoError('missing argument for comparison');
  for (const each of rest) if (equals(first, each)) return true;
  return false;
}

function equals(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b;
  const kindA = basicKind(a);
  const kindB = basicKind(b);
  if (isInteger(kindA) && isInteger(kindB)) return compareIntegers(a as GoInt, b as GoInt) === 0;
  if (kindA !== kindB) {
    if (isAbsent(a) || isAbsent(b)) return false;
    throw incompatible(a, b);
  }
  if (kindA === 'complex') return formatValue(a) === formatValue(b);
  return kindA === 'other' ? equalOthers(a, b) : a === b;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isNil(value: unknown): boolean {
  return isAbsent(value) || (Array.isArray(value) && isNilSlice(value));
}

function equalOthers(a: unknown, b: unknown): boolean {
  if (!isAbsent(a) && !isAbsent(b) && kindOf(a) !== kindOf(b)) {
    throw new GoError(
      `non-comparable types ${sprintf('%s', [a])}: ${typeOf(a)}, ${typeOf(b)}: ${sprintf('%v', [b])}`,
    );
  }
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  const kind = kindOf(b);
  if (kind === 'map' || kind === 'slice' || kind === 'func') {
    throw new GoError(`non-comparable type ${sprintf('%s', [b])}: ${typeOf(b)}`);
  }
  return a === b || equalStructs(a, b);
}

function equalStructs(a: unknown, b: unknown): boolean {
  if (a instanceof GoTime && b instanceof GoTime) {
    const isSameInstant = a.seconds === b.seconds && a.nanoseconds === b.nanoseconds;
    return isSameInstant && a.zone === b.zone && a.monotonic === b.monotonic;
  }
  if (!(a instanceof GoStruct && b instanceof GoStruct) || a.isPointer || a.goType !== b.goType) return false;
  for (const [name, value] of a.fields) if (!equals(value, b.fields.get(name))) return false;
  return true;
}

function compareIntegers(a: GoInt, b: GoInt): number {
  if (a.big === undefined && b.big === undefined) return a.n - b.n;
  const [left, right] = [a.toBigInt(), b.toBigInt()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function incompatible(a: unknown, b: unknown): GoError {
  return new GoError(`incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
}

function lessThan(a: unknown, b: unknown): boolean {
  const kindA = basicKind(a);
  const kindB = basicKind(b);
  if (kindA === 'other' || kindB === 'other') throw new GoError('invalid type for comparison');
  if (isInteger(kindA) && isInteger(kindB)) return compareIntegers(a as GoInt, b as GoInt) < 0;
  if (kindA !== kindB) throw incompatible(a, b);
  if (kindA === 'bool' || kindA === 'complex') throw new GoError('invalid type for comparison');
  if (kindA === 'string') return compareStrings(a as string, b as string) < 0;
  return (a as number) < (b as number);
}

function lessOrEqual(a: unknown, b: unknown): boolean {
  return lessThan(a, b) || equals(a, b);
}

function compare(test: (a: unknown, b: unknown) => boolean): FunctionSpec {
  return goFunction(['value', 'value'], test);
}

export const comparisonFunctions: readonly (readonly [string, FunctionSpec])[] = [
  ['eq', variadicFunction(['value'], 'value', equalsAny)],
  ['ne', compare((a, b) => !equals(a, b))],
  ['lt', compare(lessThan)],
  ['le', compare(lessOrEqual)],
  ['gt', compare((a, b) => !lessOrEqual(a, b))],
  ['ge', compare((a, b) => !lessThan(a, b))],
];
