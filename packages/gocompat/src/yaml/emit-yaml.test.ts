import { expect, test } from 'vitest';
import { Dict, dict } from '../value/dict.ts';
import { duration, int } from '../value/go-int.ts';
import { nilSlice } from '../value/slice.ts';
import { emitYaml } from './emit-yaml.ts';
import { parseYaml } from './parse-yaml.ts';

const v2 = { dialect: 'v2' } as const;
const v3 = { dialect: 'v3' } as const;

/** A JS literal as Go values. */
function go(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(go);
  if (value === null || typeof value !== 'object' || value.constructor !== Object) return value;
  return dict(Object.entries(value).map(([key, item]) => [key, go(item)] as const));
}

test('sequences stand at their key in v2 and under it in v3', () => {
  const value = go({ a: [1, [2, 3], { k: 'v', l: [] }], m: {} });
  expect(emitYaml(value, v2)).toBe('a:\n- 1\n- - 2\n  - 3\n- k: v\n  l: []\nm: {}\n');
  expect(emitYaml(value, v3)).toBe('a:\n  - 1\n  - - 2\n    - 3\n  - k: v\n    l: []\nm: {}\n');
  expect(emitYaml(value, { dialect: 'v3', indent: 4 })).toBe(
    'a:\n    - 1\n    - - 2\n      - 3\n    - k: v\n      l: []\nm: {}\n',
  );
});

test.each([
  ['yes', '"yes"'],
  ['1.0', '"1.0"'],
  ['12:30:45', '"12:30:45"'],
  ['2020-01-02', '"2020-01-02"'],
  ['', '""'],
  ['1.2.3', '1.2.3'],
  ['a: b', "'a: b'"],
  ['*a', "'*a'"],
  ['a#b', 'a#b'],
  ["it's", "it's"],
  ['😀', '"\\U0001F600"'],
  ['a\tb', '"a\\tb"'],
  ['<<', '<<'],
  ['a\nb', '|-\n  a\n  b'],
  ['a\nb\n', '|\n  a\n  b'],
  ['a\n\n', '|+\n  a\n'],
  [' a\n', '|2\n   a'],
  ['a \nb', '"a \\nb"'],
])('both write %j as %s', (text, printed) => {
  expect(emitYaml(text, v2)).toBe(`${printed}\n`);
  expect(emitYaml(text, v3)).toBe(`${printed}\n`);
});

test('tabs are allowed in the literals of v3', () => {
  expect(emitYaml('a\n\tb\n', v2)).toBe('"a\\n\\tb\\n"\n');
  expect(emitYaml('a\n\tb\n', v3)).toBe('|\n  a\n  \tb\n');
});

test('numbers go through JSON in v2', () => {
  const value = [1, 1e6, 12345678.9, 1e20, 1e-7, -0, int(5), duration(6e10), nilSlice()];
  expect(emitYaml(value, v2)).toBe(
    '- 1\n- 1000000\n- 1.23456789e+07\n- 1e+20\n- 1e-07\n- 0\n- 5\n- 60000000000\n- null\n',
  );
  expect(emitYaml(value, v3)).toBe(
    '- 1\n- 1e+06\n- 1.23456789e+07\n- 1e+20\n- 1e-07\n- -0\n- 5\n- 1m0s\n- []\n',
  );
});

test('v2 folds at the first blank behind column 80', () => {
  const text = `${'word '.repeat(16)}one two three`;
  expect(emitYaml(dict([['k', text]]), v2)).toBe(`k: ${'word '.repeat(15)}word\n  one two three\n`);
  expect(emitYaml(dict([['k', text]]), v3)).toBe(`k: ${text}\n`);
});

test('keys come in natural order', () => {
  const keys = ['a10', 'a2', 'b', '_', '1', '10', '9', 'A', 'a', 'a-b', 'a_b'];
  const lines = emitYaml(dict(keys.map((key) => [key, null])), v2).split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    '_',
    '"1"',
    '"9"',
    '"10"',
    'A',
    'a',
    'a-b',
    'a_b',
    'a2',
    'a10',
    'b',
    '',
  ]);
});

test('long and broken keys are written with a question mark', () => {
  const long = 'x'.repeat(129);
  expect(
    emitYaml(
      dict([
        [long, 1],
        ['a\nb', []],
      ]),
      v2,
    ),
  ).toBe(`? |-\n  a\n  b\n: []\n? ${long}\n: 1\n`);
});

test('what JSON cannot hold is an error in v2', () => {
  expect(() => emitYaml([Number.NaN], v2)).toThrow(
    'error marshaling into JSON: json: unsupported value: NaN',
  );
  expect(() => emitYaml('\x7f', v2)).toThrow('yaml: control characters are not allowed');
  expect(emitYaml([Number.NaN, Number.NEGATIVE_INFINITY], v3)).toBe('- .nan\n- -.inf\n');
});

test('a map with other keys keeps their types', () => {
  expect(emitYaml(parseYaml('10: a\n2: b\ntrue: c\nx: d\n', v3), v3)).toBe('true: c\n2: b\n10: a\nx: d\n');
  expect(parseYaml('x: 1\n', v3)).toBeInstanceOf(Dict);
});
