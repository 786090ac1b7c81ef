import { DASH, isBlank, isBreak, isDigit, LF, PLUS, SPACE, TAB } from './chars.ts';
import type { Cursor, Mark } from './cursor.ts';
import { Token } from './token.ts';

interface Header {
  readonly chomp: 'clip' | 'keep' | 'strip';
  /** The explicit indentation indicator, 0 when there is none. */
  readonly increment: number;
}

/** Scans a literal (`|`) or folded (`>`) scalar. */
export function scanBlockScalar(cursor: Cursor, isLiteral: boolean): Token {
  const token = new Token('scalar', cursor.pos, cursor.line);
  cursor.pos++;
  const header = scanHeader(cursor, token);
  const explicit = header.increment === 0 ? 0 : Math.max(cursor.indent, 0) + header.increment;
  let end = cursor.pos;
  const body = new BlockBody(cursor, token, explicit);
  let breaks = body.readBreaks();
  let value = '';
  let lastBreak = '';
  let wasBlank = false;
  while (cursor.column === body.indent && cursor.code() !== 0) {
    const isLeadingBlank = isBlank(cursor.code());
    const joins = !isLiteral && !wasBlank && !isLeadingBlank && lastBreak.charCodeAt(0) === LF;
    value += joins ? (breaks === '' ? ' ' : breaks) : lastBreak + breaks;
    wasBlank = isLeadingBlank;
    const from = cursor.pos;
    cursor.skipToBreak();
    value += cursor.text.slice(from, cursor.pos);
    lastBreak = cursor.code() === 0 ? '' : cursor.readBreak();
    end = cursor.pos;
    breaks = body.readBreaks();
  }
  if (header.chomp !== 'strip') value += lastBreak;
  if (header.chomp === 'keep') value += breaks;
  token.text = value;
  token.end = end;
  token.style = isLiteral ? 'literal' : 'folded';
  return token;
}

function scanHeader(cursor: Cursor, context: Mark): Header {
  let chomp = scanChomping(cursor);
  const increment = scanIncrement(cursor, context);
  if (chomp === 'clip' && increment !== 0) chomp = scanChomping(cursor);
  if (!cursor.skipRestOfLine()) throw cursor.error('did not find expected comment or line break', context);
  return { chomp, increment };
}

function scanChomping(cursor: Cursor): Header['chomp'] {
  const code = cursor.code();
  if (code !== PLUS && code !== DASH) return 'clip';
  cursor.pos++;
  return code === PLUS ? 'keep' : 'strip';
}

function scanIncrement(cursor: Cursor, context: Mark): number {
  const code = cursor.code();
  if (!isDigit(code)) return 0;
  if (code === 0x30) throw cursor.error('found an indentation indicator equal to 0', context);
  cursor.pos++;
  return code - 0x30;
}

/** The lines of a block scalar; the first one that has text decides the indentation. */
class BlockBody {
  indent: number;
  private readonly cursor: Cursor;
  private readonly context: Mark;

  constructor(cursor: Cursor, context: Mark, indent: number) {
    this.cursor = cursor;
    this.context = context;
    this.indent = indent;
  }

  /** Steps over empty lines and the indentation of the next line; gives the breaks. */
  readBreaks(): string {
    const { cursor } = this;
    let breaks = '';
    let deepest = 0;
    for (;;) {
      while (this.isShort() && cursor.code() === SPACE) cursor.pos++;
      if (cursor.column > deepest) deepest = cursor.column;
      if (this.isShort() && cursor.code() === TAB) {
        throw cursor.error('found a tab character where an indentation space is expected', this.context);
      }
      if (!isBreak(cursor.code())) break;
      breaks += cursor.readBreak();
    }
    if (this.indent === 0) this.indent = Math.max(deepest, cursor.indent + 1, 1);
    return breaks;
  }

  private isShort(): boolean {
    return this.indent === 0 || this.cursor.column < this.indent;
  }
}
