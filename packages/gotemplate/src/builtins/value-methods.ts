/**
 * Methods of Go's own types that templates can call: `time.Time` (`now.Year`, `now.Format "2006"`) and `time.Duration`.
 * `In`, `Date` and the other methods whose arguments or results no template can hold are left out, as in Go they fail.
 */
import {
  duration,
  formatDuration,
  formatTime,
  formatTimeValue,
  formatValue,
  type GoInt,
  GoTime,
  goInt,
  int,
  int64,
  roundDuration,
  truncateDuration,
  utcZone,
} from '@flotilla/gocompat';
import { type FunctionSpec, type FunctionTable, goMethod } from '../function-table.ts';

const perSecond = 1_000_000_000n;
/** 0001-01-01T00:00:00Z. */
const zeroSeconds = -62_135_596_800;

function nanosecondsOf(time: GoTime): bigint {
  return BigInt(time.seconds) * perSecond + BigInt(time.nanoseconds);
}

function compareTimes(a: GoTime, b: GoTime): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds;
}

function add(time: GoTime, { n, big }: GoInt): GoTime {
  const total = nanosecondsOf(time) + (big ?? BigInt(n));
  const nanoseconds = ((total % perSecond) + perSecond) % perSecond;
  const monotonic = time.monotonic === undefined ? undefined : time.monotonic + n;
  return new GoTime(Number((total - nanoseconds) / perSecond), Number(nanoseconds), time.zone, monotonic);
}

function number(layout: string): FunctionSpec {
  return goMethod([], (time: GoTime) => int(Number(formatTime(time, layout))));
}

/** `time.Month` and `time.Weekday` are integers in Go that print their name. */
function named(kind: 'month' | 'weekday', read: (time: GoTime) => number): FunctionSpec {
  return goMethod([], (time: GoTime) => goInt(kind, read(time)));
}

function monthOf(time: GoTime): number {
  return Number(formatTime(time, '1'));
}

function weekdayOf(time: GoTime): number {
  const days = Math.floor((time.seconds + time.zone.at(time.seconds).offset) / 86_400);
  // 1970-01-01 was a Thursday.
  return (((days + 4) % 7) + 7) % 7;
}

const longest = (1n << 63n) - 1n;

/** The time between two times, or the longest duration where it is longer. */
function between(time: GoTime, other: GoTime): GoInt {
  const nanoseconds = nanosecondsOf(time) - nanosecondsOf(other);
  if (nanoseconds > longest) return duration(longest);
  return duration(nanoseconds < -longest - 1n ? -longest - 1n : nanoseconds);
}

const timeMethods: FunctionTable = new Map([
  ['Add', goMethod(['duration'], add)],
  ['After', goMethod(['time'], (time: GoTime, other) => compareTimes(time, other) > 0)],
  ['Before', goMethod(['time'], (time: GoTime, other) => compareTimes(time, other) < 0)],
  ['Compare', goMethod(['time'], (time: GoTime, other) => int(Math.sign(compareTimes(time, other))))],
  ['Day', number('2')],
  ['Equal', goMethod(['time'], (time: GoTime, other) => compareTimes(time, other) === 0)],
  ['Format', goMethod(['string'], formatTime)],
  ['Hour', number('15')],
  ['IsZero', goMethod([], (time: GoTime) => time.seconds === zeroSeconds && time.nanoseconds === 0)],
  ['Minute', number('4')],
  ['Month', named('month', monthOf)],
  ['Nanosecond', goMethod([], (time: GoTime) => int(time.nanoseconds))],
  ['Second', number('5')],
  ['String', goMethod([], formatTimeValue)],
  ['Sub', goMethod(['time'], between)],
  ['UTC', goMethod([], (time: GoTime) => new GoTime(time.seconds, time.nanoseconds, utcZone))],
  ['Unix', goMethod([], (time: GoTime) => int64(time.seconds))],
  ['UnixMicro', goMethod([], (time: GoTime) => int64(nanosecondsOf(time) / 1000n))],
  ['UnixMilli', goMethod([], (time: GoTime) => int64(nanosecondsOf(time) / 1_000_000n))],
  ['UnixNano', goMethod([], (time: GoTime) => int64(nanosecondsOf(time)))],
  ['Weekday', named('weekday', weekdayOf)],
  ['Year', number('2006')],
  ['YearDay', number('002')],
]);

function inUnits(nanoseconds: number): FunctionSpec {
  return goMethod([], ({ n }: GoInt) => n / nanoseconds);
}

function wholeUnits(nanoseconds: bigint): FunctionSpec {
  return goMethod([], (value: GoInt) => int64(value.toBigInt() / nanoseconds));
}

const durationMethods: FunctionTable = new Map([
  ['Abs', goMethod([], (value: GoInt) => (value.n < 0 ? duration(-value.toBigInt()) : value))],
  ['Hours', inUnits(3.6e12)],
  ['Microseconds', wholeUnits(1000n)],
  ['Milliseconds', wholeUnits(1_000_000n)],
  ['Minutes', inUnits(6e10)],
  ['Nanoseconds', wholeUnits(1n)],
  ['Round', goMethod(['duration'], roundDuration)],
  ['Seconds', inUnits(1e9)],
  ['String', goMethod([], formatDuration)],
  ['Truncate', goMethod(['duration'], truncateDuration)],
]);

const nameMethods: FunctionTable = new Map([['String', goMethod([], formatValue)]]);

export const valueMethods: ReadonlyMap<string, FunctionTable> = new Map([
  ['time.Time', timeMethods],
  ['time.Duration', durationMethods],
  ['time.Month', nameMethods],
  ['time.Weekday', nameMethods],
]);
