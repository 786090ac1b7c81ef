import { isBreak, SPACE } from './chars.ts';
import type { EmitWriter } from './emit-writer.ts';
import type { PrintedScalar } from './print-scalar.ts';

/** go-yaml v2 folds text beyond this column. */
const foldWidth = 80;

/** Writes a scalar; `indent` is where its further lines begin, `canFold` is off for simple keys. */
export function writeScalar(writer: EmitWriter, scalar: PrintedScalar, at: ScalarPlace): void {
  switch (scalar.style) {
    case 'line':
      writeLine(writer, scalar, at);
      break;
    case 'literal':
      writeLiteral(writer, scalar.text, at.indent);
      break;
    case 'broken-single':
      writeBrokenSingle(writer, scalar.text, at);
      break;
    case 'binary':
      writer.writeText('!!binary');
      if (scalar.text.includes('\n')) writeLiteral(writer, scalar.text, at.indent);
      else writer.writeText(scalar.text);
  }
}

export interface ScalarPlace {
  readonly indent: number;
  readonly canFold: boolean;
}

type Line = PrintedScalar & { readonly style: 'line' };

function writeLine(writer: EmitWriter, { text, quote }: Line, { indent, canFold }: ScalarPlace): void {
  const mayFold = canFold && writer.dialect === 'v2' && writer.column + text.length + 2 > foldWidth;
  if (!mayFold || !text.includes(' ')) {
    writer.writeText(quote + text + quote);
    return;
  }
  writer.writeText(quote);
  writeFolded(writer, { text, indent, quote });
  writer.append(quote);
  writer.endText();
}

interface Foldable {
  readonly text: string;
  readonly indent: number;
  readonly quote: string;
}

/** Breaks a text at the first space behind the fold width, again and again. */
function writeFolded(writer: EmitWriter, { text, indent, quote }: Foldable): void {
  let from = 0;
  let at = text.indexOf(' ');
  for (; at >= 0; at = text.indexOf(' ', at + 1)) {
    if (writer.column + at - from <= foldWidth || !canBreak(text, at, quote)) continue;
    writer.append(text.slice(from, at));
    writer.writeIndent(indent);
    if (text.charCodeAt(at + 1) === SPACE) writer.append('\\');
    from = at + 1;
    writer.isIndenting = false;
  }
  writer.append(text.slice(from));
}

function canBreak(text: string, at: number, quote: string): boolean {
  if (text.charCodeAt(at - 1) === SPACE) return false;
  if (quote === '"') return at > 0 && at < text.length - 1;
  if (text.charCodeAt(at + 1) === SPACE) return false;
  return quote === '' || (at > 0 && at < text.length - 1);
}

function writeLiteral(writer: EmitWriter, text: string, indent: number): void {
  writer.writeText(`|${literalHints(text, writer.bestIndent)}`);
  writer.startLiteral();
  let from = 0;
  while (from < text.length) {
    let to = from;
    while (to < text.length && !isBreak(text.charCodeAt(to))) to++;
    if (to > from) {
      writer.writeIndent(indent);
      writer.append(text.slice(from, to));
      writer.isIndenting = false;
    }
    if (to < text.length) writer.writeBreak(text.charAt(to));
    from = to + 1;
  }
}

function literalHints(text: string, bestIndent: number): string {
  const first = text.charCodeAt(0);
  const hint = first === SPACE || isBreak(first) ? String(bestIndent) : '';
  if (!isBreak(text.charCodeAt(text.length - 1))) return `${hint}-`;
  return text.length === 1 || isBreak(text.charCodeAt(text.length - 2)) ? `${hint}+` : hint;
}

/** A single-quoted text that holds LS or PS: they are written as they are and the next line is indented. */
function writeBrokenSingle(writer: EmitWriter, text: string, { indent, canFold }: ScalarPlace): void {
  const folds = canFold && writer.dialect === 'v2';
  let wasBreak = false;
  writer.writeText("'");
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (isBreak(text.charCodeAt(at))) {
      writer.writeBreak(char);
      wasBreak = true;
    } else if (char === ' ') {
      const breaks = folds && writer.column > foldWidth && canBreak(text, at, "'");
      if (breaks) writer.writeIndent(indent);
      else writer.append(' ');
    } else {
      if (wasBreak) writer.writeIndent(indent);
      writer.append(quoted(char));
      writer.isIndenting = false;
      wasBreak = false;
    }
  }
  writer.append("'");
  writer.endText();
}

function quoted(char: string): string {
  return char === "'" ? "''" : char;
}
