import type { Diagnostic } from './diagnostic.ts';
import { lineStartsOf } from './position.ts';
import type { Source } from './source.ts';
import { resolveSpan, type Span } from './span.ts';

/**
 * Code frames: a diagnostic as text. The layout is fixed by tests.
 * Takes a paint function and knows no colour itself; paths are printed as the sources name them.
 */

export type FrameRole = 'error' | 'warning' | 'deprecation' | 'location' | 'gutter' | 'marker' | 'help';
export type Paint = (role: FrameRole, text: string) => string;

const plain: Paint = (_role, text) => text;
const contextLines = 2;
const foldAbove = 6;
const maximumWidth = 120;

/** Head line, message, frame, related frames and help of one diagnostic; no newline at the end. */
export function formatDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const head = `${paint(diagnostic.severity, diagnostic.severity)} ${diagnostic.code}`;
  const lines: string[] = [];
  if (diagnostic.span === undefined) {
    lines.push(head, `  ${indent(diagnostic.message)}`);
  } else {
    lines.push(`${head}  ${paint('location', placeOf(diagnostic.span))}`, `  ${indent(diagnostic.message)}`);
    lines.push(...frameLines(diagnostic.span, paint));
  }
  for (const related of diagnostic.related) {
    lines.push(
      `  ${paint('location', placeOf(related.span))}: ${related.message}`,
      ...frameLines(related.span, paint),
    );
  }
  if (diagnostic.hint !== undefined) lines.push(`  ${paint('help', 'help:')} ${indent(diagnostic.hint)}`);
  return lines.join('\n');
}

/** Only the excerpt of a span: two lines of context, the lines of the span marked, long spans folded. */
export function codeFrame(span: Span, paint: Paint = plain): string {
  return frameLines(span, paint).join('\n');
}

function indent(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

function placeOf(span: Span): string {
  const { source, start } = resolveSpan(span);
  return `${source.name}:${start.line}:${start.column}`;
}

function frameLines(span: Span, paint: Paint): string[] {
  const { source, start, end } = resolveSpan(span);
  const lastMarked = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  const first = Math.max(1, start.line - contextLines);
  const last = Math.min(lineStartsOf(source).length, lastMarked + contextLines);
  const width = String(last).length;
  const context = (from: number, to: number): string[] =>
    rangeOf(from, to)
      .map((line) => ({ line, text: textOfLine(source, line) }))
      .filter(({ line, text }) => text.trim() !== '' || (line !== first && line !== last))
      .flatMap(({ line, text }) => numberedLine({ text, line, width, from: 0, to: 0, paint }));
  const marked = rangeOf(start.line, lastMarked).flatMap((line) => {
    if (isFolded(line, start.line, lastMarked)) {
      const rest = lastMarked - start.line + 1 - 2 * contextLines;
      return line === start.line + contextLines
        ? [paint('gutter', `   ${' '.repeat(width)} | … ${rest} more lines`)]
        : [];
    }
    const text = textOfLine(source, line);
    const from = line === start.line ? start.column : firstTextColumn(text);
    const to = line === lastMarked ? end.column : text.length + 1;
    return numberedLine({ text, line, width, from, to, paint });
  });
  return [...context(first, start.line - 1), ...marked, ...context(lastMarked + 1, last)];
}

function rangeOf(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function isFolded(line: number, first: number, last: number): boolean {
  return last - first + 1 > foldAbove && line >= first + contextLines && line <= last - contextLines;
}

interface NumberedLine {
  readonly text: string;
  readonly line: number;
  readonly width: number;
  /** 1-based columns of the marked range; 0 when the line is context. */
  readonly from: number;
  readonly to: number;
  readonly paint: Paint;
}

function numberedLine({ text, line, width, from, to, paint }: NumberedLine): string[] {
  const shown = cut(text, from);
  const number = String(line).padStart(width);
  if (from === 0) return [`${paint('gutter', `   ${number} |`)} ${shown.text}`.trimEnd()];
  const start = from - shown.dropped;
  const length = Math.max(1, Math.min(to - from, shown.text.length - start + 1));
  const lead = leadOf(shown.text, start - 1);
  return [
    `${paint('marker', ' >')} ${paint('gutter', `${number} |`)} ${shown.text}`.trimEnd(),
    `${paint('gutter', `   ${' '.repeat(width)} |`)} ${lead}${paint('marker', '^'.repeat(length))}`,
  ];
}

/** Keeps tabs, so that the marker stands under the text whatever the terminal's tab stops. */
function leadOf(text: string, length: number): string {
  return text.slice(0, length).replace(/[^\t]/g, ' ').padEnd(length);
}

function cut(text: string, from: number): { readonly text: string; readonly dropped: number } {
  if (text.length <= maximumWidth) return { text, dropped: 0 };
  const start = Math.max(0, Math.min(from - 1 - maximumWidth / 2, text.length - maximumWidth));
  const head = start > 0 ? '…' : '';
  const tail = start + maximumWidth < text.length ? '…' : '';
  return { text: `${head}${text.slice(start, start + maximumWidth)}${tail}`, dropped: start - head.length };
}

function firstTextColumn(text: string): number {
  return text.length - text.trimStart().length + 1;
}

function textOfLine(source: Source, line: number): string {
  const starts = lineStartsOf(source);
  const text = source.text.slice(starts[line - 1] ?? 0, starts[line] ?? source.text.length);
  return text.replace(/\r?\n$/, '').replace(/[\x00-\x08\x0b-\x1f\x7f]/g, '\u{fffd}');
}
