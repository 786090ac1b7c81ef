import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatFloat } from './format-float.ts';
import { parseGoFloat } from './parse-float.ts';
import { atoi, parseInteger, parseUnsigned, scanInteger } from './parse-integer.ts';
import { canBackquote, quote, quoteRune, quoteToAscii } from './quote.ts';
import { unquote } from './unquote.ts';

const messageOf = (run: () => unknown): string => {
  try {
    return String(run());
  } catch (error) {
    return (error as Error).message;
  }
};

test('quoting escapes what Go does not print', () => {
  expect(quote('a"\\\n\x07\x01\x7f é \u00a0\u00ad\u200b\ufeff \u{1f600}\u{e0001}\udcff')).toBe(
    '"a\\"\\\\\\n\\a\\x01\\x7f é \\u00a0\\u00ad\\u200b\\ufeff \u{1f600}\\U000e0001\\xff"',
  );
  expect(quoteToAscii('é\u{1f600}')).toBe('"\\u00e9\\U0001f600"');
  expect([quoteRune(39), quoteRune(10), quoteRune(0xd800), quoteRune(0xe9, true)]).toEqual([
    "'\\''",
    "'\\n'",
    "'\ufffd'",
    "'\\u00e9'",
  ]);
  expect(['a\tb', 'a`b', 'a\nb', 'a\udcff'].map(canBackquote)).toEqual([true, false, false, false]);
});

test('unquoting gives back what was quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(unquote(quote(text))).toBe(text);
      expect(unquote(quoteToAscii(text))).toBe(text);
    }),
    { seed: 1 },
  );
});

test.each([
  ['"\\xff\\101\\u00e9"', '\udcffAé'],
  ['`a\r\\n`', 'a\\n'],
  ["'x'", 'x'],
  ["''", ''],
  ['"\udcff"', '\ufffd'],
  ["'xy'", 'invalid syntax'],
  ['"\\\'"', 'invalid syntax'],
  ['"\\ud800"', 'invalid syntax'],
  ['"a', 'invalid syntax'],
  ['"a\nb"', 'invalid syntax'],
])('unquote %s', (literal, text) => {
  expect(messageOf(() => unquote(literal))).toBe(text);
});

test('integers', () => {
  const rows: [string, number, number][] = [
    ['9223372036854775807', 10, 64],
    ['9223372036854775808', 10, 64],
    ['-129', 10, 8],
    ['0x_1F', 0, 64],
    ['1__0', 0, 64],
    ['017', 0, 64],
    ['', 10, 64],
    ['1_0', 10, 64],
  ];
  expect(
    rows.map(([text, base, bits]) => messageOf(() => parseInteger(text, base, bits))),
  ).toMatchInlineSnapshot(`
    [
      "9223372036854775807",
      "strconv.ParseInt: parsing "9223372036854775808": value out of range",
      "strconv.ParseInt: parsing "-129": value out of range",
      "31",
      "strconv.ParseInt: parsing "1__0": invalid syntax",
      "15",
      "strconv.ParseInt: parsing "": invalid syntax",
      "strconv.ParseInt: parsing "1_0": invalid syntax",
    ]
  `);
  expect(messageOf(() => parseUnsigned('-1', 10, 64))).toBe(
    'strconv.ParseUint: parsing "-1": invalid syntax',
  );
  expect(messageOf(() => atoi('x'))).toBe('strconv.Atoi: parsing "x": invalid syntax');
  expect(scanInteger('-99999999999999999999', 10, 64)).toEqual({ value: -(2n ** 63n), problem: 'range' });
});

test('floats are read as Go literals', () => {
  expect(
    ['1_000.5', '0x1.8p1', '-Infinity', 'NaN', '.5', '5.', '1e-400'].map((text) => parseGoFloat(text)),
  ).toEqual([1000.5, 3, -Infinity, Number.NaN, 0.5, 5, 0]);
  expect(messageOf(() => parseGoFloat('1e400'))).toBe(
    'strconv.ParseFloat: parsing "1e400": value out of range',
  );
  expect(messageOf(() => parseGoFloat('1e'))).toBe('strconv.ParseFloat: parsing "1e": invalid syntax');
});

test('floats are written with exact rounding, halves to even', () => {
  expect([0.5, 1.5, 2.5, 0.125].map((x) => formatFloat(x, 'f', 0))).toEqual(['0', '2', '2', '0']);
  expect(formatFloat(2.25, 'f', 1)).toBe('2.2');
  expect(formatFloat(12500, 'e', 1)).toBe('1.2e+04');
  expect(formatFloat(1e23, 'f', -1)).toBe('100000000000000000000000');
  expect(formatFloat(0.1, 'f', 20)).toBe('0.10000000000000000555');
  expect(formatFloat(123456789, 'g', 4)).toBe('1.235e+08');
  expect(formatFloat(100, 'g', 3)).toBe('100');
  expect(formatFloat(-1e39, 'g', -1, 32)).toBe('-Inf');
  expect([0.1, 0.0166015625].map((x) => formatFloat(x, 'g', -1, 32))).toEqual(['0.1', '0.016601562']);
  expect(formatFloat(1.5, 'x', -1)).toBe('0x1.8p+00');
  expect(formatFloat(1.5, 'b', -1)).toBe('6755399441055744p-52');
});
