import { DOT, isBlank, isBlankOrEnd, isDigit, isWordCharacter } from './chars.ts';
import type { Cursor, Mark } from './cursor.ts';
import { scanTagHandle, scanTagUri } from './scan-tag.ts';
import { Token } from './token.ts';

/** Scans `%YAML 1.1` or `%TAG !handle! prefix`. */
export function scanDirective(cursor: Cursor): Token {
  const { pos, line } = cursor;
  cursor.pos++;
  const name = scanName(cursor, { line });
  if (name !== 'YAML' && name !== 'TAG') throw cursor.error('found unknown directive name', { line });
  const token = new Token(name === 'YAML' ? 'version-directive' : 'tag-directive', pos, line);
  if (name === 'YAML') token.text = scanVersion(cursor, token);
  else scanTagValue(cursor, token);
  token.end = cursor.pos;
  if (!cursor.skipRestOfLine()) throw cursor.error('did not find expected comment or line break', token);
  return token;
}

function scanName(cursor: Cursor, context: Mark): string {
  const from = cursor.pos;
  while (isWordCharacter(cursor.code())) cursor.pos++;
  if (cursor.pos === from) throw cursor.error('could not find expected directive name', context);
  if (!isBlankOrEnd(cursor.code()))
    throw cursor.error('found unexpected non-alphabetical character', context);
  return cursor.text.slice(from, cursor.pos);
}

function scanVersion(cursor: Cursor, context: Mark): string {
  cursor.skipBlanks();
  const major = scanVersionNumber(cursor, context);
  if (cursor.code() !== DOT) throw cursor.error("did not find expected digit or '.' character", context);
  cursor.pos++;
  return `${major}.${scanVersionNumber(cursor, context)}`;
}

function scanVersionNumber(cursor: Cursor, context: Mark): number {
  const from = cursor.pos;
  while (isDigit(cursor.code())) {
    if (cursor.pos - from === 2) throw cursor.error('found extremely long version number', context);
    cursor.pos++;
  }
  if (cursor.pos === from) throw cursor.error('did not find expected version number', context);
  return Number(cursor.text.slice(from, cursor.pos));
}

function scanTagValue(cursor: Cursor, token: Token): void {
  cursor.skipBlanks();
  token.text = scanTagHandle(cursor, token, true);
  if (!isBlank(cursor.code())) throw cursor.error('did not find expected whitespace', token);
  cursor.skipBlanks();
  token.suffix = scanTagUri(cursor, token, '');
  if (!isBlankOrEnd(cursor.code()))
    throw cursor.error('did not find expected whitespace or line break', token);
}
