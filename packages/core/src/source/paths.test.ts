import { expect, test } from 'vitest';
import { resolvePath } from './paths.ts';

test('an absolute path does not move', () => {
  expect([resolvePath('/b', '/a/x'), resolvePath('/b', 'x/../y'), resolvePath('/b', 'C:/x')]).toEqual([
    '/a/x',
    '/b/y',
    'C:/x',
  ]);
});
