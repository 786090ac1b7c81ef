/**
 * sprig's durations, and times relative to the host's clock. Comes in: Go duration texts, times, numbers of seconds.
 * Not here: layouts and zones.
 */
import {
  duration,
  formatDuration,
  GoInt,
  GoTime,
  goInt,
  orUndefined,
  parseDuration,
  roundDuration,
  scanInteger,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction } from '../function-table.ts';
import type { TemplateHost } from '../host.ts';

const nanosecondsPerSecond = 1_000_000_000n;
const second = duration(nanosecondsPerSecond);
const longest = 2n ** 63n - 1n;

/** A time as it is, integers of `kinds` as Unix seconds, and now for anything else. */
export function timeOf(host: TemplateHost, value: unknown, kinds: readonly string[]): GoTime {
  if (value instanceof GoTime) return value;
  const isSeconds = value instanceof GoInt && kinds.includes(value.kind);
  return isSeconds ? new GoTime(value.n, 0, host.localZone()) : host.now();
}

/** Go's `Time.Add`. */
function addDuration(time: GoTime, amount: GoInt): GoTime {
  const total = BigInt(time.nanoseconds) + amount.toBigInt();
  const nanoseconds = ((total % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
  const seconds = time.seconds + Number((total - nanoseconds) / nanosecondsPerSecond);
  const monotonic = time.monotonic === undefined ? undefined : time.monotonic + amount.n;
  return new GoTime(seconds, Number(nanoseconds), time.zone, monotonic);
}

/** Go's `time.Since`: by the monotonic clock when both times have read it, held within an int64. */
function since(host: TemplateHost, time: GoTime): GoInt {
  const now = host.now();
  if (now.monotonic !== undefined && time.monotonic !== undefined) {
    return duration(BigInt(Math.round(now.monotonic - time.monotonic)));
  }
  const seconds = BigInt(now.seconds) - BigInt(time.seconds);
  const elapsed = seconds * nanosecondsPerSecond + BigInt(now.nanoseconds - time.nanoseconds);
  if (elapsed > longest) return duration(longest);
  return duration(elapsed < -longest - 1n ? -longest - 1n : elapsed);
}

/** `duration`: a text or an int64 of seconds; any other value counts as none. */
function secondsText(value: unknown): string {
  let seconds = 0n;
  if (typeof value === 'string') seconds = scanInteger(value, 10, 64).value;
  else if (value instanceof GoInt && value.kind === 'int64') seconds = value.toBigInt();
  return formatDuration(duration(seconds * nanosecondsPerSecond));
}

const hour = 3600n * nanosecondsPerSecond;
const roundedUnits: readonly (readonly [bigint, string])[] = [
  [hour * 24n * 365n, 'y'],
  [hour * 24n * 30n, 'mo'],
  [hour * 24n, 'd'],
  [hour, 'h'],
  [60n * nanosecondsPerSecond, 'm'],
  [nanosecondsPerSecond, 's'],
];

/** `durationRound`: how many of the largest unit that is shorter than the duration. */
function roundedText(host: TemplateHost, value: unknown): string {
  const signed = durationOf(host, value).toBigInt();
  const length = signed < 0n ? -signed : signed;
  const unit = roundedUnits.find(([size]) => length > size);
  return unit === undefined ? '0s' : `${length / unit[0]}${unit[1]}`;
}

function durationOf(host: TemplateHost, value: unknown): GoInt {
  if (typeof value === 'string') return orUndefined(() => parseDuration(value)) ?? duration(0);
  if (value instanceof GoTime) return since(host, value);
  return value instanceof GoInt && value.kind === 'int64' ? goInt('duration', value.toBigInt()) : duration(0);
}

function modifying(orUnchanged: boolean): FunctionSpec {
  return goFunction(['string', 'time'], (text, time) => {
    const amount = orUnchanged ? orUndefined(() => parseDuration(text)) : parseDuration(text);
    return amount === undefined ? time : addDuration(time, amount);
  });
}

/** sprig's `now`, `ago`, `duration`, `durationRound`, `dateModify` and `unixEpoch`. */
export function clockFunctions(host: TemplateHost): Readonly<Record<string, FunctionSpec>> {
  return {
    now: goFunction([], () => host.now()),
    ago: goFunction(['any'], (value) =>
      formatDuration(roundDuration(since(host, timeOf(host, value, ['int', 'int64'])), second)),
    ),
    duration: goFunction(['any'], secondsText),
    durationRound: goFunction(['any'], (value) => roundedText(host, value)),
    unixEpoch: goFunction(['time'], (time) => String(time.seconds)),
    dateModify: modifying(true),
    date_modify: modifying(true),
    mustDateModify: modifying(false),
    must_date_modify: modifying(false),
  };
}
