import { expect, test } from 'vitest';
import { isBlank, isSpace, trimLeftSpace, trimRightSpace, trimSpace } from './white-space.ts';

/** What `unicode.IsSpace` of Go 1.26 says yes to. */
const spaces = [
  9,
  10,
  11,
  12,
  13,
  0x20,
  0x85,
  0xa0,
  0x1680,
  ...Array.from({ length: 11 }, (_, i) => 0x2000 + i),
  0x2028,
  0x2029,
  0x202f,
  0x205f,
  0x3000,
];

test('white space is what Go takes for it: U+0085 is, U+FEFF and U+200B are not', () => {
  const found = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(isSpace);
  expect(found).toEqual(spaces);
});

test('each end is trimmed on its own', () => {
  const [left, right] = ['\u0085\t', '\n\u3000'];
  expect(trimLeftSpace(`${left}a b${right}`)).toBe(`a b${right}`);
  expect(trimRightSpace(`${left}a b${right}`)).toBe(`${left}a b`);
  expect(trimSpace(`${left}a b${right}`)).toBe('a b');
  expect(trimSpace(left + right)).toBe('');
  expect(trimSpace('\ufeffa')).toBe('\ufeffa');
});

test('blank is what trims to nothing', () => {
  expect(['', ' \u00a0\r\n', '\ufeff', ' a '].map(isBlank)).toEqual([true, true, false, false]);
});
