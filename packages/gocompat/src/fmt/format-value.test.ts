import { expect, test } from 'vitest';
import { dict, stringMap } from '../value/dict.ts';
import { fromJs } from '../value/from-js.ts';
import { duration, int, int64 } from '../value/go-int.ts';
import { GoError, GoStruct } from '../value/go-struct.ts';
import { nilSlice } from '../value/slice.ts';
import { formatAction, formatValue } from './format-value.ts';
import { sprint, sprintln } from './sprint.ts';

const certificate = {
  goType: 'sprig.certificate',
  fields: new Map<string, unknown>([
    ['Cert', 'c'],
    ['Key', 1e6],
  ]),
  methods: new Map(),
};

test.each([
  [null, '<nil>'],
  ['a b', 'a b'],
  [100000, '100000'],
  [1000000, '1e+06'],
  [1234567.5, '1.2345675e+06'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Inf'],
  [int64(2n ** 62n), '4611686018427387904'],
  [duration(90_500_000_000), '1m30.5s'],
  [fromJs({ b: { c: 'd' }, a: [1, 'x', true, null, 2e6] }), 'map[a:[1 x true <nil> 2e+06] b:map[c:d]]'],
  [stringMap([['k', 'v']]), 'map[k:v]'],
  [dict(), 'map[]'],
  [['', ''], '[ ]'],
  [nilSlice(), '[]'],
  [Uint8Array.of(104, 105), '[104 105]'],
  [new GoError('no such key'), 'no such key'],
  [new GoStruct({ ...certificate, isPointer: false }), '{c 1e+06}'],
  [new GoStruct({ ...certificate, isPointer: true }), '&{c 1e+06}'],
])('%%v of %o', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test('a bare action shows nil as no value and pointers without &', () => {
  expect(formatAction(null)).toBe('<no value>');
  expect(formatAction(new GoStruct({ ...certificate, isPointer: true }))).toBe('{c 1e+06}');
  expect(formatAction([null])).toBe('[<nil>]');
});

test('print puts blanks only between operands that are not strings', () => {
  expect(sprint([int(1), int(2), 'a', 'b', int(3), null])).toBe('1 2ab3 <nil>');
  expect(sprintln(['a', 1, null])).toBe('a 1 <nil>\n');
});
