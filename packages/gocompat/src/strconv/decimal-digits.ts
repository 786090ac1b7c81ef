/**
 * The decimal digits of a float: shortest that reads back, or exact and rounded half to even. Comes in: a finite
 * number; goes out: digits and the position of the decimal point (value = 0.DIGITS × 10^point).
 */

export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

const zero: Decimal = { digits: '', point: 0 };

/** The shortest digits that read back as the same float64 or float32. `x` must be finite and ≥ 0. */
export function shortestDigits(x: number, bits: 32 | 64): Decimal {
  if (x === 0) return zero;
  return bits === 64 ? fromExponential(x.toExponential()) : shortestSingle(x);
}

function shortestSingle(x: number): Decimal {
  const exact = exactDigits(x);
  for (let count = 1; count < 9; count += 1) {
    const rounded = roundDigits(exact, count);
    if (Math.fround(Number(`0.${rounded.digits}e${rounded.point}`)) === x) return rounded;
  }
  return roundDigits(exact, 9);
}

function fromExponential(text: string): Decimal {
  const at = text.indexOf('e');
  const digits = text.slice(0, at).replace('.', '');
  return { digits: digits.replace(/0+$/, ''), point: Number(text.slice(at + 1)) + 1 };
}

/** All digits of the binary value. `x` must be finite and ≥ 0. */
export function exactDigits(x: number): Decimal {
  if (x === 0) return zero;
  const { mantissa, exponent } = decompose(x);
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return { digits: digits.replace(/0+$/, ''), point: digits.length };
  }
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return { digits: digits.replace(/0+$/, ''), point: digits.length + exponent };
}

/** Mantissa and exponent with x = mantissa × 2^exponent; `x` must be finite and ≥ 0. */
export function decompose(x: number): { readonly mantissa: bigint; readonly exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const encoded = view.getBigUint64(0);
  const biased = Number(encoded >> 52n) & 0x7ff;
  const fraction = encoded & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** Rounds half to even to `count` digits (none or fewer than none gives zero digits, or one after a carry). */
export function roundDigits(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal;
  if (count >= digits.length) return decimal;
  if (count < 0) return { digits: '', point };
  const kept = digits.slice(0, count);
  if (!roundsUp(digits, count)) return { digits: kept.replace(/0+$/, ''), point };
  const carried = increment(kept);
  return carried.length > count
    ? { digits: '1', point: point + 1 }
    : { digits: carried.replace(/0+$/, ''), point };
}

function roundsUp(digits: string, count: number): boolean {
  const next = digits.charCodeAt(count) - 48;
  if (next !== 5) return next > 5;
  if (digits.length > count + 1) return true;
  return count > 0 && digits.charCodeAt(count - 1) % 2 === 1;
}

function increment(digits: string): string {
  const at = digits.search(/9*$/);
  if (at === 0) return `1${'0'.repeat(digits.length)}`;
  const raised = digits.charCodeAt(at - 1) - 47;
  return digits.slice(0, at - 1) + String(raised) + '0'.repeat(digits.length - at);
}
