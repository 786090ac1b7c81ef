import { Dict, deepEqual, isTruthy } from '@flotilla/gocompat';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepCopy } from './deep-copy.ts';
import { type MergeMode, mergeInto } from './merge.ts';

const scalar = fc.constantFrom<unknown>(null, '', 'x', 'y', 0, 1, false, true);

const map: fc.Arbitrary<Dict> = fc.letrec<{ readonly value: unknown; readonly map: Dict }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(scalar, { maxLength: 2 }), tie('map')),
  map: fc
    .dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), { maxKeys: 4 })
    .map((entries) => Object.assign(new Dict(), entries)),
})).map;

function merged(mode: MergeMode, ...maps: readonly Dict[]): Dict {
  const [first = new Dict(), ...others] = maps.map((value) => deepCopy(value) as Dict);
  return others.reduce((result, source) => mergeInto(result, source, mode), first);
}

function holds(law: (...maps: [Dict, Dict, Dict]) => boolean): void {
  fc.assert(fc.property(map, map, map, law), { seed: 20261124, numRuns: 1000 });
}

describe.each(['fill', 'overwrite'] as const)('%s', (mode) => {
  test('the destination is what comes back', () => {
    holds((a, b) => mergeInto(a, b, mode) === a);
  });

  test('an empty map changes nothing, nor does the map itself', () => {
    holds((a) => deepEqual(merged(mode, a, new Dict()), a) && deepEqual(merged(mode, a, a), a));
  });

  test('merging the same map again changes nothing', () => {
    holds((a, b) => deepEqual(merged(mode, a, b, b), merged(mode, a, b)));
  });

  test('the source stays as it is', () => {
    holds((a, b) => {
      const source = deepCopy(b) as Dict;
      mergeInto(new Dict(), source, mode);
      return (
        deepEqual(source, b) &&
        isTruthy(merged(mode, a, b)) === (isTruthy(a) || isTruthy(merged(mode, new Dict(), b)))
      );
    });
  });
});

test('filling keeps what is there, overwriting takes what comes', () => {
  holds((a, b) => {
    const filled = merged('fill', a, b);
    const overwritten = merged('overwrite', a, b);
    const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
    return Object.keys({ ...a, ...b }).every((key) => {
      const keeps = !isTruthy(a[key]) || !isScalar(a[key]) || filled[key] === a[key];
      const takes = b[key] === undefined || !isScalar(b[key]) || overwritten[key] === b[key];
      return keeps && takes;
    });
  });
});

test('nested maps of the destination stay the same objects', () => {
  const inner = Object.assign(new Dict(), { a: 1 });
  const outer = Object.assign(new Dict(), { inner });
  mergeInto(outer, Object.assign(new Dict(), { inner: Object.assign(new Dict(), { b: 2 }) }), 'fill');
  expect(outer['inner']).toBe(inner);
  expect(inner['b']).toBe(2);
});
