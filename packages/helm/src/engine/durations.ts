/** Helm 4.3's duration functions. What is no duration counts as zero; only `mustToDuration` complains. */
import {
  duration,
  formatValue,
  GoError,
  GoInt,
  int64,
  orUndefined,
  parseDuration,
  quote,
  roundDuration,
  scanFloat,
  trimSpace,
  truncateDuration,
  typeOf,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '@flotilla/gotemplate';

const maximumSeconds = 9_223_372_036n;
const maximumNanoseconds = 2 ** 63;
const second = 1_000_000_000n;

/** A duration, a duration text, or a number of seconds, as text too. Throws GoError with Helm's text. */
export function toDuration(value: unknown): GoInt {
  if (value === null || value === undefined) throw new GoError('invalid duration');
  if (typeof value === 'string') return ofText(value);
  if (typeof value === 'number') return ofSeconds(value);
  if (value instanceof GoInt) return value.kind === 'duration' ? value : ofWholeSeconds(value);
  throw new GoError(`unsupported duration type ${typeOf(value)}`);
}

function ofText(text: string): GoInt {
  const trimmed = trimSpace(text);
  if (trimmed === '') throw new GoError('empty duration');
  const parsed = orUndefined(() => parseDuration(trimmed));
  if (parsed !== undefined) return parsed;
  const seconds = scanFloat(trimmed);
  const isOutOfRange = seconds !== undefined && !Number.isFinite(seconds) && /[0-9]/.test(trimmed);
  if (seconds === undefined || isOutOfRange) {
    throw new GoError(`could not parse duration ${quote(text)}`);
  }
  return ofSeconds(seconds);
}

function ofWholeSeconds(seconds: GoInt): GoInt {
  const value = seconds.toBigInt();
  if (value > maximumSeconds || value < -maximumSeconds) {
    throw new GoError(`duration seconds overflow: ${seconds.toString()}`);
  }
  return duration(value * second);
}

function ofSeconds(seconds: number): GoInt {
  if (!Number.isFinite(seconds)) throw new GoError(`invalid duration seconds: ${formatValue(seconds)}`);
  if (Math.abs(seconds) > maximumNanoseconds / 1e9) {
    throw new GoError(`duration seconds overflow: ${formatValue(seconds)}`);
  }
  return duration(BigInt(Math.trunc(seconds * 1e9)));
}

/** Whole units plus the rest as a fraction, as Go's `Duration.Hours` and its siblings compute. */
function fractional(unit: bigint, divisor = 1): FunctionSpec {
  return goFunction(['any'], (value) => {
    const total = (orUndefined(() => toDuration(value)) ?? duration(0)).toBigInt();
    return (Number(total / unit) + Number(total % unit) / Number(unit)) / divisor;
  });
}

function whole(unit: bigint): FunctionSpec {
  return goFunction(['any'], (value) =>
    int64((orUndefined(() => toDuration(value)) ?? duration(0)).toBigInt() / unit),
  );
}

function toMultiple(change: (value: GoInt, unit: GoInt) => GoInt): FunctionSpec {
  return goFunction(['any', 'any'], (value, multiple) => {
    const total = orUndefined(() => toDuration(value));
    if (total === undefined) return duration(0);
    const unit = orUndefined(() => toDuration(multiple));
    return unit === undefined ? total : change(total, unit);
  });
}

const hour = 3600n * second;

export const durationFunctions: Readonly<Record<string, FunctionSpec>> = {
  mustToDuration: goFunction(['any'], toDuration),
  durationSeconds: fractional(second),
  durationMilliseconds: whole(1_000_000n),
  durationMicroseconds: whole(1000n),
  durationNanoseconds: whole(1n),
  durationMinutes: fractional(60n * second),
  durationHours: fractional(hour),
  durationDays: fractional(hour, 24),
  durationWeeks: goFunction(['any'], (value) => {
    const total = (orUndefined(() => toDuration(value)) ?? duration(0)).toBigInt();
    return (Number(total / hour) + Number(total % hour) / Number(hour)) / 24 / 7;
  }),
  durationRoundTo: toMultiple(roundDuration),
  durationTruncateTo: toMultiple(truncateDuration),
};
