import { isBlankOrEnd, isWordCharacter } from './chars.ts';
import type { Cursor } from './cursor.ts';
import { Token } from './token.ts';

/** Scans `&name`. */
export function scanAnchor(cursor: Cursor): Token {
  return scanAnchorName(cursor, 'anchor');
}

/** Scans `*name`. */
export function scanAlias(cursor: Cursor): Token {
  return scanAnchorName(cursor, 'alias');
}

function scanAnchorName(cursor: Cursor, type: 'anchor' | 'alias'): Token {
  const token = new Token(type, cursor.pos, cursor.line);
  const from = ++cursor.pos;
  while (isWordCharacter(cursor.code())) cursor.pos++;
  const next = cursor.text.charAt(cursor.pos);
  if (cursor.pos === from || !(isBlankOrEnd(cursor.code()) || '?:,]}%@`'.includes(next))) {
    throw cursor.error('did not find expected alphabetic or numeric character', token);
  }
  token.text = cursor.text.slice(from, cursor.pos);
  token.end = cursor.pos;
  return token;
}
