import type { Source } from './source.ts';

/** 1-based line and column; columns count UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in a root source: the outermost text that the given one was cut from. */
export interface ResolvedPosition extends Position {
  readonly source: Source;
}

const lineStarts = new WeakMap<Source, readonly number[]>();

/** Offsets at which the lines of `source` start, computed once per source. */
export function lineStartsOf(source: Source): readonly number[] {
  const known = lineStarts.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1))
    starts.push(at + 1);
  lineStarts.set(source, starts);
  return starts;
}

/** The position of `offset` inside `source` itself, ignoring its origin. Offsets past the end give the end. */
export function positionIn(source: Source, offset: number): Position {
  const starts = lineStartsOf(source);
  const at = Math.max(0, Math.min(offset, source.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}

/** The position of `offset` in the outermost source, following origins. */
export function resolvePosition(source: Source, offset: number): ResolvedPosition {
  let { line, column } = positionIn(source, offset);
  let current = source;
  while (current.origin !== undefined) {
    column += current.origin.column;
    line += current.origin.line;
    current = current.origin.source;
  }
  return { source: current, line, column };
}

/** The offset of a 1-based line and column in `source`, clamped to the text. */
export function offsetAt(source: Source, position: Position): number {
  const starts = lineStartsOf(source);
  const start = starts[Math.max(0, Math.min(position.line - 1, starts.length - 1))] ?? 0;
  return Math.min(start + position.column - 1, source.text.length);
}
