import { Dict, dict } from '@flotilla/gocompat';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deepMerge, overrideMerge } from './merge-values.ts';

type Plain = { readonly [key: string]: unknown };

function toValue(plain: unknown): unknown {
  if (Array.isArray(plain)) return plain.map(toValue);
  if (typeof plain !== 'object' || plain === null || plain instanceof Dict) return plain;
  return dict(Object.entries(plain).map(([key, value]) => [key, toValue(value)] as const));
}

const tree = (plain: Plain): Dict => toValue(plain) as Dict;

test('within one list everything replaces, and maps recurse', () => {
  const base = tree({ a: true, b: 5, c: 'x', d: [1, 2], e: { k: 1 }, f: { k: 1 } });
  const over = tree({ a: false, b: 0, c: '', d: [], e: {}, f: null });
  expect(overrideMerge(base, over)).toEqual({ a: false, b: 0, c: '', d: [], e: { k: 1 }, f: null });
  expect(overrideMerge(tree({ arr: [1, 2, 3] }), tree({ arr: [null, 9] }))).toEqual({ arr: [null, 9] });
  expect(overrideMerge(tree({ x: { a: 1 } }), tree({ x: { a: null, b: 2 } }))).toEqual({
    x: { a: null, b: 2 },
  });
  const kinds = tree({ m: { a: 1 }, s: 1, l: [1], n: { a: 1 } });
  expect(overrideMerge(kinds, tree({ m: 1, s: { a: 1 }, l: { a: 1 }, n: [1] }))).toEqual({
    m: 1,
    s: { a: 1 },
    l: { a: 1 },
    n: [1],
  });
});

test('between parts null keeps, and an array with a null merges by element', () => {
  const first = tree({ a: 1, m: { x: 1 }, l: [1, 2] });
  const second = tree({ a: null, m: { y: 2, x: null }, l: [null, 3] });
  expect(deepMerge(first, second)).toEqual({ a: 1, m: { x: 1, y: 2 }, l: [1, 3] });
  expect(overrideMerge(first, second)).toEqual({ a: null, m: { x: null, y: 2 }, l: [null, 3] });
  expect(deepMerge(tree({ a: 1, m: { x: 1 } }), tree({ a: null, m: null }))).toEqual({ a: 1, m: { x: 1 } });
  expect(deepMerge(tree({ arr: [1, 2, 3] }), tree({ arr: [null, 9] }))).toEqual({ arr: [1, 9, 3] });
  expect(deepMerge(tree({ arr: [1, 2, 3] }), tree({ arr: [] }))).toEqual({ arr: [] });
  expect(deepMerge(tree({ arr: [1, 2, 3] }), tree({ arr: [7] }))).toEqual({ arr: [7] });
  expect(deepMerge(tree({ a: { b: 1 } }), tree({ a: false, n: null }))).toEqual({ a: false, n: null });
  expect(deepMerge(tree({ l: [{ a: 1 }, 2] }), tree({ l: [{ b: [5] }, null, {}] }))).toEqual({
    l: [{ a: 1, b: [5] }, 2, {}],
  });
});

test('overrides from the command line always merge arrays by element', () => {
  expect(deepMerge(tree({ arr: [1, 9, 3] }), tree({ arr: [null, 'X'] }), 'merge')).toEqual({
    arr: [1, 'X', 3],
  });
  expect(deepMerge(tree({ arr: [1, 2] }), tree({ arr: [7] }), 'merge')).toEqual({ arr: [7, 2] });
  expect(deepMerge(tree({}), tree({ new: [null, null, { a: 'q' }] }), 'merge')).toEqual({
    new: [null, null, { a: 'q' }],
  });
});

const scalars = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('', 'a', false, true));
const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, scalars, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
  map: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((entries) => dict(entries)),
}));
const map = fc.array(fc.tuple(key, value), { maxLength: 4 }).map((entries) => dict(entries));

test('both engines have the empty map as identity, are idempotent, and leave their inputs alone', () => {
  fc.assert(
    fc.property(map, map, (base, over) => {
      const before = JSON.stringify([base, over]);
      for (const merge of [deepMerge, overrideMerge]) {
        expect(merge(base, new Dict())).toEqual(base);
        expect(merge(new Dict(), over)).toEqual(over);
        expect(merge(over, over)).toEqual(over);
        const merged = merge(base, over);
        expect(merge(merged, over)).toEqual(merged);
      }
      expect(JSON.stringify([base, over])).toBe(before);
    }),
    { seed: 1 },
  );
});

test('without nulls both engines agree', () => {
  fc.assert(
    fc.property(map, map, (a, b) => {
      expect(overrideMerge(a, b)).toEqual(deepMerge(a, b));
    }),
    { seed: 2 },
  );
});

const { shaped } = fc.letrec<{ shaped: Dict }>((tie) => ({
  shaped: fc
    .record({ s: scalars, l: fc.array(scalars, { maxLength: 2 }), m: tie('shaped') }, { requiredKeys: [] })
    .map((record) => dict(Object.entries(record))),
}));

test('layers group in any way as long as no key changes its kind', () => {
  fc.assert(
    fc.property(shaped, shaped, shaped, (a, b, c) => {
      for (const merge of [overrideMerge, deepMerge]) {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
      }
    }),
    { seed: 3 },
  );
});
