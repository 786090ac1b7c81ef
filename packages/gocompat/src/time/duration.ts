/**
 * Go durations: int64 nanoseconds as a GoInt of kind `duration`. Comes in: text such as `1h30m` or a duration; goes
 * out: the duration, its text, or a rounded one.
 */
import { duration, type GoInt } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';
import { quoteForTime } from './quote-time.ts';

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const maximum = 1n << 63n;
const term = /([0-9]*)(?:\.([0-9]*))?([^.0-9]*)/y;

/**
 * Go's `time.ParseDuration`. Throws GoError (`time: invalid duration "x"`, `time: missing unit in duration "5"`,
 * `time: unknown unit "d" in duration "5d"`).
 */
export function parseDuration(text: string): GoInt {
  const isNegative = text.startsWith('-');
  let at = isNegative || text.startsWith('+') ? 1 : 0;
  if (text.slice(at) === '0') return duration(0);
  if (at === text.length) throw durationError('invalid duration', text);
  let total = 0n;
  while (at < text.length) {
    term.lastIndex = at;
    const match = term.exec(text);
    if (match === null) throw durationError('invalid duration', text);
    // Go adds in uint64, where two halves of the range make nothing.
    total = BigInt.asUintN(64, total + termValue(match, text));
    if (total > maximum) throw durationError('invalid duration', text);
    at += match[0].length;
  }
  if (!isNegative && total === maximum) throw durationError('invalid duration', text);
  return duration(isNegative ? -total : total);
}

function termValue(match: RegExpExecArray, text: string): bigint {
  const [, whole = '', fraction = '', unitName = ''] = match;
  if (whole === '' && fraction === '') throw durationError('invalid duration', text);
  const value = BigInt(whole || '0');
  if (value > maximum) throw durationError('invalid duration', text);
  if (unitName === '') throw durationError('missing unit in duration', text);
  const unit = Object.hasOwn(units, unitName) ? units[unitName] : undefined;
  if (unit === undefined) throw durationError(`unknown unit ${quoteForTime(unitName)} in duration`, text);
  const total = value * unit + fractionValue(fraction, unit);
  if (total > maximum) throw durationError('invalid duration', text);
  return total;
}

/** Go keeps as many digits as fit an int64 and multiplies in float64. */
function fractionValue(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    if (value > (maximum - 1n) / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > maximum) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

function durationError(problem: string, text: string): GoError {
  return new GoError(`time: ${problem} ${quoteForTime(text)}`);
}

/** Go's `Duration.String`: `1h2m3.5s`, `1.5ms`, `0s`. */
export function formatDuration(value: GoInt): string {
  const nanoseconds = value.toBigInt();
  const sign = nanoseconds < 0n ? '-' : '';
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return '0s';
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${withFraction(size, 3)}\u00b5s`;
  if (size < 1_000_000_000n) return `${sign}${withFraction(size, 6)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = withFraction(size % 60_000_000_000n, 9);
  if (minutes === 0n) return `${sign}${seconds}s`;
  const hours = minutes / 60n;
  return hours === 0n ? `${sign}${minutes}m${seconds}s` : `${sign}${hours}h${minutes % 60n}m${seconds}s`;
}

function withFraction(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  const whole = digits.slice(0, -places);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Go's `Duration.Truncate`: toward zero to a multiple of `unit`; unchanged when `unit` is not positive. */
export function truncateDuration(value: GoInt, unit: GoInt): GoInt {
  const step = unit.toBigInt();
  const total = value.toBigInt();
  return step <= 0n ? duration(total) : duration(total - (total % step));
}

/** Go's `Duration.Round`: to the nearest multiple of `unit`, halves away from zero, clamped at the ends of int64. */
export function roundDuration(value: GoInt, unit: GoInt): GoInt {
  const step = unit.toBigInt();
  const total = value.toBigInt();
  if (step <= 0n) return duration(total);
  const rest = total % step;
  const size = rest < 0n ? -rest : rest;
  if (size + size < step) return duration(total - rest);
  const rounded = total < 0n ? total - (step - size) : total + step - size;
  if (rounded > maximum - 1n) return duration(maximum - 1n);
  return duration(rounded < -maximum ? -maximum : rounded);
}
