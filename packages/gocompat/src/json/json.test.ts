import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dict } from '../value/dict.ts';
import { fromJs, toJs } from '../value/from-js.ts';
import { int64 } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';
import { typeOf } from '../value/kind.ts';
import { nilSlice } from '../value/slice.ts';
import { parseGoJson } from './read-json.ts';
import { toGoJson } from './write-json.ts';

test('keys are sorted, HTML characters and bad bytes escaped', () => {
  const value = fromJs({ b: '<a href="x">&\u2028\t\b\x01é\udcff', a: [1e20, 1e21, 1e-7, -0, null, true] });
  expect(toGoJson(value)).toBe(
    '{"a":[100000000000000000000,1e+21,1e-7,-0,null,true],"b":"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\t\\b\\u0001é\\ufffd"}',
  );
  expect(toGoJson('<\u2029>', { escapeHtml: false })).toBe('"<\\u2029>"');
});

test('special values', () => {
  expect(toGoJson([nilSlice(), [], dict(), int64(2n ** 60n), Uint8Array.of(1, 2), undefined])).toBe(
    '[null,[],{},1152921504606846976,"AQI=",null]',
  );
  expect(() => toGoJson([-Infinity])).toThrow('json: unsupported value: -Inf');
});

test('indented', () => {
  expect(toGoJson(fromJs({ a: [], b: {}, c: [1, { d: 'x' }] }), { indent: '  ' })).toMatchInlineSnapshot(`
    "{
      "a": [],
      "b": {},
      "c": [
        1,
        {
          "d": "x"
        }
      ]
    }"
  `);
});

test('reading gives back what was written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as unknown;
      expect(toJs(parseGoJson(toGoJson(fromJs(plain))))).toEqual(plain);
    }),
    { seed: 1 },
  );
});

test.each([
  ['', 'unexpected end of JSON input'],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['1.', "invalid character ' ' after decimal point in numeric literal"],
  ['"a', 'unexpected end of JSON input'],
  ['{"a":tru}', "invalid character '}' in literal true (expecting 'e')"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ["'", "invalid character '\\'' looking for beginning of value"],
  ['"\n"', "invalid character '\\n' in string literal"],
  ['"\\x"', "invalid character 'x' in string escape code"],
  ['01', "invalid character '1' after top-level value"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['é', "invalid character 'Ã' looking for beginning of value"],
  ['1e999', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
])('%s is refused in Go words', (text, message) => {
  expect(() => parseGoJson(text)).toThrow(new GoError(message));
});

test('lone surrogates and integer literals', () => {
  expect(parseGoJson('"\\ud800\udcff"')).toBe('\ufffd\ufffd');
  expect(parseGoJson('"\\ud800x\\ud83d\\ude00"')).toBe('\ufffdx\u{1f600}');
  const items = parseGoJson('[1,1.0,-9223372036854775808,18446744073709551615]', { numbers: 'int' });
  expect((items as unknown[]).map(typeOf)).toEqual(['int', 'float64', 'int', 'float64']);
});
