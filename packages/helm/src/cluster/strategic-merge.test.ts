import { expect, test } from 'vitest';
import type { PatchRules, PatchSchema } from './cluster.ts';
import { threeWayStrategicPatch } from './strategic-merge.ts';

/** Objects as they were, shall be and are; the patch that goes to the server. */

function schema(fields: Readonly<Record<string, readonly [PatchRules, PatchSchema?]>>): PatchSchema {
  return {
    field: (name) => {
      const found = fields[name];
      return found === undefined ? undefined : { rules: found[0], schema: found[1] };
    },
  };
}

const byName: PatchRules = { strategies: ['merge'], mergeKey: 'name' };
const scalars: PatchRules = { strategies: ['merge'], mergeKey: '' };
const union: PatchRules = { strategies: ['retainKeys'], mergeKey: '' };
const item = schema({ env: [byName, schema({})] });
const pod = schema({ items: [byName, item], names: [scalars], strategy: [union, schema({})] });

const patch = (original: object, modified: object, current: object = original) =>
  threeWayStrategicPatch(
    { original: { ...original }, modified: { ...modified }, current: { ...current } },
    pod,
  );

test('nothing to change is an empty patch', () => {
  const object = { a: 1, items: [{ name: 'x', v: 1 }] };
  expect(patch(object, object)).toEqual({});
});

test('what the chart dropped is removed, what others added stays', () => {
  expect(patch({ a: 1, b: 2 }, { a: 1 }, { a: 1, b: 2, theirs: 3 })).toEqual({ b: null });
});

test('drift of a wanted field is mended', () => {
  expect(patch({ a: 1 }, { a: 1 }, { a: 9 })).toEqual({ a: 1 });
});

test('list items change, come and go by their key, in the wanted order', () => {
  const before = {
    items: [
      { name: 'x', v: 1, env: [{ name: 'A', v: 1 }] },
      { name: 'y', v: 1 },
    ],
  };
  const after = {
    items: [
      { name: 'z', v: 1 },
      { name: 'x', v: 2, env: [{ name: 'B', v: 1 }] },
    ],
  };
  expect(patch(before, after)).toEqual({
    '$setElementOrder/items': [{ name: 'z' }, { name: 'x' }],
    items: [
      { name: 'z', v: 1 },
      {
        name: 'x',
        v: 2,
        '$setElementOrder/env': [{ name: 'B' }],
        env: [
          { name: 'B', v: 1 },
          { $patch: 'delete', name: 'A' },
        ],
      },
      { $patch: 'delete', name: 'y' },
    ],
  });
});

test('of items with one key the last meets the old one', () => {
  const [one, two] = [
    { name: 'x', v: 1 },
    { name: 'x', v: 2 },
  ];
  expect(patch({ items: [one] }, { items: [one, two] })).toEqual({
    '$setElementOrder/items': [{ name: 'x' }, { name: 'x' }],
    items: [two, one],
  });
  expect(patch({ items: [{ name: 'y' }] }, { items: [one, { ...two, w: 1 }] })).toEqual({
    '$setElementOrder/items': [{ name: 'x' }, { name: 'x' }],
    items: [
      { name: 'x', v: 1, w: 1 },
      { $patch: 'delete', name: 'y' },
    ],
  });
});

test('lists of texts are merged as sets', () => {
  expect(patch({ names: ['a', 'b'] }, { names: ['b', 'c'] })).toEqual({
    '$deleteFromPrimitiveList/names': ['a'],
    '$setElementOrder/names': ['b', 'c'],
    names: ['c'],
  });
});

test('a union drops the members its new form does not have', () => {
  const before = { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 3 } } };
  expect(patch(before, { strategy: { type: 'Recreate' } })).toEqual({
    strategy: { type: 'Recreate', rollingUpdate: null, $retainKeys: ['type'] },
  });
});
