/**
 * Number literals: one text, and its value under every Go type that can hold it.
 */
import {
  GoError,
  quote,
  type ScannedInteger,
  scanFloat,
  scanInteger,
  scanUnsigned,
  unquote,
} from '@flotilla/gocompat';
import type { NumberNode } from './node.ts';

type NumberValue = Pick<NumberNode, 'text' | 'signed' | 'unsigned' | 'float' | 'complex'>;

const maxUint64 = (1n << 64n) - 1n;
const maxInt64 = (1n << 63n) - 1n;

/** `'x'`: the rune as an integer. Throws GoError. */
export function parseCharConstant(text: string): NumberValue {
  const value = unquoteCharacter(text);
  const whole = BigInt(value);
  return { text, signed: whole, unsigned: whole, float: value, complex: undefined };
}

function unquoteCharacter(text: string): number {
  const inside = text.slice(1, -1);
  const [first] = inside;
  if (first === undefined) throw new GoError('invalid syntax');
  const written = first === '\\' ? (/^\\(?:x..|[0-7]..|u.{4}|U.{8}|.)/su.exec(inside)?.[0] ?? inside) : first;
  const isByteEscape = /^\\(?:x|[0-7])/.test(written);
  // A double quote needs no escape here, and Go does not know one.
  if (written === '\\"') throw new GoError('invalid syntax');
  const plain = written === "\\'" || written === '"' ? written.slice(-1) : unquote(`"${written}"`);
  const value = isByteEscape ? byteEscapeValue(written) : (plain.codePointAt(0) ?? 0);
  if (written.length !== inside.length) throw new GoError(`malformed character constant: ${text}`);
  return value >= 0xd800 && value <= 0xdfff ? 0xfffd : value;
}

function byteEscapeValue(written: string): number {
  return written[1] === 'x' ? Number.parseInt(written.slice(2), 16) : Number.parseInt(written.slice(1), 8);
}

/** A number as scanned. Throws GoError. */
export function parseNumber(text: string): NumberValue {
  const imaginary = text.endsWith('i') ? finiteFloat(text.slice(0, -1)) : undefined;
  if (imaginary !== undefined) return simplifyComplex(text, 0, imaginary);
  const signed = exactly(scanInteger(text, 0, 64));
  const unsigned = signed === 0n ? signed : exactly(scanUnsigned(text, 0, 64));
  const whole = signed ?? unsigned;
  if (whole !== undefined) return { text, signed, unsigned, float: Number(whole), complex: undefined };
  const float = finiteFloat(text);
  if (float === undefined) throw new GoError(`illegal number syntax: ${quote(text)}`);
  if (!/[.eEpP]/.test(text)) throw new GoError(`integer overflow: ${quote(text)}`);
  return { text, float, ...integersOf(float), complex: undefined };
}

function exactly({ value, problem }: ScannedInteger): bigint | undefined {
  return problem === undefined ? value : undefined;
}

function finiteFloat(text: string): number | undefined {
  const float = scanFloat(text, 64);
  return Number.isFinite(float) ? float : undefined;
}

/** `1+2i`. Throws GoError. */
export function parseComplex(text: string): NumberValue {
  const split = /^([+-]?(?:[^+-]|[eEpP][+-])*)([+-].*)i$/.exec(text);
  const real = finiteFloat(split?.[1] ?? '');
  const imaginary = finiteFloat(split?.[2] ?? '');
  if (real === undefined || imaginary === undefined)
    throw new GoError('syntax error scanning complex number');
  return simplifyComplex(text, real, imaginary);
}

function simplifyComplex(text: string, real: number, imaginary: number): NumberValue {
  const complex = { real, imaginary };
  if (imaginary !== 0) return { text, signed: undefined, unsigned: undefined, float: undefined, complex };
  return { text, float: real, ...integersOf(real), complex };
}

function integersOf(float: number): Pick<NumberNode, 'signed' | 'unsigned'> {
  if (!Number.isInteger(float)) return { signed: undefined, unsigned: undefined };
  const whole = BigInt(float);
  return {
    signed: whole >= -maxInt64 - 1n && whole <= maxInt64 ? whole : undefined,
    unsigned: whole >= 0n && whole <= maxUint64 ? whole : undefined,
  };
}
