import { loadLineComparer } from './line-comparer.ts';

/**
 * Line diff with the tie-breaking of helm-diff 3.15.11 (its Hirschberg LCS), so that equal inputs give equal hunks.
 * In: two lists of lines. Out: records of common, left-only and right-only lines, in order.
 * Of very large unequal middles only the lines both sides have are compared, by Myers if they are many, and past its limit
 * all of them count as replaced: time stays bounded.
 */

export type DiffSide = 'common' | 'left' | 'right';

export interface DiffRecord {
  readonly side: DiffSide;
  readonly text: string;
}

/** Cells of the LCS table up to which the exact algorithm runs (about half a second). */
const exactLimit = 50_000_000;

/** Compares line by line. */
export async function diffLines(
  left: readonly string[],
  right: readonly string[],
): Promise<readonly DiffRecord[]> {
  let start = 0;
  const shorter = Math.min(left.length, right.length);
  while (start < shorter && left[start] === right[start]) start++;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd - 1 > start && rightEnd - 1 > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  const middle = await compareMiddle(left.slice(start, leftEnd), right.slice(start, rightEnd));
  return [...common(left.slice(0, start)), ...middle, ...common(left.slice(leftEnd))];
}

function common(lines: readonly string[]): DiffRecord[] {
  return lines.map((text) => ({ side: 'common', text }));
}

async function compareMiddle(
  left: readonly string[],
  right: readonly string[],
): Promise<readonly DiffRecord[]> {
  if (left.length * right.length <= exactLimit) return compareExactly(left, right);
  const leftLines = new Set(left);
  const rightLines = new Set(right);
  const sharedLeft = left.filter((line) => rightLines.has(line));
  const sharedRight = right.filter((line) => leftLines.has(line));
  const isSmall = sharedLeft.length * sharedRight.length <= exactLimit;
  const shared = isSmall
    ? compareExactly(sharedLeft, sharedRight)
    : await compareLarge(sharedLeft, sharedRight);
  return withUnshared(shared, { left, right, leftLines, rightLines });
}

interface Unshared {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly leftLines: ReadonlySet<string>;
  readonly rightLines: ReadonlySet<string>;
}

/** Puts the lines only one side has back to where they were: removals, then additions, before the next shared line. */
function withUnshared(shared: readonly DiffRecord[], sides: Unshared): readonly DiffRecord[] {
  const { left, right, leftLines, rightLines } = sides;
  const records: DiffRecord[] = [];
  let leftAt = 0;
  let rightAt = 0;
  const flush = (): void => {
    for (; leftAt < left.length && !rightLines.has(left[leftAt] ?? ''); leftAt++)
      records.push({ side: 'left', text: left[leftAt] ?? '' });
    for (; rightAt < right.length && !leftLines.has(right[rightAt] ?? ''); rightAt++)
      records.push({ side: 'right', text: right[rightAt] ?? '' });
  };
  for (const record of shared) {
    flush();
    records.push(record);
    if (record.side !== 'right') leftAt++;
    if (record.side !== 'left') rightAt++;
  }
  flush();
  return records;
}

function compareExactly(left: readonly string[], right: readonly string[]): readonly DiffRecord[] {
  const records: DiffRecord[] = [];
  const { leftIds, rightIds } = intern(left, right);
  const problem: Problem = { left, right, leftIds, rightIds, records };
  solve(problem, { leftFrom: 0, leftTo: left.length, rightFrom: 0, rightTo: right.length });
  return records;
}

interface Problem {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly leftIds: Int32Array;
  readonly rightIds: Int32Array;
  readonly records: DiffRecord[];
}

interface Window {
  readonly leftFrom: number;
  readonly leftTo: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

function intern(
  left: readonly string[],
  right: readonly string[],
): { readonly leftIds: Int32Array; readonly rightIds: Int32Array } {
  const ids = new Map<string, number>();
  const idOf = (text: string): number => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    ids.set(text, ids.size);
    return ids.size - 1;
  };
  return { leftIds: Int32Array.from(left, idOf), rightIds: Int32Array.from(right, idOf) };
}

function solve(problem: Problem, window: Window): void {
  const { leftFrom, leftTo, rightFrom, rightTo } = window;
  if (leftFrom === leftTo) pushAll(problem, 'right', rightFrom, rightTo);
  else if (rightFrom === rightTo) pushAll(problem, 'left', leftFrom, leftTo);
  else if (leftTo - leftFrom === 1) solveSingle(problem, window);
  else {
    const half = leftFrom + Math.floor((leftTo - leftFrom) / 2);
    const split = bestSplit(problem, window, half);
    solve(problem, { leftFrom, leftTo: half, rightFrom, rightTo: split });
    solve(problem, { leftFrom: half, leftTo, rightFrom: split, rightTo });
  }
}

function pushAll({ left, right, records }: Problem, side: 'left' | 'right', from: number, to: number): void {
  const lines = side === 'left' ? left : right;
  for (let at = from; at < to; at++) records.push({ side, text: lines[at] ?? '' });
}

/** One line on the left: it matches the last equal line on the right. */
function solveSingle(problem: Problem, { leftFrom, leftTo, rightFrom, rightTo }: Window): void {
  let match = rightTo - 1;
  while (match >= rightFrom && problem.rightIds[match] !== problem.leftIds[leftFrom]) match--;
  if (match < rightFrom) {
    pushAll(problem, 'left', leftFrom, leftTo);
    pushAll(problem, 'right', rightFrom, rightTo);
    return;
  }
  pushAll(problem, 'right', rightFrom, match);
  problem.records.push({ side: 'common', text: problem.left[leftFrom] ?? '' });
  pushAll(problem, 'right', match + 1, rightTo);
}

/** The first split of the right side for which the LCS lengths of both halves add up to the most. */
function bestSplit(
  { leftIds, rightIds }: Problem,
  { leftFrom, leftTo, rightFrom, rightTo }: Window,
  half: number,
): number {
  const width = rightTo - rightFrom;
  const right = rightIds.subarray(rightFrom, rightTo);
  const forward = lcsLengths(leftIds.subarray(leftFrom, half), right);
  const backward = lcsLengths(leftIds.slice(half, leftTo).reverse(), right.slice().reverse());
  let best = -1;
  let split = 0;
  for (let at = 0; at <= width; at++) {
    const total = (forward[at] ?? 0) + (backward[width - at] ?? 0);
    if (total > best) {
      best = total;
      split = at;
    }
  }
  return rightFrom + split;
}

/** Element j: length of the LCS of `left` and the first j elements of `right`. */
function lcsLengths(left: Int32Array, right: Int32Array): Int32Array {
  const row = new Int32Array(right.length + 1);
  for (const id of left) {
    let diagonal = 0;
    for (let column = 1; column <= right.length; column++) {
      const above = row[column] ?? 0;
      const before = row[column - 1] ?? 0;
      row[column] = right[column - 1] === id ? diagonal + 1 : Math.max(above, before);
      diagonal = above;
    }
  }
  return row;
}

async function compareLarge(
  left: readonly string[],
  right: readonly string[],
): Promise<readonly DiffRecord[]> {
  const changes = (await loadLineComparer())(left, right);
  return changes.flatMap(({ added, removed, value }) =>
    value.map((text) => ({
      side: added ? ('right' as const) : removed ? ('left' as const) : ('common' as const),
      text,
    })),
  );
}
