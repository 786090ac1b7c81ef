/**
 * Go string and rune literals: what `%q`, `quote` and error messages print. Comes in: strings with byte escapes
 * (see ../text.ts); goes out: literals, and the strings back.
 */
import { isByteEscape } from '../text.ts';
import { isPrintable } from './printable.ts';

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

const shortEscapes: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  92: '\\\\',
};

/** Go's `strconv.Quote`. */
export function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${escapeAll(text, 34, false)}"`;
}

/** Go's `strconv.QuoteToASCII`. */
export function quoteToAscii(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${escapeAll(text, 34, true)}"`;
}

/** Go's `strconv.QuoteRune`; what is no code point prints as U+FFFD. */
export function quoteRune(codePoint: number, asciiOnly = false): string {
  const isValid = codePoint >= 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
  return `'${escapeRune(isValid ? codePoint : 0xfffd, 39, asciiOnly)}'`;
}

/** Go's `strconv.CanBackquote`: printable between back-quotes without change. */
export function canBackquote(text: string): boolean {
  return !/[\x00-\x08\x0a-\x1f`\x7f\ufeff]|[\udc80-\udcff]/u.test(text);
}

function escapeAll(text: string, quoteMark: number, asciiOnly: boolean): string {
  let result = '';
  for (let i = 0; i < text.length; i += 1) {
    const codePoint = text.codePointAt(i) ?? 0;
    if (codePoint > 0xffff) i += 1;
    result += isByteEscape(codePoint)
      ? `\\x${(codePoint - 0xdc00).toString(16)}`
      : escapeRune(codePoint, quoteMark, asciiOnly);
  }
  return result;
}

function escapeRune(codePoint: number, quoteMark: number, asciiOnly: boolean): string {
  if (codePoint === quoteMark) return `\\${String.fromCharCode(quoteMark)}`;
  const short = shortEscapes[codePoint];
  if (short !== undefined) return short;
  if (isPrintable(codePoint) && (!asciiOnly || codePoint < 0x80)) return String.fromCodePoint(codePoint);
  const hex = codePoint.toString(16);
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\x${hex.padStart(2, '0')}`;
  return codePoint < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
