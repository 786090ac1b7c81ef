/** Percent encoding by part of a URL, as Go's `net/url`. Texts have one character per byte here. */
import { GoError, quote } from '@flotilla/gocompat';
import { fromBinary } from './binary-text.ts';

export type UrlPart = 'path' | 'host' | 'zone' | 'user' | 'fragment';

const host = /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/;

/** Characters that stand for themselves. */
const plain: Readonly<Record<UrlPart, RegExp>> = {
  path: /[A-Za-z0-9\-_.~$&+,/:;=@]/,
  host,
  zone: host,
  user: /[A-Za-z0-9\-_.~$&+,;=]/,
  fragment: /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/,
};

/** True when `char` is percent-encoded in `part`. */
export function needsEscape(char: string, part: UrlPart): boolean {
  return !plain[part].test(char);
}

/** Encodes what may not stand in `part`. */
export function escapeUrl(text: string, part: UrlPart): string {
  let escaped = '';
  for (const char of text) {
    const hex = char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
    escaped += needsEscape(char, part) ? `%${hex}` : char;
  }
  return escaped;
}

/** Decodes `part`. Throws GoError (`invalid URL escape "%zz"`, `invalid character " " in host name`). */
export function unescapeUrl(text: string, part: UrlPart): string {
  let decoded = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '%') {
      decoded += decodeEscape(text.slice(i, i + 3), part);
      i += 2;
      continue;
    }
    if ((part === 'host' || part === 'zone') && char < '\x80' && needsEscape(char, part)) {
      throw new GoError(`invalid character ${quote(char)} in host name`);
    }
    decoded += char;
  }
  return decoded;
}

function decodeEscape(escaped: string, part: UrlPart): string {
  const invalid = new GoError(`invalid URL escape ${quote(fromBinary(escaped))}`);
  if (!/^%[0-9a-fA-F]{2}$/.test(escaped)) throw invalid;
  const char = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  if (escaped === '%25') return char;
  if (part === 'host' && char < '\x80') throw invalid;
  if (part === 'zone' && char !== ' ' && needsEscape(char, 'host')) throw invalid;
  return char;
}
