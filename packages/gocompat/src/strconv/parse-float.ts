import { hasGoodUnderscores, numberError } from './parse-integer.ts';

const special = /^[+-]?(?:inf(?:inity)?)$/i;
const decimal = /^[+-]?(?:[0-9_]+\.?[0-9_]*|[0-9_]*\.[0-9_]+)(?:e[+-]?[0-9][0-9_]*)?$/i;
const hexadecimal = /^([+-]?)0x([0-9a-f_]*)\.?([0-9a-f_]*)p([+-]?[0-9][0-9_]*)$/i;

/**
 * Go's `strconv.ParseFloat`: decimal and hexadecimal floats, underscores, `inf`, `infinity`, `nan` in any case.
 * With `bits` 32 the result is the nearest float32. Throws GoError (`strconv.ParseFloat: parsing "x": …`).
 */
export function parseGoFloat(text: string, bits: 32 | 64 = 64): number {
  const value = scanFloat(text, bits);
  if (value === undefined) throw numberError('ParseFloat', text, 'syntax');
  if (!Number.isFinite(value) && /[0-9]/.test(text)) throw numberError('ParseFloat', text, 'range');
  return value;
}

/** As {@link parseGoFloat}, but `undefined` for bad syntax and an infinity for what is out of range. */
export function scanFloat(text: string, bits: 32 | 64 = 64): number | undefined {
  if (special.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (text.length === 3 && text.toLowerCase() === 'nan') return Number.NaN;
  if (text.includes('_') && !hasGoodUnderscores(text)) return undefined;
  if (decimal.test(text)) return fromDecimal(text.replaceAll('_', ''), bits);
  const match = hexadecimal.exec(text);
  return match === null ? undefined : fromHex(match, bits);
}

function fromDecimal(text: string, bits: 32 | 64): number | undefined {
  if (!/^[+-]?\.?[0-9]/.test(text)) return undefined;
  const double = Number(text);
  if (bits === 64) return double;
  const single = Math.fround(double);
  return isHalfwayBetweenSingles(double) ? roundToSingle(text, double) : single;
}

function isHalfwayBetweenSingles(double: number): boolean {
  return double !== 0 && Number.isFinite(double) && (lowWord(double) & 0x1fffffff) === 0x10000000;
}

function lowWord(double: number): number {
  return new DataView(new Float64Array([double]).buffer).getUint32(0, true);
}

/** `double` lies exactly between two float32; the digits decide on which side the true value is. */
function roundToSingle(text: string, double: number): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().replace(/^[+-]/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const scale = Number(exponent) - fraction.length;
  const { numerator, denominator } = exactFraction(Math.abs(double));
  const left = BigInt(whole + fraction) * 10n ** BigInt(Math.max(scale, 0)) * denominator;
  const right = numerator * 10n ** BigInt(Math.max(-scale, 0));
  if (left === right) return Math.fround(double);
  const away = double * (1 + (left > right ? Number.EPSILON : -Number.EPSILON));
  return Math.fround(away);
}

function exactFraction(positive: number): { readonly numerator: bigint; readonly denominator: bigint } {
  let scaled = positive;
  let denominator = 1n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(scaled), denominator };
}

function fromHex(match: RegExpExecArray, bits: 32 | 64): number | undefined {
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const digits = (whole + fraction).replaceAll('_', '');
  if (digits === '') return undefined;
  const exponent = Number(exponentText.replaceAll('_', '')) - 4 * fraction.replaceAll('_', '').length;
  const value = roundBinary(BigInt(`0x${digits}`), Math.max(-1e6, Math.min(1e6, exponent)), bits);
  return sign === '-' ? -value : value;
}

/** mantissa × 2^exponent, rounded half to even to a float of `bits`. */
function roundBinary(mantissa: bigint, exponent: number, bits: 32 | 64): number {
  if (mantissa === 0n) return 0;
  const precision = bits === 64 ? 53 : 24;
  const smallest = bits === 64 ? -1074 : -149;
  const length = mantissa.toString(2).length;
  const drop = Math.max(length - precision, smallest - exponent);
  if (exponent + length > 1100) return Infinity;
  if (drop > length + 1) return 0;
  const rounded = drop > 0 ? shiftHalfEven(mantissa, BigInt(drop)) : mantissa;
  const double = Number(rounded) * 2 ** Math.max(exponent + Math.max(drop, 0), -1074);
  const value = drop > 0 ? double : scaleUp(Number(rounded), exponent);
  return bits === 32 && value > 3.4028234663852886e38 ? Infinity : value;
}

function scaleUp(mantissa: number, exponent: number): number {
  return exponent > 1000 ? mantissa * 2 ** 1000 * 2 ** (exponent - 1000) : mantissa * 2 ** exponent;
}

function shiftHalfEven(mantissa: bigint, drop: bigint): bigint {
  const quotient = mantissa >> drop;
  const rest = mantissa - (quotient << drop);
  const half = 1n << (drop - 1n);
  return rest > half || (rest === half && quotient % 2n === 1n) ? quotient + 1n : quotient;
}
