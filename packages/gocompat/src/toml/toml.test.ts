import { expect, test } from 'vitest';
import { dict, TypedMap } from '../value/dict.ts';
import { duration, int, int64 } from '../value/go-int.ts';
import { emitToml } from './emit-toml.ts';
import { parseToml } from './parse-toml.ts';

/** A JS literal as Go values. */
function go(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(go);
  if (value === null || typeof value !== 'object' || value.constructor !== Object) return value;
  return dict(Object.entries(value).map(([key, item]) => [key, go(item)] as const));
}

test('scalars come before tables, nested tables are indented', () => {
  const value = go({
    t: { k: 'v', deeper: { z: true } },
    b: [1, int(2)],
    a: 'x',
    n: null,
    list: [{ name: 'one' }, { name: 'two', sub: {} }],
  });
  expect(emitToml(value)).toBe(
    'a = "x"\nb = [1.0, 2]\n\n[[list]]\n  name = "one"\n\n[[list]]\n  name = "two"\n  [list.sub]\n\n' +
      '[t]\n  k = "v"\n  [t.deeper]\n    z = true\n',
  );
});

test.each([
  [1, '1.0'],
  [1e6, '1e+06'],
  [Number.NaN, 'nan'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [int(7), '7'],
  [duration(1.5e9), '"1.5s"'],
  ['a"b\\\t\u0007\u007f', '"a\\"b\\\\\\t\\u0007\\u007f"'],
  [[1, 'x', [true]], '[1.0, "x", [true]]'],
  [[], '[]'],
])('%j is written as %s', (value, text) => {
  expect(emitToml(value)).toBe(text);
});

test('a table inside a mixed array stands on one line', () => {
  expect(emitToml(go({ a: [1, { x: 1, 'y z': { w: 2 } }] }))).toBe(
    'a = [1.0, {x = 1.0, "y z" = {w = 2.0}}]\n',
  );
});

test.each([
  [[dict()], 'toml: top-level values must be Go maps or structs'],
  [dict([['a', [null]]]), 'toml: cannot encode array with nil element'],
  [
    new TypedMap('map[interface {}]interface {}', [], null),
    'toml: cannot encode a map with non-string key type',
  ],
])('what Go refuses', (value, message) => {
  expect(() => emitToml(value)).toThrow(message);
});

test('reading gives int64, float64, times and maps', () => {
  const text = 'i = 9007199254740993\nf = 1.0\nd = 2001-02-03\n[[t]]\nx = 0x10\n';
  const table = parseToml(text);
  expect(table['i']).toEqual(int64(9007199254740993n));
  expect(table['f']).toBe(1);
  expect(table['t']).toEqual([dict([['x', int64(16)]])]);
  expect(emitToml(table)).toBe('d = 2001-02-03\nf = 1.0\ni = 9007199254740993\n\n[[t]]\n  x = 16\n');
});

test('times keep their zone', () => {
  const lines = [
    'a = 2001-12-14T21:59:43.1+05:30',
    'b = 2001-12-14T21:59:43Z',
    'c = 2001-12-14T21:59:43',
    'd = 21:59:43',
  ];
  expect(emitToml(parseToml(lines.join('\n'))).trim()).toBe(lines.join('\n'));
});

test('an error names its line', () => {
  expect(() => parseToml('a = 1\nb\n')).toThrow(/^toml: line 2: /);
  expect(() => parseToml('[t]\na = 9223372036854775808\n')).toThrow(
    'toml: line 2 (last key "t.a"): 9223372036854775808 is out of range for int64',
  );
});
