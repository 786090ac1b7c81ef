import { APOSTROPHE, asciiSet, BACKSLASH, isBlank, isBreak } from './chars.ts';
import type { Cursor, Mark } from './cursor.ts';
import { foldBreaks } from './fold.ts';
import { Token } from './token.ts';

const singleStops = asciiSet("\0\n\r'");
const doubleStops = asciiSet('\0\n\r"\\');

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Scans a single- or double-quoted scalar. */
export function scanQuoted(cursor: Cursor): Token {
  const token = new Token('scalar', cursor.pos, cursor.line);
  const quote = cursor.code();
  const isSingle = quote === APOSTROPHE;
  const stops = isSingle ? singleStops : doubleStops;
  cursor.pos++;
  let value = '';
  for (;;) {
    checkQuotedLine(cursor, token);
    const from = cursor.pos;
    skipQuotedText(cursor, stops);
    const code = cursor.code();
    if (code === quote) {
      value += cursor.text.slice(from, cursor.pos++);
      if (!isSingle || cursor.code() !== APOSTROPHE) break;
      cursor.pos++;
      value += "'";
    } else if (code === BACKSLASH) {
      value += cursor.text.slice(from, cursor.pos) + readEscape(cursor, token);
    } else if (isBreak(code)) {
      value += trimBlanks(cursor.text, from, cursor.pos) + foldBreaks(readBreaks(cursor));
    }
  }
  token.text = value;
  token.end = cursor.pos;
  token.style = isSingle ? 'single' : 'double';
  return token;
}

function checkQuotedLine(cursor: Cursor, context: Mark): void {
  if (cursor.atDocumentIndicator()) throw cursor.error('found unexpected document indicator', context);
  if (cursor.code() === 0) throw cursor.error('found unexpected end of stream', context);
}

/** Moves to the next quote, backslash, break or the end; blanks inside a line are text. */
function skipQuotedText(cursor: Cursor, stops: Uint8Array): void {
  const { text } = cursor;
  let pos = cursor.pos;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (code < 128 ? stops[code] === 0 : !isBreak(code)) pos++;
    else break;
  }
  cursor.pos = pos;
}

function readBreaks(cursor: Cursor): string {
  let breaks = '';
  for (;;) {
    if (isBlank(cursor.code())) cursor.pos++;
    else if (isBreak(cursor.code())) breaks += cursor.readBreak();
    else return breaks;
  }
}

function trimBlanks(text: string, from: number, to: number): string {
  let end = to;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(from, end);
}

function readEscape(cursor: Cursor, context: Mark): string {
  if (isBreak(cursor.code(1))) {
    cursor.pos++;
    cursor.skipBreak();
    return readBreaks(cursor);
  }
  const letter = cursor.text.charAt(cursor.pos + 1);
  const simple = escapes[letter];
  if (simple !== undefined) {
    cursor.pos += 2;
    return simple;
  }
  const length = hexLengths[letter];
  if (length === undefined) throw cursor.error('found unknown escape character', context);
  cursor.pos += 2;
  return readHexEscape(cursor, context, length);
}

function readHexEscape(cursor: Cursor, context: Mark, length: number): string {
  const digits = cursor.text.slice(cursor.pos, cursor.pos + length);
  if (digits.length !== length || !/^[0-9A-Fa-f]*$/.test(digits)) {
    throw cursor.error('did not find expected hexdecimal number', context);
  }
  const value = Number.parseInt(digits, 16);
  if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
    throw cursor.error('found invalid Unicode character escape code', context);
  }
  cursor.pos += length;
  return String.fromCodePoint(value);
}
