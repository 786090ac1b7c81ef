import { type Dict, fromJs, GoError, toGoJson } from '@flotilla/gocompat';
import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../chart/log-record.ts';
import { coalesceValues, mergeValues, type ValuesChart } from './coalesce.ts';

function table(value: object): Dict {
  return fromJs(value, 'float64') as Dict;
}

function chart(name: string, values: object, ...dependencies: readonly ValuesChart[]): ValuesChart {
  return { name, values: table(values), dependencies };
}

interface Outcome {
  readonly values: string;
  readonly warnings: readonly string[];
}

function coalesced(root: ValuesChart, values: object, compat: 'v4' | 'v3' = 'v4'): Outcome {
  const warnings: string[] = [];
  const log = (record: LogRecord): number => warnings.push(record.message);
  return { values: toGoJson(coalesceValues(root, table(values), { compat, log })), warnings };
}

describe('own defaults', () => {
  test('the user wins, tables are merged, lists are replaced', () => {
    const root = chart('c', { a: { x: 1, y: 2 }, l: [1, 2], only: true });
    expect(coalesced(root, { a: { x: 9 }, l: [3] })).toEqual({
      values: '{"a":{"x":9,"y":2},"l":[3],"only":true}',
      warnings: [],
    });
  });

  test('a null of the user removes a default and stays where there is none', () => {
    const root = chart('c', { a: { x: 1, y: 2 }, b: 1 });
    expect(coalesced(root, { a: { x: null, z: null }, b: null, q: null }).values).toBe(
      '{"a":{"y":2,"z":null},"q":null}',
    );
  });

  test('nulls among defaults do not show, except in Helm 3', () => {
    const root = chart('c', { a: null, t: { x: null, y: 1 } });
    expect(coalesced(root, {}).values).toBe('{"t":{"y":1}}');
    expect(coalesced(root, {}, 'v3').values).toBe('{"a":null,"t":{"x":null,"y":1}}');
  });

  test('tables and other values that meet are reported', () => {
    const root = chart('c', { a: 1, t: { x: { y: 1 }, z: 2 } });
    expect(coalesced(root, { a: { b: 1 }, t: { x: 'text', z: { w: 1 } } }).warnings).toEqual([
      'warning: skipped value for c.a: Not a table.',
      'warning: cannot overwrite table with non table for c.t.x (map[y:1])',
      'warning: destination for c.t.z is a table. Ignoring non-table value (2)',
    ]);
  });

  test('the values given and the defaults stay as they were', () => {
    const root = chart('c', { a: { x: null, y: 1 } });
    const values = table({ a: { z: null } });
    coalesceValues(root, values);
    expect([toGoJson(values), toGoJson(root.values)]).toEqual(['{"a":{"z":null}}', '{"a":{"x":null,"y":1}}']);
  });
});

describe('sub-charts', () => {
  test('every sub-chart gets a section with its defaults and the globals', () => {
    const root = chart(
      'c',
      { global: { g: 1, t: { a: 1 } }, s: { fromParent: 1 } },
      chart('s', { own: 1, fromParent: 0, global: { g: 2, mine: 3, t: { a: 0, b: 2 } } }),
    );
    expect(coalesced(root, {}).values).toBe(
      '{"global":{"g":1,"t":{"a":1}},"s":{"fromParent":1,"global":{"g":1,"mine":3,"t":{"a":1,"b":2}},"own":1}}',
    );
  });

  test('a null for a sub-chart removes its default', () => {
    const root = chart('c', { s: { a: null } }, chart('s', { a: 1, b: 2 }));
    expect(coalesced(root, { s: { b: null } }).values).toBe('{"s":{"global":{}}}');
  });

  test('a section that is no table is an error', () => {
    const root = chart('c', {}, chart('s', {}));
    expect(() => coalesced(root, { s: 'text' })).toThrow(new GoError('type mismatch on s: %!t(string=text)'));
  });

  test('globals that do not fit are reported', () => {
    const root = chart(
      'c',
      { global: { t: { a: 1 }, v: 1 }, s: { global: { t: 'x', v: { b: 1 } } } },
      chart('s', {}),
    );
    expect(coalesced(root, {}).warnings).toEqual([
      'Conflict: cannot merge map onto non-map for "t". Skipping.',
      'key v is table. Skipping',
    ]);
  });
});

test('merging keeps every null', () => {
  const root = chart('c', { a: null, t: { x: null } }, chart('s', { n: null }));
  expect(toGoJson(mergeValues(root, table({ t: { y: null } })))).toBe(
    '{"a":null,"s":{"global":{},"n":null},"t":{"x":null,"y":null}}',
  );
});
