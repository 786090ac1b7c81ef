/**
 * Go's `unicode` package where JS differs: simple (one to one) case mappings, letter classes.
 * Works on single code points given as strings.
 */
import { rejoinBytes, toValidText } from '@flotilla/gocompat';

/** `unicode.IsUpper`. */
export function isUpper(char: string): boolean {
  return char < '\x80' ? char >= 'A' && char <= 'Z' : /^\p{Lu}/u.test(char);
}

/** `unicode.IsLower`. */
export function isLower(char: string): boolean {
  return char < '\x80' ? char >= 'a' && char <= 'z' : /^\p{Ll}/u.test(char);
}

/** `unicode.IsTitle`. */
export function isTitle(char: string): boolean {
  return char >= '\x80' && /^\p{Lt}/u.test(char);
}

/** `unicode.IsLetter`. */
export function isLetter(char: string): boolean {
  return char < '\x80' ? isUpper(char) || isLower(char) : /^\p{L}/u.test(char);
}

/** `unicode.IsDigit`. */
export function isDigit(char: string): boolean {
  return /^\p{Nd}/u.test(char);
}

/** `unicode.IsNumber`. */
export function isNumber(char: string): boolean {
  return char < '\x80' ? char >= '0' && char <= '9' : /^\p{N}/u.test(char);
}

/** `unicode.IsPunct`. */
export function isPunctuation(char: string): boolean {
  return /^\p{P}/u.test(char);
}

/** `unicode.ToUpper` of one code point. */
export function upperRune(char: string): string {
  const upper = char.toUpperCase();
  return isOneRune(upper) ? upper : (greekWithIota(char) ?? char);
}

/** `unicode.ToLower` of one code point. */
export function lowerRune(char: string): string {
  const lower = char.toLowerCase();
  if (isOneRune(lower)) return lower;
  return char === '\u0130' ? 'i' : char;
}

/** `unicode.ToTitle` of one code point. */
export function titleRune(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCharCode(0x1c5 + 3 * Math.floor((code - 0x1c4) / 3));
  if (code >= 0x1f1 && code <= 0x1f3) return '\u01f2';
  const isGeorgian = code >= 0x10d0 && code <= 0x10ff;
  return isGeorgian ? char : upperRune(char);
}

/** `strings.ToUpper`; bytes that are not UTF-8 become U+FFFD. */
export function upperText(text: string): string {
  return isPlain(text) ? text.toUpperCase() : mapRunes(text, upperRune);
}

/** `strings.ToLower`; bytes that are not UTF-8 become U+FFFD. */
export function lowerText(text: string): string {
  return isPlain(text) ? text.toLowerCase() : mapRunes(text, lowerRune);
}

/** The code points of `text`, with U+FFFD for each byte that is not UTF-8, as `[]rune(text)`. */
export function runesOf(text: string): string[] {
  return Array.from(toValidText(rejoinBytes(text)));
}

function mapRunes(text: string, map: (char: string) => string): string {
  return runesOf(text).map(map).join('');
}

function isPlain(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function isOneRune(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff);
}

/** Greek letters with an iota subscript have a one to one upper case that JS spells with two letters. */
function greekWithIota(char: string): string | undefined {
  const code = char.charCodeAt(0);
  const isInRows = code >= 0x1f80 && code <= 0x1faf && (code & 0x8) === 0;
  if (isInRows) return String.fromCharCode(code + 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9);
  return undefined;
}
