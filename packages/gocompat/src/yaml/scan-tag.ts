import { BANG, GREATER, isBlankOrEnd, isWordCharacter, LESS, PERCENT } from './chars.ts';
import type { Cursor, Mark } from './cursor.ts';
import { Token } from './token.ts';

const uriCharacters = /[-\w;/?:@&=+$,.!~*'()[\]%]/;

/** Scans `!tag`, `!handle!tag` or `!<uri>`. */
export function scanTag(cursor: Cursor): Token {
  const token = new Token('tag', cursor.pos, cursor.line);
  let handle = '';
  let suffix: string;
  if (cursor.code(1) === LESS) {
    cursor.pos += 2;
    suffix = scanTagUri(cursor, token, '');
    if (cursor.code() !== GREATER) throw cursor.error("did not find the expected '>'", token);
    cursor.pos++;
  } else {
    handle = scanTagHandle(cursor, token, false);
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = scanTagUri(cursor, token, '');
    } else {
      suffix = scanTagUri(cursor, token, handle);
      handle = '!';
      if (suffix === '') [handle, suffix] = [suffix, handle];
    }
  }
  if (!isBlankOrEnd(cursor.code()))
    throw cursor.error('did not find expected whitespace or line break', token);
  token.text = handle;
  token.suffix = suffix;
  token.end = cursor.pos;
  return token;
}

/** Scans `!`, `!name` or `!name!`; a directive needs the closing `!`. */
export function scanTagHandle(cursor: Cursor, context: Mark, isDirective: boolean): string {
  if (cursor.code() !== BANG) throw cursor.error("did not find expected '!'", context);
  const from = cursor.pos++;
  while (isWordCharacter(cursor.code())) cursor.pos++;
  if (cursor.code() === BANG) cursor.pos++;
  else if (isDirective && cursor.pos - from > 1) throw cursor.error("did not find expected '!'", context);
  return cursor.text.slice(from, cursor.pos);
}

/** Scans the rest of a tag, with `%xx` escapes decoded; `head` is a handle already read that belongs to it. */
export function scanTagUri(cursor: Cursor, context: Mark, head: string): string {
  let uri = head.slice(1);
  const from = cursor.pos;
  while (uriCharacters.test(cursor.text.charAt(cursor.pos))) {
    if (cursor.code() === PERCENT) uri += scanUriEscapes(cursor, context);
    else uri += cursor.text.charAt(cursor.pos++);
  }
  if (head === '' && cursor.pos === from) throw cursor.error('did not find expected tag URI', context);
  return uri;
}

function scanUriEscapes(cursor: Cursor, context: Mark): string {
  const bytes: number[] = [];
  let width = 1;
  while (bytes.length < width) {
    const digits = cursor.text.slice(cursor.pos + 1, cursor.pos + 3);
    if (cursor.code() !== PERCENT || !/^[0-9A-Fa-f]{2}$/.test(digits)) {
      throw cursor.error('did not find URI escaped octet', context);
    }
    const octet = Number.parseInt(digits, 16);
    if (bytes.length === 0) {
      width = utf8Width(octet);
      if (width === 0) throw cursor.error('found an incorrect leading UTF-8 octet', context);
    } else if ((octet & 0xc0) !== 0x80) {
      throw cursor.error('found an incorrect trailing UTF-8 octet', context);
    }
    bytes.push(octet);
    cursor.pos += 3;
  }
  return decodeEscape(bytes);
}

function decodeEscape(bytes: readonly number[]): string {
  const [first = 0, ...rest] = bytes;
  const lead = rest.length === 0 ? first : first & (0x3f >> rest.length);
  const value = rest.reduce((sum, octet) => (sum << 6) | (octet & 0x3f), lead);
  return value > 0x10ffff ? '\ufffd' : String.fromCodePoint(value);
}

/** Length of the UTF-8 sequence that `octet` starts; 0 when it starts none. */
export function utf8Width(octet: number): number {
  if (octet < 0x80) return 1;
  if ((octet & 0xe0) === 0xc0) return 2;
  if ((octet & 0xf0) === 0xe0) return 3;
  return (octet & 0xf8) === 0xf0 ? 4 : 0;
}
