import { expect, test } from 'vitest';
import { parseIgnoreRules } from './ignore-rules.ts';

test.each([
  ['*.txt', 'a/b.txt', false, true],
  ['a/*.txt', 'a/b.txt', false, true],
  ['a/*.txt', 'x/a/b.txt', false, false],
  ['/b.txt', 'a/b.txt', false, false],
  ['dir/', 'dir', true, true],
  ['dir/', 'dir', false, false],
  ['!keep', 'keep', false, false],
  ['!keep', 'other', false, true],
  ['  # note\n\n *.md ', 'x.md', false, true],
])('%j on %s (directory: %s): %s', (rules, path, isDirectory, ignored) => {
  expect(parseIgnoreRules(rules)(path, isDirectory)).toBe(ignored);
});
