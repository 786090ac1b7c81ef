import { Dict, fromJs, toGoJson } from '@flotilla/gocompat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyValues } from './copy-values.ts';
import { mergeTables, overlayTables, removeNulls } from './tables.ts';

const { tree } = fc.letrec((tie) => ({
  leaf: fc.constantFrom<unknown>(1, 'x', true, null, [1, 'y']),
  node: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('tree')),
  tree: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { maxKeys: 3 }),
}));

const tables = tree.map((value) => fromJs(value, 'float64') as Dict);
const seeded = { seed: 11, numRuns: 500 };
const quiet = { keepsNulls: true, warn: () => {} };

describe('overlaying', () => {
  test('nothing changes nothing', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(toGoJson(overlayTables(table, new Dict()))).toBe(toGoJson(table));
        expect(toGoJson(overlayTables(new Dict(), table))).toBe(toGoJson(table));
      }),
      seeded,
    );
  });

  test('twice is as good as once, and the operands stay as they were', () => {
    fc.assert(
      fc.property(tables, tables, (base, overlay) => {
        const before = [toGoJson(base), toGoJson(overlay)];
        const once = overlayTables(base, overlay);
        expect(toGoJson(overlayTables(once, overlay))).toBe(toGoJson(once));
        expect([toGoJson(base), toGoJson(overlay)]).toEqual(before);
      }),
      seeded,
    );
  });
});

test('what the destination has, it keeps', () => {
  fc.assert(
    fc.property(tables, tables, (destination, source) => {
      const merged = mergeTables(copyValues(destination), copyValues(source), quiet);
      const again = mergeTables(copyValues(merged), copyValues(destination), quiet);
      expect(toGoJson(again)).toBe(toGoJson(merged));
      for (const key in destination) {
        if (!(destination[key] instanceof Dict)) expect(merged[key]).toEqual(destination[key]);
      }
    }),
    seeded,
  );
});

test('removing nulls leaves none in tables', () => {
  const table = fromJs({ a: null, b: { c: null, d: [null] } }, 'float64') as Dict;
  removeNulls(table);
  expect(toGoJson(table)).toBe('{"b":{"d":[null]}}');
});
