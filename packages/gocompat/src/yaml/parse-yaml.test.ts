import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { decodeBytes } from '../text.ts';
import { dict } from '../value/dict.ts';
import { int } from '../value/go-int.ts';
import { parseYaml, parseYamlDocuments, parseYamlTree } from './parse-yaml.ts';
import { YamlError } from './yaml-error.ts';

const v2 = { dialect: 'v2' } as const;
const v3 = { dialect: 'v3' } as const;

function problem(text: string, dialect: 'v2' | 'v3'): YamlError {
  try {
    parseYaml(text, { dialect });
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('what plain scalars mean', () => {
  test.each([
    ['yes', true, 'yes'],
    ['n', false, 'n'],
    ['True', true, true],
    ['~', null, null],
    ['', null, null],
    ['017', 15, int(15)],
    ['0o17', 15, int(15)],
    ['0x1F', 31, int(31)],
    ['0b11', 3, int(3)],
    ['1_000', 1000, int(1000)],
    ['08', 8, 8],
    ['1e3', 1000, 1000],
    ['.5', 0.5, 0.5],
    ['5.', 5, 5],
    ['1e400', '1e400', '1e400'],
    ['12:30:45', '12:30:45', '12:30:45'],
    ['!x foo', 'foo', 'foo'],
    ['!!binary aGk=', 'hi', 'hi'],
  ])('%j', (text, inV2, inV3) => {
    expect(parseYaml(text, v2)).toEqual(inV2);
    expect(parseYaml(text, v3)).toEqual(inV3);
  });
});

test('v2 turns keys into text, also booleans', () => {
  expect(Object.keys(parseYaml('n: 1\n1.5: 2\n3: 4\n', v2) as object)).toEqual(['3', 'false', '1.5']);
});

test('a merge key overrides what is before it in v2 only', () => {
  const text = 'base: &b {x: 1, z: 2}\nd:\n  x: 3\n  <<: *b\n';
  expect({ ...(parseYaml(text, v2) as { d: object }).d }).toEqual({ x: 1, z: 2 });
  expect({ ...(parseYaml(text, v3) as { d: object }).d }).toEqual({ x: int(3), z: int(2) });
});

test('only the first document counts, unless all are asked for', () => {
  expect(parseYaml('--- 1\n--- 2\n', v2)).toBe(1);
  expect(parseYamlDocuments('--- 1\n--- 2\n...\n', v2)).toEqual([1, 2]);
  expect(parseYamlDocuments('', v2)).toEqual([]);
});

test('errors carry the text of Go and the exact place', () => {
  const error = problem('a: b\nc: d: e\n', 'v3');
  expect(error.message).toBe('yaml: line 2: mapping values are not allowed in this context');
  expect(error).toMatchObject({ offset: 9, line: 2, column: 5 });
  expect(problem('a: b\nc: d: e\n', 'v2').message).toBe(
    'error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
  );
});

test.each([
  ['a: 1\na: 2\n', 'yaml: unmarshal errors:\n  line 2: mapping key "a" already defined at line 1'],
  ['a: *x\n', "yaml: unknown anchor 'x' referenced"],
  ['a: &x [*x]\n', "yaml: anchor 'x' value contains itself"],
  ['%YAML 1.2\n---\na\n', 'yaml: found incompatible YAML document'],
  ['a: "\\/"\n', 'yaml: found unknown escape character'],
  ['a:\n\tb\n', 'yaml: line 2: found character that cannot start any token'],
  ['a: \x07\n', 'yaml: control characters are not allowed'],
  ['a: \udcff\n', 'yaml: invalid leading UTF-8 octet'],
  ['[a]: 1\n', 'yaml: invalid map key: []interface {}{"a"}'],
  ['!!int x\n', 'yaml: cannot decode !!str `x` as a !!int'],
])('v3 refuses %j', (text, message) => {
  expect(problem(text, 'v3').message).toBe(message);
});

test.each([
  ['.inf', 'json: unsupported value: +Inf'],
  ['~: 1', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: 1'],
])('the JSON half of v2 refuses %j', (text, message) => {
  expect(problem(text, 'v2').message).toBe(`error converting YAML to JSON: ${message}`);
});

test('strict v2 refuses repeated keys', () => {
  expect(() => parseYaml('a: 1\na: 2\n', { dialect: 'v2', isStrict: true })).toThrow(
    'error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key "a" already set in map',
  );
});

test('what aliases blow up is bounded', () => {
  let text = 'l0: &l0 [1,1,1,1,1,1,1,1,1,1]\n';
  for (let i = 1; i < 9; i++)
    text += `l${i}: &l${i} [${Array(10)
      .fill(`*l${i - 1}`)
      .join(',')}]\n`;
  expect(problem(text, 'v3').message).toBe('yaml: document contains excessive aliasing');
});

test('the tree knows where everything is', () => {
  const text = 'releases:\n- name: "x"\n  n: &a [1]\n';
  const tree = parseYamlTree(text, v3);
  if (tree?.kind !== 'mapping') throw new Error('no mapping');
  const spans: string[] = [];
  const visit = (node: typeof tree | (typeof tree)['entries'][number]['key']): void => {
    spans.push(`${node.kind} ${JSON.stringify(text.slice(node.start, node.end))}`);
    if (node.kind === 'mapping') for (const { key, value } of node.entries) [key, value].forEach(visit);
    if (node.kind === 'sequence') node.items.forEach(visit);
  };
  visit(tree);
  expect(spans).toEqual([
    'mapping "releases:\\n- name: \\"x\\"\\n  n: &a [1]"',
    'scalar "releases"',
    'sequence "- name: \\"x\\"\\n  n: &a [1]"',
    'mapping "name: \\"x\\"\\n  n: &a [1]"',
    'scalar "name"',
    'scalar "\\"x\\""',
    'scalar "n"',
    'sequence "&a [1]"',
    'scalar "1"',
  ]);
});

test('files in UTF-16 are read', () => {
  const bytes = Buffer.from('\ufeffa: é😀\n', 'utf16le');
  expect(parseYaml(decodeBytes(bytes), v2)).toEqual(dict([['a', 'é😀']]));
  expect(parseYaml(decodeBytes(bytes.swap16()), v3)).toEqual(dict([['a', 'é😀']]));
});
