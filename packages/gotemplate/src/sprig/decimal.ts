/**
 * Decimal arithmetic of sprig's `addf`, `subf`, `mulf`, `divf` (shopspring/decimal): each float64 stands for its shortest decimal,
 * sums and products are exact, quotients have 16 fractional digits rounded half away from zero.
 */
import { formatValue } from '@flotilla/gocompat';
import { panic } from './panic.ts';

/** `coefficient · 10^exponent`. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

const divisionDigits = 16;

/** The decimal of a finite float64; NaN and infinities panic. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) panic(`Cannot create a Decimal from ${formatValue(value)}`);
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The float64 nearest to a decimal. */
export function floatOf({ coefficient, exponent }: Decimal): number {
  return Number(`${coefficient}e${exponent}`);
}

/** Exact sum. */
export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { coefficient: scaled(a, exponent) + scaled(b, exponent), exponent };
}

/** Exact difference. */
export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  return addDecimals(a, { ...b, coefficient: -b.coefficient });
}

/** Exact product. */
export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** Quotient to 16 fractional digits; a zero divisor panics. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.coefficient === 0n) panic('decimal division by 0');
  const shift = a.exponent - b.exponent + divisionDigits;
  const numerator = a.coefficient * 10n ** BigInt(Math.max(shift, 0));
  const denominator = b.coefficient * 10n ** BigInt(Math.max(-shift, 0));
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  const roundsAway = magnitude(rest) * 2n >= magnitude(denominator);
  const away = numerator < 0n === denominator < 0n ? 1n : -1n;
  return { coefficient: roundsAway ? quotient + away : quotient, exponent: -divisionDigits };
}

function scaled(value: Decimal, exponent: number): bigint {
  return value.coefficient * 10n ** BigInt(value.exponent - exponent);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
