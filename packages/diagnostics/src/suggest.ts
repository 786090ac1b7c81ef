/**
 * Edit distance with transpositions (optimal string alignment), counting a change of case as half a step.
 * Gives `limit + 1` as soon as the distance must exceed `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (a.toLowerCase() === b.toLowerCase()) return 0.5;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current.push(cellDistance({ a, b, row, column, current, last, beforeLast }));
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? limit + 1;
}

interface Cell {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly column: number;
  readonly current: readonly number[];
  readonly last: readonly number[];
  readonly beforeLast: readonly number[];
}

function cellDistance({ a, b, row, column, current, last, beforeLast }: Cell): number {
  const same = a[row - 1] === b[column - 1];
  let best = Math.min(
    (last[column] ?? 0) + 1,
    (current[column - 1] ?? 0) + 1,
    (last[column - 1] ?? 0) + (same ? 0 : 1),
  );
  const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  if (swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
  return best;
}

/** The candidates closest to `input`, best first, at most three; none when nothing is near. */
export function suggestions(input: string, candidates: Iterable<string>): readonly string[] {
  const limit = Math.floor(input.length * 0.4) + 1;
  const scored: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const distance = editDistance(input, candidate, limit);
    if (distance <= limit) scored.push({ candidate, distance });
  }
  scored.sort((x, y) => x.distance - y.distance || (x.candidate < y.candidate ? -1 : 1));
  return scored.slice(0, 3).map((each) => each.candidate);
}

/** `did you mean "a", "b" or "c"?`, or undefined when there is nothing to offer. */
export function didYouMean(input: string, candidates: Iterable<string>): string | undefined {
  return offer(suggestions(input, candidates));
}

/** The same for names that are chosen already. */
export function offer(chosen: readonly string[]): string | undefined {
  const names = chosen.map((each) => `"${each}"`);
  if (names.length === 0) return undefined;
  const last = names.at(-1);
  const text = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
  return `did you mean ${text}?`;
}
