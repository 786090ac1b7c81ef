import { DOT, isBlank, isBlankOrEnd, isDigit, isWordCharacter } from './chars.ts';
import type { Cursor, Mark } from './cursor.ts';
import { scanTagHandle, scanTagUri } from './scan-tag.ts';
import { Token } from './token.ts';

/** Scans `%YAML 1.1` or `%TAG !handle! prefix`. */
export function scanDirective(cursor: Cursor): Token {
  const context = cursor.mark();
  cursor.pos++;
  const name = scanName(cursor, context);
  if (name !== 'YAML' && name !== 'TAG') throw cursor.error('found unknown directive name', context);
  const [text, suffix] = name === 'YAML' ? [scanVersion(cursor, context), ''] : scanTagValue(cursor, context);
  const span = { start: context.pos, end: cursor.pos, line: context.line };
  if (!cursor.skipRestOfLine()) throw cursor.error('did not find expected comment or line break', context);
  return new Token(name === 'YAML' ? 'version-directive' : 'tag-directive', span, text, {
    suffix,
    style: 'plain',
  });
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

function scanTagValue(cursor: Cursor, context: Mark): readonly [string, string] {
  cursor.skipBlanks();
  const handle = scanTagHandle(cursor, context, true);
  if (!isBlank(cursor.code())) throw cursor.error('did not find expected whitespace', context);
  cursor.skipBlanks();
  const prefix = scanTagUri(cursor, context, '');
  if (!isBlankOrEnd(cursor.code()))
    throw cursor.error('did not find expected whitespace or line break', context);
  return [handle, prefix];
}
