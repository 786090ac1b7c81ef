import { asciiSet, COLON, HASH, isBlank, isBlankOrEnd, isBreak, TAB } from './chars.ts';
import type { Cursor, Mark } from './cursor.ts';
import { foldBreaks } from './fold.ts';
import { Token } from './token.ts';

const blockStops = asciiSet('\0\t\n\r :');
const flowStops = asciiSet('\0\t\n\r :,?[]{}');

/** Scans an unquoted scalar; it may run over several lines. */
export function scanPlain(cursor: Cursor): Token {
  const token = new Token('scalar', cursor.pos, cursor.line);
  let gap = '';
  let sawBreak = false;
  while (!cursor.atDocumentIndicator() && cursor.code() !== HASH) {
    const from = cursor.pos;
    const end = scanPlainLine(cursor);
    if (end > from) {
      const words = cursor.text.slice(from, end);
      token.text = from === token.start ? words : token.text + gap + words;
      token.end = end;
      sawBreak = false;
    }
    if (!isBreak(cursor.code())) break;
    gap = skipPlainBreaks(cursor, token);
    sawBreak = true;
    if (cursor.flowLevel === 0 && cursor.column <= cursor.indent) break;
  }
  if (sawBreak) cursor.simpleKeyAllowed = true;
  return token;
}

/** Scans words and the blanks between them up to a break or the scalar's end; gives the end of the last word. */
function scanPlainLine(cursor: Cursor): number {
  const { text } = cursor;
  const stops = cursor.flowLevel > 0 ? flowStops : blockStops;
  let pos = cursor.pos;
  let end = pos;
  for (;;) {
    const code = text.charCodeAt(pos);
    if (isPlainCharacter(code, stops) || (code === COLON && !isBlankOrEnd(text.charCodeAt(pos + 1)))) {
      end = ++pos;
      continue;
    }
    if (!isBlank(code)) break;
    while (isBlank(text.charCodeAt(pos))) pos++;
    if (text.charCodeAt(pos) === HASH) break;
  }
  cursor.pos = pos;
  return end;
}

function isPlainCharacter(code: number, stops: Uint8Array): boolean {
  return code < 128 ? stops[code] === 0 : !isBreak(code);
}

/** Steps over breaks and the indentation after them; gives what the scalar keeps of them. */
function skipPlainBreaks(cursor: Cursor, context: Mark): string {
  let breaks = '';
  for (;;) {
    const code = cursor.code();
    if (isBlank(code)) {
      if (code === TAB && cursor.column <= cursor.indent) {
        throw cursor.error('found a tab character that violates indentation', context);
      }
      cursor.pos++;
    } else if (isBreak(code)) breaks += cursor.readBreak();
    else return foldBreaks(breaks);
  }
}
