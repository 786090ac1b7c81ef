/** Go's 64-bit integer arithmetic on GoInt: wraps around, divides toward zero. Doubles as long as they are exact, bigints beyond. */
import { type GoInt, int64 } from '@flotilla/gocompat';
import { panic } from './panic.ts';

type Operation = (a: bigint, b: bigint) => bigint;

function exact(a: GoInt, b: GoInt, result: number, operation: Operation): GoInt {
  const isExact = a.big === undefined && b.big === undefined && Number.isSafeInteger(result);
  return int64(isExact ? result : operation(a.toBigInt(), b.toBigInt()));
}

/** `a + b`. */
export function add(a: GoInt, b: GoInt): GoInt {
  return exact(a, b, a.n + b.n, (x, y) => x + y);
}

/** `a - b`. */
export function subtract(a: GoInt, b: GoInt): GoInt {
  return exact(a, b, a.n - b.n, (x, y) => x - y);
}

/** `a * b`. */
export function multiply(a: GoInt, b: GoInt): GoInt {
  return exact(a, b, a.n * b.n, (x, y) => x * y);
}

/** `a / b`; a zero divisor panics. */
export function divide(a: GoInt, b: GoInt): GoInt {
  if (b.n === 0) panic('runtime error: integer divide by zero');
  return exact(a, b, Math.trunc(a.n / b.n), (x, y) => x / y);
}

/** `a % b`, with the sign of `a`; a zero divisor panics. */
export function remainder(a: GoInt, b: GoInt): GoInt {
  if (b.n === 0) panic('runtime error: integer divide by zero');
  return exact(a, b, a.n % b.n, (x, y) => x % y);
}

/** True when `a < b`. */
export function isLess(a: GoInt, b: GoInt): boolean {
  return a.big === undefined && b.big === undefined ? a.n < b.n : a.toBigInt() < b.toBigInt();
}
