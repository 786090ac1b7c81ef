import fc from 'fast-check';
import { expect, test } from 'vitest';
import { duration } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';
import { formatDuration, parseDuration, roundDuration, truncateDuration } from './duration.ts';

test.each([
  ['0', '0s'],
  ['1h', '1h0m0s'],
  ['90s', '1m30s'],
  ['1.5ms', '1.5ms'],
  ['2us', '2\u00b5s'],
  ['2\u03bcs', '2\u00b5s'],
  ['-1.5h', '-1h30m0s'],
  ['.5s', '500ms'],
  ['1h0.000000001s', '1h0m0.000000001s'],
  ['9223372036854775807ns', '2562047h47m16.854775807s'],
])('%s is %s', (text, formatted) => {
  expect(formatDuration(parseDuration(text))).toBe(formatted);
});

test.each([
  ['', 'time: invalid duration ""'],
  ['bad', 'time: invalid duration "bad"'],
  ['5', 'time: missing unit in duration "5"'],
  ['5d', 'time: unknown unit "d" in duration "5d"'],
  ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
  ['1é', 'time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'],
])('%s is refused', (text, message) => {
  expect(() => parseDuration(text)).toThrow(new GoError(message));
});

test('the text of a duration reads back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (nanoseconds) => {
      expect(parseDuration(formatDuration(duration(nanoseconds))).toBigInt()).toBe(nanoseconds);
    }),
    { seed: 1 },
  );
});

test('rounding goes to the nearest multiple, halves away from zero', () => {
  const hour = parseDuration('1h');
  expect(formatDuration(roundDuration(parseDuration('1h30m'), hour))).toBe('2h0m0s');
  expect(formatDuration(roundDuration(parseDuration('-89m'), hour))).toBe('-1h0m0s');
  expect(formatDuration(truncateDuration(parseDuration('119m'), hour))).toBe('1h0m0s');
  expect(formatDuration(roundDuration(parseDuration('1h'), duration(0)))).toBe('1h0m0s');
});
