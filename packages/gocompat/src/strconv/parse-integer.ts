/**
 * Go's integer parsing: digits of a base (0 = by prefix, with underscores), a bit size, and the errors of strconv.
 */
import { type GoInt, goInt } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';
import { quote } from './quote.ts';

/** What was read; on `range` the value is the nearest one that fits, on `syntax` 0. */
export interface ScannedInteger {
  readonly value: bigint;
  readonly problem?: 'syntax' | 'range';
}

const syntaxProblem: ScannedInteger = { value: 0n, problem: 'syntax' };
const shortDecimal = /^[+-]?[0-9]{1,15}$/;

/** Go's `strconv.ParseInt` as an `int64`. Throws GoError (`strconv.ParseInt: parsing "x": invalid syntax`). */
export function parseInteger(text: string, base: number, bits: number): GoInt {
  return goInt('int64', valueOrThrow(scanInteger(text, base, bits), 'ParseInt', text));
}

/** Go's `strconv.ParseUint` as a `uint64`. Throws GoError. */
export function parseUnsigned(text: string, base: number, bits: number): GoInt {
  return goInt('uint64', valueOrThrow(scanUnsigned(text, base, bits), 'ParseUint', text));
}

/** Go's `strconv.Atoi`. Throws GoError (`strconv.Atoi: parsing "x": value out of range`). */
export function atoi(text: string): GoInt {
  if (shortDecimal.test(text)) return goInt('int', Number(text) + 0);
  return goInt('int', valueOrThrow(scanInteger(text, 10, 64), 'Atoi', text));
}

function valueOrThrow(scanned: ScannedInteger, name: string, text: string): bigint {
  if (scanned.problem === undefined) return scanned.value;
  throw numberError(name, text, scanned.problem);
}

/** The text of Go's `*strconv.NumError`. */
export function numberError(name: string, text: string, problem: 'syntax' | 'range'): GoError {
  const reason = problem === 'syntax' ? 'invalid syntax' : 'value out of range';
  return new GoError(`strconv.${name}: parsing ${quote(text)}: ${reason}`);
}

/** Go's ParseInt without throwing. */
export function scanInteger(text: string, base: number, bits: number): ScannedInteger {
  const negative = text.startsWith('-');
  const magnitude = negative || text.startsWith('+') ? text.slice(1) : text;
  const scanned = scanUnsigned(magnitude, base, bits);
  if (scanned.problem === 'syntax') return scanned;
  const limit = 1n << BigInt((bits === 0 ? 64 : bits) - 1);
  if (negative) {
    return scanned.value > limit ? { value: -limit, problem: 'range' } : { value: -scanned.value };
  }
  return scanned.value >= limit ? { value: limit - 1n, problem: 'range' } : { value: scanned.value };
}

/** Go's ParseUint without throwing. */
export function scanUnsigned(text: string, base: number, bits: number): ScannedInteger {
  const { digits, radix } = base === 0 ? splitPrefix(text) : { digits: text, radix: base };
  if (text === '') return syntaxProblem;
  const limit = (1n << BigInt(bits === 0 ? 64 : bits)) - 1n;
  let value = 0n;
  for (const char of digits) {
    if (char === '_' && base === 0) continue;
    const digit = digitValue(char);
    if (digit >= radix) return syntaxProblem;
    value = value * BigInt(radix) + BigInt(digit);
    if (value > limit) return { value: limit, problem: 'range' };
  }
  return base === 0 && text.includes('_') && !hasGoodUnderscores(text) ? syntaxProblem : { value };
}

function splitPrefix(text: string): { readonly digits: string; readonly radix: number } {
  if (!text.startsWith('0')) return { digits: text, radix: 10 };
  const letter = text.length >= 3 ? text.charAt(1).toLowerCase() : '';
  if (letter === 'b') return { digits: text.slice(2), radix: 2 };
  if (letter === 'o') return { digits: text.slice(2), radix: 8 };
  if (letter === 'x') return { digits: text.slice(2), radix: 16 };
  return { digits: text.slice(1), radix: 8 };
}

function digitValue(char: string): number {
  const code = char.charCodeAt(0);
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 0x20;
  return lower >= 97 && lower <= 122 && code < 128 ? lower - 87 : 99;
}

/** Underscores may only stand between digits, or between a base prefix and a digit. */
export function hasGoodUnderscores(text: string): boolean {
  const unsigned = text.replace(/^[+-]/, '');
  const prefix = /^0[box]/i.exec(unsigned)?.[0] ?? '';
  const digit = prefix.toLowerCase() === '0x' ? '[0-9a-f]' : '[0-9]';
  const body = prefix === '' ? unsigned : `0${unsigned.slice(2)}`;
  return !new RegExp(`(?<!${digit})_|_(?!${digit})`, 'i').test(body);
}
