import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeText } from '../text.ts';
import { castToFloat64, castToInt, castToInt64 } from './cast.ts';
import { dict, namedDict, stringMap } from './dict.ts';
import { deepEqual } from './equal.ts';
import { fromJs, toJs } from './from-js.ts';
import { duration, goInt, int, int64, uint64 } from './go-int.ts';
import { GoStruct } from './go-struct.ts';
import { GoTime } from './go-time.ts';
import { kindOf, typeOf } from './kind.ts';
import { compareStrings, sortedKeys } from './order.ts';
import { nilSlice, stringSlice } from './slice.ts';
import { isTruthy } from './truth.ts';

const zone = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };
const chart = new GoStruct({
  goType: 'chart.Metadata',
  isPointer: true,
  fields: new Map(),
  methods: new Map(),
});

test.each([
  [undefined, 'invalid', '<nil>'],
  [null, 'invalid', '<nil>'],
  ['a', 'string', 'string'],
  [1, 'float64', 'float64'],
  [true, 'bool', 'bool'],
  [int(1), 'int', 'int'],
  [duration(1), 'int64', 'time.Duration'],
  [dict(), 'map', 'map[string]interface {}'],
  [namedDict('common.Values'), 'map', 'common.Values'],
  [stringMap([]), 'map', 'map[string]string'],
  [[], 'slice', '[]interface {}'],
  [stringSlice([]), 'slice', '[]string'],
  [new Uint8Array(), 'slice', '[]uint8'],
  [chart, 'ptr', '*chart.Metadata'],
  [new GoTime(0, 0, zone), 'struct', 'time.Time'],
])('kind and type of %o', (value, kind, type) => {
  expect([kindOf(value), typeOf(value)]).toEqual([kind, type]);
});

test('zero, empty and nil are false, all else is true', () => {
  const falsy = [undefined, null, false, 0, -0, int(0), '', [], dict(), stringMap([]), new Uint8Array()];
  const truthy = [
    Number.NaN,
    'false',
    '0',
    [null],
    dict([['a', null]]),
    new GoTime(0, 0, zone),
    chart,
    duration(1),
  ];
  expect(falsy.map(isTruthy)).not.toContain(true);
  expect(truthy.map(isTruthy)).not.toContain(false);
});

test('strings compare by their UTF-8 bytes', () => {
  expect(
    sortedKeys(dict(['\u{1f600}', '\uff5e', 'b', 'B', '10', '9', '_', 'a'].map((key) => [key, 1]))),
  ).toEqual(['10', '9', 'B', '_', 'a', 'b', '\uff5e', '\u{1f600}']);
  const bytewise = (a: string, b: string) => Buffer.compare(encodeText(a), encodeText(b));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareStrings(a, b))).toBe(bytewise(a, b));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('deep equality asks for equal types', () => {
  expect(deepEqual(fromJs({ a: [1, { b: null }] }), fromJs({ a: [1, { b: null }] }))).toBe(true);
  expect(deepEqual(1, int(1))).toBe(false);
  expect(deepEqual(int(1), int64(1))).toBe(false);
  expect(deepEqual(['a'], stringSlice(['a']))).toBe(false);
  expect(deepEqual([], nilSlice())).toBe(false);
  expect(deepEqual(Number.NaN, Number.NaN)).toBe(false);
  expect(deepEqual(dict([['a', 1]]), dict([['b', 1]]))).toBe(false);
  expect(deepEqual(null, undefined)).toBe(true);
});

test('JS data goes in and comes out, with unusual keys', () => {
  const data = JSON.parse('{"__proto__":{"constructor":[1,"x",null,true]},"n":1.5}') as unknown;
  expect(JSON.stringify(toJs(fromJs(data)))).toBe(JSON.stringify(data));
  expect(typeOf(fromJs(3, 'int'))).toBe('int');
  expect(fromJs(3)).toBe(3);
  expect(toJs(int64(2n ** 60n))).toBe(2n ** 60n);
});

test('casts of spf13/cast', () => {
  const cases: [unknown, string][] = [
    ['12.00', '12'],
    ['.0', '0'],
    ['4.5', '0'],
    ['017', '15'],
    ['09', '0'],
    ['0x1F', '31'],
    ['1_0', '10'],
    [' 1', '0'],
    [-2.9, '-2'],
    [1e30, '-9223372036854775808'],
    [Number.NaN, '-9223372036854775808'],
    [true, '1'],
    [null, '0'],
    [duration(5), '0'],
    [uint64(2n ** 64n - 1n), '-1'],
    [goInt('uint8', 300), '44'],
  ];
  expect(cases.map(([value]) => String(castToInt64(value)))).toEqual(cases.map(([, text]) => text));
  expect(castToInt('7').kind).toBe('int');
  expect(['1e3', '0x10', 'inf', '1_0.5', 'x', true, int(3), null].map(castToFloat64)).toEqual([
    1000,
    0,
    Infinity,
    10.5,
    0,
    1,
    3,
    0,
  ]);
});
