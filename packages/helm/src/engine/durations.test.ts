import { Dict, duration, formatDuration, GoError, type GoInt, int } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { durationFunctions, toDuration } from './durations.ts';

function call(name: string, ...args: readonly unknown[]): string {
  const run = durationFunctions[name]?.call as (...given: readonly unknown[]) => unknown;
  const result = run(...args);
  return name.endsWith('To') || name === 'mustToDuration' ? formatDuration(result as GoInt) : String(result);
}

test.each([
  ['mustToDuration', [' 1h2m '], '1h2m0s'],
  ['mustToDuration', ['2.5'], '2.5s'],
  ['mustToDuration', ['1e3'], '16m40s'],
  ['mustToDuration', [int(90)], '1m30s'],
  ['mustToDuration', [1.5], '1.5s'],
  ['durationSeconds', ['1m30s'], '90'],
  ['durationDays', ['36h'], '1.5'],
  ['durationWeeks', ['36h'], '0.21428571428571427'],
  ['durationMilliseconds', ['-1999us'], '-1'],
  ['durationMinutes', ['nonsense'], '0'],
  ['durationRoundTo', ['2h15m', '30m'], '2h30m0s'],
  ['durationRoundTo', ['-2h15m', '30m'], '-2h30m0s'],
  ['durationTruncateTo', ['-2h29m', '30m'], '-2h0m0s'],
  ['durationRoundTo', ['5s', 'nonsense'], '5s'],
  ['durationRoundTo', ['5s', duration(0)], '5s'],
  ['durationRoundTo', ['nonsense', '1s'], '0s'],
])('%s %j is %s', (name, args, expected) => {
  expect(call(name, ...args)).toBe(expected);
});

test.each([
  ['', 'empty duration'],
  ['abc', 'could not parse duration "abc"'],
  ['0x10', 'could not parse duration "0x10"'],
  [null, 'invalid duration'],
  [true, 'unsupported duration type bool'],
  [new Dict(), 'unsupported duration type map[string]interface {}'],
  [int(9223372037), 'duration seconds overflow: 9223372037'],
  [1e300, 'duration seconds overflow: 1e+300'],
  [Number.NaN, 'invalid duration seconds: NaN'],
])('%j is none: %s', (value, message) => {
  expect(() => toDuration(value)).toThrow(new GoError(message));
});
