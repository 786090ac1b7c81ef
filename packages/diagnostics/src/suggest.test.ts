import { expect, test } from 'vitest';
import { didYouMean, editDistance } from './suggest.ts';

test('near names are offered, best first', () => {
  expect(didYouMean('relaeses', ['releases', 'repositories', 'helmDefaults'])).toBe(
    'did you mean "releases"?',
  );
  expect(didYouMean('Name', ['name', 'names'])).toBe('did you mean "name" or "names"?');
  expect(didYouMean('zzz', ['name'])).toBe(undefined);
});

test('the distance counts insertions, substitutions and transpositions and stops at the limit', () => {
  expect([
    editDistance('ab', 'ba', 2),
    editDistance('kitten', 'sitting', 5),
    editDistance('a', 'bcdefg', 2),
  ]).toEqual([1, 3, 3]);
});
