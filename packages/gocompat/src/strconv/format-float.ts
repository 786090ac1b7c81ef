/**
 * Floats as Go's strconv writes them. Comes in: a number, a verb, a precision; goes out: text. Signs other than `-`,
 * widths and flags are fmt's business (../fmt).
 */
import { type Decimal, exactDigits, roundDigits, shortestDigits } from './decimal-digits.ts';
import { formatBinaryFloat, formatHexFloat } from './format-hex-float.ts';

export type FloatVerb = 'e' | 'E' | 'f' | 'g' | 'G' | 'b' | 'x' | 'X';

/** A float64 as `%v` prints it, which is also what template actions, `print` and the YAML emitters show. */
export function formatShortestFloat(x: number): string {
  const size = Math.abs(x);
  if (size < 1e6 && size >= 1e-4) return String(x);
  if (size === 0) return Object.is(x, -0) ? '-0' : '0';
  return formatFloat(x, 'g', -1, 64);
}

/** Go's `strconv.FormatFloat`: `precision` -1 asks for the shortest digits that read back as the same float. */
export function formatFloat(x: number, verb: FloatVerb, precision: number, bits: 32 | 64 = 64): string {
  if (Number.isNaN(x)) return 'NaN';
  const rounded = bits === 32 ? Math.fround(x) : x;
  if (!Number.isFinite(rounded)) return rounded > 0 ? '+Inf' : '-Inf';
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  const size = Math.abs(rounded);
  switch (verb) {
    case 'e':
    case 'E':
      return sign + formatExponent(size, verb, precision, bits);
    case 'f':
      return sign + formatFixed(size, precision, bits);
    case 'g':
    case 'G':
      return sign + formatGeneral(size, verb, precision, bits);
    case 'b':
      return sign + formatBinaryFloat(size, bits);
    case 'x':
    case 'X':
      return sign + formatHexFloat(size, verb, precision);
  }
}

function formatExponent(size: number, verb: string, precision: number, bits: 32 | 64): string {
  if (precision < 0) return layoutExponent(shortestDigits(size, bits), verb, undefined);
  return layoutExponent(roundDigits(exactDigits(size), precision + 1), verb, precision);
}

function layoutExponent({ digits, point }: Decimal, verb: string, precision: number | undefined): string {
  const fraction = precision === undefined ? digits.slice(1) : digits.slice(1).padEnd(precision, '0');
  const exponent = digits === '' ? 0 : point - 1;
  const magnitude = String(Math.abs(exponent)).padStart(2, '0');
  const mantissa = (digits.charAt(0) || '0') + (fraction === '' ? '' : `.${fraction}`);
  return `${mantissa}${verb}${exponent < 0 ? '-' : '+'}${magnitude}`;
}

function formatFixed(size: number, precision: number, bits: 32 | 64): string {
  if (precision < 0) return layoutFixed(shortestDigits(size, bits), undefined);
  if (size < 1e15 && precision <= 6) {
    const scaled = size * 10 ** precision;
    if (Math.abs(scaled - Math.floor(scaled) - 0.5) > 1e-3 && scaled < 1e12) return size.toFixed(precision);
  }
  const exact = exactDigits(size);
  return layoutFixed(roundDigits(exact, exact.point + precision), precision);
}

function layoutFixed({ digits, point }: Decimal, precision: number | undefined): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const after = point >= 0 ? digits.slice(point) : digits === '' ? '' : '0'.repeat(-point) + digits;
  const fraction = precision === undefined ? after : after.padEnd(precision, '0').slice(0, precision);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function formatGeneral(size: number, verb: string, precision: number, bits: 32 | 64): string {
  const isShortest = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const decimal = isShortest ? shortestDigits(size, bits) : roundDigits(exactDigits(size), wanted);
  const count = decimal.digits.length;
  const exponent = decimal.digits === '' ? -1 : decimal.point - 1;
  let threshold = wanted;
  if (isShortest) threshold = 6;
  else if (wanted > count && count >= decimal.point) threshold = count;
  if (exponent < -4 || exponent >= threshold) {
    return layoutExponent(decimal, verb === 'g' ? 'e' : 'E', undefined);
  }
  return layoutFixed(decimal, undefined);
}
