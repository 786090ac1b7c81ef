import { expect, test } from 'vitest';
import { baseNameOf, cleanPath, directoryOf, extensionOf, joinPath } from './slash-path.ts';

test('paths are cleaned as Go cleans them', () => {
  const cases = ['', '.', './a', 'a//b/', 'a/../b', '../a/..', 'a/../..', '/../a', '/', 'a/./b/../../..'];
  expect(cases.map(cleanPath)).toEqual(['.', '.', 'a', 'a/b', 'b', '..', '..', '/a', '/', '..']);
});

test('joining leaves out empty elements', () => {
  expect([joinPath('', ''), joinPath('.', 'a'), joinPath('a', '', '../b'), joinPath('/x', '/y')]).toEqual([
    '',
    'a',
    'b',
    '/x/y',
  ]);
});

test('directory, base name and extension', () => {
  expect(['a', 'a/b', '/a', 'a/b/', ''].map(directoryOf)).toEqual(['.', 'a', '/', 'a/b', '.']);
  expect(['a', 'a/b/', '/', ''].map(baseNameOf)).toEqual(['a', 'b', '/', '.']);
  expect(['a.yaml.gotmpl', 'a', '.x', 'd.e/f'].map(extensionOf)).toEqual(['.gotmpl', '', '.x', '']);
});
