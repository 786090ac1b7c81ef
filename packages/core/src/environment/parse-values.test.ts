import { toGoJson } from '@flotilla/gocompat';
import { expect, it } from 'vitest';
import { parseValues } from './parse-values.ts';

it('makes keys of the top level text and leaves a null one out', () => {
  expect(toGoJson(parseValues('1: one\ntrue: yes\nnull: n\n1.5: f\n'))).toBe(
    '{"1":"one","1.5":"f","true":"yes"}',
  );
});

it('refuses nested keys that are no text', () => {
  expect(() => parseValues('a:\n  1: one\n')).toThrow(
    'unexpected type of key in map: expected string, got int: value=1, map=map[1:one]',
  );
  expect(() => parseValues('a: [{true: 1}]\n')).toThrow(
    'unexpected type of key in map: expected string, got bool: value=true, map=map[true:1]',
  );
});
