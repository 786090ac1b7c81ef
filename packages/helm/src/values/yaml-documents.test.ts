import { GoError, toGoJson } from '@flotilla/gocompat';
import { expect, test } from 'vitest';
import { parseValues } from './yaml-documents.ts';

test('documents are merged left to right, null replaces', () => {
  const text = '---\na: {x: 1, z: 2}\nb: 1\n--- # second\na: {x: 3}\nb: null\n---\n# nothing\n';
  expect(toGoJson(parseValues(text))).toBe('{"a":{"x":3,"z":2},"b":null}');
});

test('Helm 3 reads the first document alone', () => {
  expect(toGoJson(parseValues('a: 1\n---\na: 2\n', 'v3'))).toBe('{"a":1}');
});

test.each(['', '# only a comment\n', 'null\n', '---\n---\n'])('%j holds no values', (text) => {
  expect(toGoJson(parseValues(text))).toBe('{}');
});

test.each([
  ['a: 1\n--- b: 2\n', 'error reading yaml document: invalid Yaml document separator: b: 2'],
  [
    '- a\n',
    'cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
  ],
  [
    'a: 1\n---\nb: [\n',
    'cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: did not find expected node content',
  ],
])('%j is refused', (text, message) => {
  expect(() => parseValues(text)).toThrow(new GoError(message));
});
