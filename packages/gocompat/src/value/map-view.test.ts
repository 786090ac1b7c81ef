import { expect, test } from 'vitest';
import { dict } from './dict.ts';
import { typeOf } from './kind.ts';
import { deleteKey, namedView, plainView, setKey } from './map-view.ts';

test('a map under two types is one map', () => {
  const plain = dict([['a', 1]]);
  const named = namedView('common.Values', plain);
  expect([typeOf(plain), typeOf(named)]).toEqual(['map[string]interface {}', 'common.Values']);
  expect([plainView(named), plainView(plain), namedView('common.Values', plain)]).toEqual([
    plain,
    plain,
    named,
  ]);
  setKey(named, 'b', 2);
  setKey(plain, 'c', 3);
  deleteKey(named, 'a');
  expect([{ ...plain }, { ...named }]).toEqual([
    { b: 2, c: 3 },
    { b: 2, c: 3 },
  ]);
});
