import { expect, test } from 'vitest';
import { splitManifests } from './split-manifests.ts';

test.each([
  ['documents keep what ends them', '\n\na: 1\n\n---\nb: 2\n', ['a: 1\n\n', 'b: 2\n']],
  ['text may follow the dashes', '---a: 1\n--- # note\nb: 2\n', ['a: 1\n', '# note\nb: 2\n']],
  ['more dashes stay', 'a: 1\n----\nb: 2', ['a: 1\n', '-\nb: 2']],
  ['indented dashes do not split', 'a: |\n  ---\n', ['a: |\n  ---\n']],
  ['a carriage return does not start a line', 'a: "\r---"\n', ['a: "\r---"\n']],
  ['blank documents are dropped', '---\n---\n \n---\n', []],
])('%s', (_name, text, expected) => {
  expect(splitManifests(text)).toEqual(expected);
});

test('Helm 3 trims both ends of every document', () => {
  expect(splitManifests('\na: 1\n\n---\n\n b: 2\n', 'v3')).toEqual(['a: 1', 'b: 2']);
});
