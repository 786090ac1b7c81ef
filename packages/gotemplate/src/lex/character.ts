/** Character classes of the action language. Undecodable bytes (lone U+DC80–U+DCFF) count as U+FFFD. */

import { isPrintable } from '@flotilla/gocompat';

const alphanumericAscii = new Uint8Array(128);
for (const character of '_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') {
  alphanumericAscii[character.charCodeAt(0)] = 1;
}

let letterOrDigit: RegExp | undefined;

/** White space inside actions and for trimming: space, tab, CR, LF and nothing else. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** `_`, a Unicode letter or a Unicode decimal digit. */
export function isAlphanumeric(codePoint: number): boolean {
  if (codePoint < 128) return alphanumericAscii[codePoint] === 1;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return false;
  letterOrDigit ??= /[\p{L}\p{Nd}]/u;
  return letterOrDigit.test(String.fromCodePoint(codePoint));
}

/** Go's `%#U`: `U+201C '“'`, without the character when it cannot be printed. */
export function describeCharacter(codePoint: number): string {
  const isBroken = codePoint >= 0xd800 && codePoint <= 0xdfff;
  const shown = isBroken ? 0xfffd : codePoint;
  const name = `U+${shown.toString(16).toUpperCase().padStart(4, '0')}`;
  return isPrintable(shown) ? `${name} '${String.fromCodePoint(shown)}'` : name;
}
