import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './line-diff.ts';

const signs = { common: ' ', left: '-', right: '+' } as const;

async function show(left: string, right: string): Promise<string> {
  const records = await diffLines(left.split(''), right.split(''));
  return records.map(({ side, text }) => signs[side] + text).join('');
}

test('the last equal line on the right matches a single left line', async () => {
  expect(await show('xay', 'xaaz')).toBe(' x a-y+a+z');
  expect(await show('a', 'bab')).toBe('+b a+b');
});

test('a replaced block is removed first', async () => {
  expect(await show('1abc9', '1de9')).toBe(' 1-a-b-c+d+e 9');
});

test('an addition to an empty text keeps the empty line as removed', async () => {
  const records = await diffLines([''], ['a', 'b']);
  expect(records.map(({ side, text }) => signs[side] + text)).toEqual(['-', '+a', '+b']);
});

test('the records spell both sides', async () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(lines, lines, async (left, right) => {
      const records = await diffLines(left, right);
      expect(records.filter(({ side }) => side !== 'right').map(({ text }) => text)).toEqual(left);
      expect(records.filter(({ side }) => side !== 'left').map(({ text }) => text)).toEqual(right);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test('large unequal texts take bounded time and still spell both sides', async () => {
  const lines = (seed: number): string[] =>
    Array.from({ length: 60_000 }, (_, at) => (at % 50 === 0 ? `shared ${at}` : `${seed}-${at}`));
  const [left, right] = [lines(1), lines(2)];
  const start = performance.now();
  const records = await diffLines(left, right);
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(records.filter(({ side }) => side === 'common')).toHaveLength(1_200);
  expect(records.filter(({ side }) => side !== 'right').map(({ text }) => text)).toEqual(left);
  expect(records.filter(({ side }) => side !== 'left').map(({ text }) => text)).toEqual(right);
});
