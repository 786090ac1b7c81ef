import { type Position, resolvePosition } from './position.ts';
import type { Source } from './source.ts';

/** A half-open range `[start, end)` of offsets in a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A span in the outermost source, in lines and columns. */
export interface ResolvedSpan {
  readonly source: Source;
  readonly start: Position;
  readonly end: Position;
}

/** Builds a span; an `end` before `start` is read as empty. */
export function span(source: Source, start: number, end: number = start): Span {
  return { source, start, end: Math.max(start, end) };
}

/** Lines and columns of a span in the outermost source. */
export function resolveSpan(span: Span): ResolvedSpan {
  const start = resolvePosition(span.source, span.start);
  const end = resolvePosition(span.source, span.end);
  return {
    source: start.source,
    start: { line: start.line, column: start.column },
    end: { line: end.line, column: end.column },
  };
}

/** `file:line:column` of the start of a span. */
export function locationOf(span: Span): string {
  const { source, start } = resolveSpan(span);
  return `${source.name}:${start.line}:${start.column}`;
}
