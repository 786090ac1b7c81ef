import { rejoinBytes, toValidText } from '../text.ts';
import { GoError } from '../value/go-struct.ts';

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const numericEscape = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})/y;

/**
 * Go's `strconv.Unquote`: the value of a quoted, back-quoted or single-quoted (one character) literal.
 * Throws GoError `invalid syntax`.
 */
export function unquote(literal: string): string {
  const mark = literal.charAt(0);
  if (literal.length < 2 || !literal.endsWith(mark)) throw invalidSyntax();
  const body = literal.slice(1, -1);
  if (mark === '`') {
    if (body.includes('`')) throw invalidSyntax();
    return body.replaceAll('\r', '');
  }
  if (mark !== '"' && mark !== "'") throw invalidSyntax();
  const text = unescapeBody(toValidText(body), mark);
  if (mark === "'" && !/^[\s\S]?$/u.test(text)) throw invalidSyntax();
  return rejoinBytes(text);
}

function unescapeBody(body: string, mark: string): string {
  if (!body.includes('\\') && !body.includes(mark) && !body.includes('\n')) return body;
  let text = '';
  let i = 0;
  while (i < body.length) {
    const char = body.charAt(i);
    if (char === mark || char === '\n') throw invalidSyntax();
    if (char !== '\\') {
      text += char;
      i += 1;
      continue;
    }
    const decoded = readEscape(body, i + 1, mark);
    text += decoded.text;
    i += 1 + decoded.length;
  }
  return text;
}

interface Escape {
  readonly text: string;
  readonly length: number;
}

function readEscape(body: string, at: number, mark: string): Escape {
  const char = body.charAt(at);
  const simple = simpleEscapes[char] ?? (char === mark ? mark : undefined);
  if (simple !== undefined) return { text: simple, length: 1 };
  numericEscape.lastIndex = at;
  const match = numericEscape.exec(body);
  if (match === null) throw invalidSyntax();
  const [all, byte, short, long, octal] = match;
  const codePoint = Number.parseInt(byte ?? short ?? long ?? octal ?? '', octal === undefined ? 16 : 8);
  const isByte = byte !== undefined || octal !== undefined;
  return { text: isByte ? byteText(codePoint) : runeText(codePoint), length: all.length };
}

function byteText(byte: number): string {
  if (byte > 0xff) throw invalidSyntax();
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

function runeText(codePoint: number): string {
  if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) throw invalidSyntax();
  return String.fromCodePoint(codePoint);
}

function invalidSyntax(): GoError {
  return new GoError('invalid syntax');
}
