import { locationOf, source } from '@flotilla/diagnostics';
import { dict } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { NodePlace } from './node-place.ts';
import {
  keySpanOf,
  type PathSegment,
  rememberAppend,
  rememberMerge,
  rememberPlace,
  spanOf,
} from './provenance.ts';
import { readDocuments, writtenIn } from './yaml-documents.ts';

/** `data`, as if it had been decoded from `text`. */
function written<T extends object>(name: string, text: string, data: T): T {
  const file = source(name, text);
  const document = readDocuments(file, writtenIn(file)).documents[0]!;
  rememberPlace(data, new NodePlace(document.root, document));
  return data;
}

function place(value: object, ...path: readonly PathSegment[]): string | undefined {
  const found = spanOf(value, ...path);
  return found === undefined ? undefined : locationOf(found);
}

test('a path below remembered data leads through lists, aliases and merge keys', () => {
  const text = 'base: &b {x: 1}\nlist:\n- {k: &v [p, q]}\nuse:\n  <<: *b\n  y: *v\n';
  const data = written('f', text, {
    base: { x: 1 },
    list: [{ k: ['p', 'q'] }],
    use: { x: 1, y: ['p', 'q'] },
  });
  expect([
    place(data, 'list', 0, 'k', 1),
    place(data, 'use', 'x'),
    place(data, 'use', 'y', 0),
    place(data, 'use', 'nope'),
    place(data),
    locationOf(keySpanOf(data, 'use', 'y')!),
  ]).toEqual(['f:3:14', 'f:1:14', 'f:3:11', undefined, 'f:1:1', 'f:6:3']);
});

test('in a merge the layer that gave the value is found', () => {
  const base = written(
    'base',
    'a: 1\nb: 1\nm: {x: 1}\n',
    dict([
      ['a', 1],
      ['b', 1],
      ['m', dict([['x', 1]])],
    ]),
  );
  const over = written(
    'over',
    'a: 2\nb: 0\n',
    dict([
      ['a', 2],
      ['b', 0],
    ]),
  );
  const merged = dict([
    ['a', 2],
    ['b', 1],
    ['m', base['m']],
  ]);
  rememberMerge(merged, [base, over]);
  expect([place(merged, 'a'), place(merged, 'b'), place(merged, 'm', 'x'), place(merged)]).toEqual([
    'over:1:4',
    'base:2:4',
    'base:3:8',
    'over:1:1',
  ]);
});

test('in joined lists an index leads to its own list', () => {
  const first = written('first', '[a, b]', ['a', 'b']);
  const second = written('second', '[a]', ['a']);
  const joined = ['a', 'b', 'a'];
  rememberAppend(joined, [first, second]);
  expect([place(joined, 1), place(joined, 2), place(joined, 3)]).toEqual([
    'first:1:5',
    'second:1:2',
    undefined,
  ]);
});

test('places can be replaced, do not show, and strangers have none', () => {
  const data = written('old', 'a: 1\n', { a: 1 });
  written('new', '\na: 1\n', data);
  expect(place(data, 'a')).toBe('new:2:4');
  expect([Object.keys(data), JSON.stringify(data), Reflect.ownKeys(data)]).toEqual([['a'], '{"a":1}', ['a']]);
  expect(place({ a: 1 }, 'a')).toBe(undefined);
  expect(place(Object.freeze(written('f', 'a: 1\n', { a: 1 })), 'a')).toBe('f:1:4');
});
