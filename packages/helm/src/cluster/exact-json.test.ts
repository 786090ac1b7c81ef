import { expect, test } from 'vitest';
import { readJson, writeJson } from './exact-json.ts';

/** Integers of 64 bits go to the server and come back as they are; Kubernetes knows no larger ones. */

test.each([
  '{"a":9007199254740993,"b":[-9223372036854775808,9223372036854775807]}',
  '{"a":{"b":"9007199254740993"},"c":[1,1.5,true,null,"<&>"]}',
  '[9007199254740993]',
])('%s', (text) => {
  expect(writeJson(readJson(text))).toBe(text);
});

test('small ones are numbers, large ones bigints, and texts stay texts', () => {
  expect(readJson('{"s":"x:1234567890123456,","n":1234567890123456,"m":1234567890123456789}')).toEqual({
    s: 'x:1234567890123456,',
    n: 1_234_567_890_123_456,
    m: 1_234_567_890_123_456_789n,
  });
});

test('what is cut is refused', () => {
  expect(() => readJson('{"a":9007199254740993')).toThrow(SyntaxError);
});
