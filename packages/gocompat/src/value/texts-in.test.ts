import { expect, test } from 'vitest';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { textsIn } from './texts-in.ts';

test('texts below lists, maps and keys that are no strings', () => {
  const value = parseYaml('a: [x, {b: y}]\n1: {pw: hunter2}\nn: 5\n', { dialect: 'v3' });
  expect([...textsIn(value)]).toEqual(['x', 'y', 'hunter2']);
});

test('texts of plain objects', () => {
  expect([...textsIn({ a: 'x', b: [null, { c: 'y' }], d: 1n })]).toEqual(['x', 'y']);
});
