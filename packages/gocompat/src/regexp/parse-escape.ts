import type { PatternCursor } from './pattern-cursor.ts';

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
const maxRune = 0x10ffff;

/** Reads `\` and what follows as one character. The cursor stands at the backslash. */
export function parseEscape(cursor: PatternCursor): number {
  const start = cursor.at;
  cursor.at += 1;
  if (cursor.isAtEnd) throw cursor.error('trailing backslash at end of expression', cursor.at);
  const codePoint = cursor.next();
  const char = String.fromCodePoint(codePoint);
  const value = controls[char] ?? octalValue(cursor, char) ?? hexValue(cursor, char);
  if (value !== undefined) return value;
  if (codePoint >= 0x80 || /[0-9A-Za-z]/.test(char)) throw invalidEscape(cursor, start);
  return codePoint;
}

function invalidEscape(cursor: PatternCursor, start: number): Error {
  return cursor.error('invalid escape sequence', start, cursor.at);
}

/** Up to three octal digits; a single digit other than 0 would be a back reference. */
function octalValue(cursor: PatternCursor, char: string): number | undefined {
  if (!/[0-7]/.test(char) || (char !== '0' && !/[0-7]/.test(cursor.peek()))) return undefined;
  let digits = char;
  while (digits.length < 3 && /[0-7]/.test(cursor.peek())) digits += String.fromCodePoint(cursor.next());
  return Number.parseInt(digits, 8);
}

/** `\xHH` or `\x{H…}`. */
function hexValue(cursor: PatternCursor, char: string): number | undefined {
  if (char !== 'x') return undefined;
  const start = cursor.at - 2;
  if (cursor.isAtEnd) throw invalidEscape(cursor, start);
  const first = hexDigit(cursor.next());
  if (first === '{') return bracedHexValue(cursor, start);
  const second = hexDigit(cursor.next());
  if (!/^[0-9a-f]{2}$/i.test(first + second)) throw invalidEscape(cursor, start);
  return Number.parseInt(first + second, 16);
}

function hexDigit(codePoint: number): string {
  return String.fromCodePoint(codePoint);
}

function bracedHexValue(cursor: PatternCursor, start: number): number {
  let value = 0;
  for (let count = 0; !cursor.isAtEnd; count += 1) {
    const char = hexDigit(cursor.next());
    if (char === '}' && count > 0) return value;
    if (!/^[0-9a-f]$/i.test(char)) break;
    value = value * 16 + Number.parseInt(char, 16);
    if (value > maxRune) break;
  }
  throw invalidEscape(cursor, start);
}
