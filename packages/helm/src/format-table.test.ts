import { expect, test } from 'vitest';
import { formatTable } from './format-table.ts';

test('a column is as wide as its longest line, and no wider than it may be', () => {
  expect(
    formatTable([
      ['A', 'B'],
      ['one', 'x'],
    ]),
  ).toBe('A  \tB\none\tx\n');
  expect(
    formatTable(
      [
        ['A', 'B'],
        ['abcdefgh', 'x'],
      ],
      6,
    ),
  ).toBe('A     \tB\nabc...\tx\n');
});

test('a cell of two lines is cut when both together are too long', () => {
  expect(formatTable([['TITLE'], ['failed: a\nand b']])).toBe('TITLE    \nfailed...\n');
});

test('no rows leave an empty line', () => {
  expect(formatTable([])).toBe('\n');
});
