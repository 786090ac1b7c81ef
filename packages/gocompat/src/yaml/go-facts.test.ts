/**
 * What Go itself answered: sigs.k8s.io/yaml 1.6.0 for the first document, and go-yaml v3 3.0.5 for all of them where
 * its answer differs. Floats print as f1.5, times as @…, maps whose keys are not all strings as <…>.
 */
import { expect, test } from 'vitest';
import { formatShortestFloat } from '../strconv/format-float.ts';
import { formatTime, rfc3339Nano } from '../time/format-time.ts';
import { Dict, TypedMap } from '../value/dict.ts';
import { GoInt } from '../value/go-int.ts';
import { GoTime } from '../value/go-time.ts';
import { yamlKeys } from './map-target.ts';
import { parseYaml, parseYamlDocuments } from './parse-yaml.ts';
import { YamlError } from './yaml-error.ts';

function show(value: unknown): string {
  if (typeof value === 'number') return `f${formatShortestFloat(value)}`;
  if (value instanceof GoInt) return value.toString() + (value.isUnsigned ? 'u' : '');
  if (value instanceof GoTime) return `@${formatTime(value, rfc3339Nano)}`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof Dict) return `{${showEntries(Object.entries(value))}}`;
  if (value instanceof TypedMap) {
    return `<${showEntries([...value.entries].map(([name, item]) => [yamlKeys(value)?.get(name), item]))}>`;
  }
  return JSON.stringify(value).replace(
    /[\x7f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function showEntries(entries: readonly (readonly [unknown, unknown])[]): string {
  return entries
    .map(([key, item]) => `${show(key)}: ${show(item)}`)
    .toSorted()
    .join(', ');
}

function answer(read: () => string): string {
  try {
    return read();
  } catch (error) {
    if (error instanceof YamlError)
      return `error ${error.message.replace('error converting YAML to JSON: ', '')}`;
    throw error;
  }
}

const facts: readonly (readonly [text: string, v2: string, v3?: string])[] = [
  ['a:\n- 1\n- 2\n', '{"a": [f1, f2]}', '{"a": [1, 2]}'],
  ['a:\n  - 1\n - 2\n', 'error yaml: line 2: did not find expected key'],
  ['- a\n -b\n', '["a -b"]'],
  ['a: b: c\n', 'error yaml: mapping values are not allowed in this context'],
  ['a\nb: c\n', 'error yaml: line 2: mapping values are not allowed in this context'],
  ['a:\n  b\n c\n', '{"a": "b c"}'],
  ['- - a\n  - b\n- c\n', '[["a", "b"], "c"]'],
  ['a:\n    b: 1\n  c: 2\n', 'error yaml: line 2: did not find expected key'],
  ['? a\n: b\n? [x]\n: 1\n', 'error yaml: invalid map key: []interface {}{"x"}'],
  ['a: |\n  x\n   y\n\n z\n', 'error yaml: line 4: did not find expected key'],
  ['{a: 1, b: [x, {y: z}]}\n', '{"a": f1, "b": ["x", {"true": "z"}]}', '{"a": 1, "b": ["x", {"y": "z"}]}'],
  ['{a: 1\n', "error yaml: line 1: did not find expected ',' or '}'"],
  ['[a, b\n', "error yaml: line 1: did not find expected ',' or ']'"],
  ['{a, b: }\n', '{"a": null, "b": null}'],
  ['[a: b, c]\n', '[{"a": "b"}, "c"]'],
  ['{? a : b}\n', '{"a": "b"}'],
  ['[? : x]\n', "error yaml: did not find expected ',' or ']'"],
  ['{}: x\n', '{}', 'error yaml: invalid map key: map[string]interface {}{}'],
  ['[]: x\n', '[]', 'error yaml: invalid map key: []interface {}{}'],
  ['a: [1,\n2]\n', '{"a": [f1, f2]}', '{"a": [1, 2]}'],
  ['{a: 1}}\n', '{"a": f1}', 'error yaml: did not find expected <document start>'],
  ['- a\nb: c\n', "error yaml: line 1: did not find expected '-' indicator"],
  ['a:1\n', '"a:1"'],
  ['a :1\n', '"a :1"'],
  ['"a":1\n', '"a"', 'error yaml: did not find expected <document start>'],
  ['{"a":1}\n', '{"a": f1}', '{"a": 1}'],
  [
    '- {a: b}: c\n',
    'error yaml: invalid map key: map[interface {}]interface {}{"a":"b"}',
    'error yaml: invalid map key: map[string]interface {}{"a":"b"}',
  ],
  ['a: - b\n', 'error yaml: block sequence entries are not allowed in this context'],
  ['key: [x]: y\n', 'error yaml: mapping values are not allowed in this context'],
  ['a b\n  c\n\n  d\n', '"a b c\\nd"'],
  ["'it''s\n\n  ok'\n", '"it\'s\\nok"'],
  [
    '"a\\\n  b\\tc\\x41\\u00e9\\U0001F600\\N\\_\\L\\P\\0\\a\\b\\e\\v\\f\\r\\"\\\\"\n',
    '"ab\\tcA\\u00e9\\ud83d\\ude00\\u0085\\u00a0\\u2028\\u2029\\u0000\\u0007\\b\\u001b\\u000b\\f\\r\\"\\\\"',
  ],
  ['"\\q"\n', 'error yaml: found unknown escape character'],
  ['"\\x4"\n', 'error yaml: did not find expected hexdecimal number'],
  ['"\\ud800"\n', 'error yaml: found invalid Unicode character escape code'],
  ['"abc\n', 'error yaml: line 2: found unexpected end of stream'],
  ["'abc\n", 'error yaml: line 2: found unexpected end of stream'],
  ['"a\n---\nb"\n', 'error yaml: line 2: found unexpected document indicator'],
  ['a #c\nb\n', '"a"', 'error yaml: line 1: did not find expected <document start>'],
  ['a#c\n', '"a#c"'],
  ['#c\n', 'null', ''],
  ['a: # c\n  b\n', '{"a": "b"}'],
  ['|\n a\n  b\n', '"a\\n b\\n"'],
  ['|2\n   a\n', '" a\\n"'],
  ['|+\n a\n\n', '"a\\n\\n"'],
  ['|-\n a\n\n', '"a"'],
  ['>\n a\n b\n\n c\n  d\n e\n', '"a b\\nc\\n d\\ne\\n"'],
  ['>-\n\n a\n', '"\\na"'],
  ['| x\n', 'error yaml: did not find expected comment or line break'],
  ['|0\n', 'error yaml: found an indentation indicator equal to 0'],
  ['|\n\ta\n', 'error yaml: line 2: found a tab character where an indentation space is expected'],
  ['a: >\n  b\n c\n', 'error yaml: line 2: did not find expected key'],
  ['@a\n', 'error yaml: found character that cannot start any token'],
  ['`a\n', 'error yaml: found character that cannot start any token'],
  ['%a\n', 'error yaml: found unknown directive name'],
  ['a: @b\n', 'error yaml: found character that cannot start any token'],
  ['-\n', '[null]'],
  ['- -\n', '[[null]]'],
  ['?\n', 'error unsupported map key of type: %!s(<nil>), key: <nil>, value: <nil>', '<null: null>'],
  [': a\n', 'error yaml: did not find expected key'],
  ['---a\n', '"---a"'],
  ['--- a\n', '"a"'],
  ['---\n', 'null'],
  ['...\n', 'error yaml: did not find expected node content'],
  ['a\n...\nb\n', '"a"', 'error yaml: line 2: did not find expected <document start>'],
  ['a\n---\nb\n', '"a"', '"a" ; "b"'],
  ['--- |\n a\n--- b\n', '"a\\n"', '"a\\n" ; "b"'],
  ['\ufeffa: 1\n', '{"a": f1}', '{"a": 1}'],
  ['a: 1\n\ufeffb: 2\n', '{"\\ufeffb": f2, "a": f1}', '{"\\ufeffb": 2, "a": 1}'],
  ['yes\n', 'true', '"yes"'],
  ['NO\n', 'false', '"NO"'],
  ['oN\n', '"oN"'],
  ['nULL\n', '"nULL"'],
  ['~\n', 'null'],
  ['0777\n', 'f511', '511'],
  ['0o8\n', '"0o8"'],
  ['08\n', 'f8'],
  ['0x_1F\n', 'f31', '31'],
  ['0b-11\n', 'f-3', '-3'],
  ['-0b11\n', 'f-3', '-3'],
  ['0o-7\n', '"0o-7"', '-7'],
  ['+1\n', 'f1', '1'],
  ['-0\n', 'f0', '0'],
  ['-0.0\n', 'f-0'],
  ['1_0.5\n', 'f10.5'],
  ['1e3\n', 'f1000'],
  ['1e400\n', '"1e400"'],
  ['1.e+2\n', 'f100'],
  ['.5\n', 'f0.5'],
  ['.\n', '"."'],
  ['.1_0\n', 'f0.1'],
  ['+.inf\n', 'error json: unsupported value: +Inf', 'f+Inf'],
  ['.NaN\n', 'error json: unsupported value: NaN', 'fNaN'],
  ['inf\n', '"inf"'],
  ['9223372036854775808\n', 'f9.223372036854776e+18', '9223372036854775808u'],
  ['18446744073709551616\n', 'f1.8446744073709552e+19'],
  ['-9223372036854775809\n', 'f-9.223372036854776e+18'],
  ['2001-1-1\n', '"2001-1-1"', '@2001-01-01T00:00:00Z'],
  ['2001-02-30\n', '"2001-02-30"'],
  ['2001-12-14t21:59:43.10-05:00\n', '"2001-12-14t21:59:43.10-05:00"', '@2001-12-14T21:59:43.1-05:00'],
  ['2001-12-14 21:59:43.1\n', '"2001-12-14 21:59:43.1"', '@2001-12-14T21:59:43.1Z'],
  ['2001-12-14 21:59:43 Z\n', '"2001-12-14 21:59:43 Z"'],
  ['190:20:30\n', '"190:20:30"'],
  ['<<\n', '"<<"'],
  ['=\n', '"="'],
  ['!!str 1\n', '"1"'],
  ['!!int 1.5\n', 'error yaml: cannot decode !!float `1.5` as a !!int'],
  ['!!int "1"\n', 'f1', '1'],
  ['!!float 1\n', 'f1'],
  ['!!float "1"\n', 'f1'],
  ['!!bool yes\n', 'true', 'error yaml: cannot decode !!str `yes` as a !!bool'],
  ['!!null x\n', 'error yaml: cannot decode !!str `x` as a !!null'],
  ['!!binary aGk=\n', '"hi"'],
  ['!!binary "aGk"\n', 'error yaml: !!binary value contains invalid base64 data'],
  ['!!timestamp 2001-01-01\n', '"2001-01-01"', '@2001-01-01T00:00:00Z'],
  ['! 1\n', '"1"', '1'],
  ['!x 1\n', '"1"'],
  ['!x [a]\n', '["a"]'],
  ['!<tag:yaml.org,2002:str> 1\n', '"1"'],
  ['!e!x a\n', 'error yaml: found undefined tag handle'],
  ['%TAG ! tag:yaml.org,2002:\n--- !str 1\n', '"1"'],
  ['%TAG !e! tag:yaml.org,2002:\n%TAG !e! x\n---\n', 'error yaml: line 1: found duplicate %TAG directive'],
  ['%YAML 1.1\n---\na\n', '"a"'],
  ['%YAML 1.1\n%YAML 1.1\n---\n', 'error yaml: line 1: found duplicate %YAML directive'],
  ['%YAML 1.123\n', 'error yaml: found extremely long version number'],
  ['%FOO\n', 'error yaml: found unknown directive name'],
  ['!a%41b c\n', '"c"'],
  ['!a%4 b\n', 'error yaml: did not find URI escaped octet'],
  ['!!set {a, b}\n', '{"a": null, "b": null}'],
  ['a: &x 1\nb: *x\n', '{"a": f1, "b": f1}', '{"a": 1, "b": 1}'],
  ['a: *x\n', "error yaml: unknown anchor 'x' referenced"],
  ['a: &x\nb: *x\n', '{"a": null, "b": null}'],
  ['&a a: *a\n', '{"a": "a"}'],
  ['&a\n', 'null'],
  ['*\n', 'error yaml: did not find expected alphabetic or numeric character'],
  ['&a &b c\n', 'null', 'error yaml: did not find expected <document start>'],
  ['a: &x [*x]\n', "error yaml: anchor 'x' value contains itself"],
  [
    'a: &x {b: 1, c: 2}\nd: {<<: *x, b: 3}\n',
    '{"a": {"b": f1, "c": f2}, "d": {"b": f3, "c": f2}}',
    '{"a": {"b": 1, "c": 2}, "d": {"b": 3, "c": 2}}',
  ],
  [
    'a: &x {b: 1}\nd:\n  b: 3\n  <<: *x\n',
    '{"a": {"b": f1}, "d": {"b": f1}}',
    '{"a": {"b": 1}, "d": {"b": 3}}',
  ],
  [
    'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: [*x, *y]}\n',
    '{"true": {"b": f2, "c": f2}, "x": {"a": f1, "b": f1}, "z": {"a": f1, "b": f1, "c": f2}}',
    '{"x": {"a": 1, "b": 1}, "y": {"b": 2, "c": 2}, "z": {"a": 1, "b": 1, "c": 2}}',
  ],
  ['<<: 1\n', 'error yaml: map merge requires map or sequence of maps as the value'],
  ['<<: [1]\n', 'error yaml: map merge requires map or sequence of maps as the value'],
  [
    '<<: {a: 1}\n<<: {b: 2}\n',
    '{"a": f1, "b": f2}',
    'error yaml: unmarshal errors:\n  line 2: mapping key "<<" already defined at line 1',
  ],
  ['"<<": {a: 1}\n', '{"<<": {"a": f1}}', '{"<<": {"a": 1}}'],
  [
    'a: &x {<<: {p: 1}, q: 2}\nb: {<<: *x, p: 3}\n',
    '{"a": {"p": f1, "q": f2}, "b": {"p": f3, "q": f2}}',
    '{"a": {"p": 1, "q": 2}, "b": {"p": 3, "q": 2}}',
  ],
  [
    'a: 1\nb: 2\na: 3\n',
    '{"a": f3, "b": f2}',
    'error yaml: unmarshal errors:\n  line 3: mapping key "a" already defined at line 1',
  ],
  [
    '1: a\n"1": b\n',
    '{"1": "b"}',
    'error yaml: unmarshal errors:\n  line 2: mapping key "1" already defined at line 1',
  ],
  ['{[a]: 1}\n', 'error yaml: invalid map key: []interface {}{"a"}'],
  [
    '{{a: b}: 1}\n',
    'error yaml: invalid map key: map[interface {}]interface {}{"a":"b"}',
    'error yaml: invalid map key: map[string]interface {}{"a":"b"}',
  ],
  ['~: 1\n', 'error unsupported map key of type: %!s(<nil>), key: <nil>, value: 1', '<null: 1>'],
  ['1.50: a\ntrue: b\n0x10: c\n', '{"1.5": "a", "16": "c", "true": "b"}', '<16: "c", f1.5: "a", true: "b">'],
  [
    '18446744073709551615: a\n',
    'error unsupported map key of type: uint64, key: 0xffffffffffffffff, value: "a"',
    '<18446744073709551615u: "a">',
  ],
  [
    'a: 1\nA: 2\n? a\n',
    '{"A": f2, "a": null}',
    'error yaml: unmarshal errors:\n  line 3: mapping key "a" already defined at line 1',
  ],
  ['a: \u0007\n', 'error yaml: control characters are not allowed'],
  ['a: \u007f\n', 'error yaml: control characters are not allowed'],
  [
    'a: \u0085b\n',
    "error yaml: line 3: could not find expected ':'",
    "error yaml: line 2: could not find expected ':'",
  ],
  ['a\u2028b: c\n', 'error yaml: line 2: mapping values are not allowed in this context'],
  ['a: \udcc3\udc28\n', 'error yaml: invalid trailing UTF-8 octet'],
  ['a: \udce2\udc82\n', 'error yaml: invalid trailing UTF-8 octet'],
  ['\tb\n', 'error yaml: found character that cannot start any token'],
  ['a:\tb\n', '{"a": "b"}'],
  ['a:\n\tb\n', 'error yaml: line 2: found character that cannot start any token'],
  ['- \tb\n', 'error yaml: found character that cannot start any token'],
  ['{\ta: 1}\n', '{"a": f1}', '{"a": 1}'],
  ['a: b\r\nc: d\r\n', '{"a": "b", "c": "d"}'],
  ['a: b\rc: d\r', '{"a": "b", "c": "d"}'],
  ['# c\n\t# d\na: 1\n', 'error yaml: line 2: found character that cannot start any token', '{"a": 1}'],
  ['a: 1\t# c\n', '{"a": f1}', '{"a": 1}'],
  ['\u00e9: \ud83d\ude00\n', '{"\\u00e9": "\\ud83d\\ude00"}'],
  [`${'x'.repeat(1025)}: 1\n`, 'error yaml: mapping values are not allowed in this context'],
  [`${'x'.repeat(1024)}: 1\n`, `{"${'x'.repeat(1024)}": f1}`, `{"${'x'.repeat(1024)}": 1}`],
];

test.each(facts.map(([text, inV2, inV3 = inV2]) => ({ text, inV2, inV3 })))(
  '$text',
  ({ text, inV2, inV3 }) => {
    expect(answer(() => show(parseYaml(text, { dialect: 'v2' })))).toBe(inV2);
    expect(answer(() => parseYamlDocuments(text, { dialect: 'v3' }).map(show).join(' ; '))).toBe(inV3);
  },
);
