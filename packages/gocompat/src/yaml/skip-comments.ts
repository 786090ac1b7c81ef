import { HASH, isBlank, isBreak, SPACE, TAB } from './chars.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './token.ts';

/** How far go-yaml v3 looks for a comment that goes on. */
const commentReach = 512;

/** Steps over blanks, comments and line breaks to the next token. */
export function skipToToken(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const skipsTabs = cursor.flowLevel > 0 || !cursor.simpleKeyAllowed;
    let code = text.charCodeAt(cursor.pos);
    while (code === SPACE || (code === TAB && skipsTabs)) code = text.charCodeAt(++cursor.pos);
    if (code === HASH) {
      cursor.skipToBreak();
      if (cursor.dialect === 'v3') skipMoreComments(cursor);
      code = cursor.code();
    }
    if (!isBreak(code)) return;
    cursor.skipBreak();
    if (cursor.flowLevel === 0) cursor.simpleKeyAllowed = true;
  }
}

/** go-yaml v3 reads following comments in one go, whatever blanks stand before them. */
function skipMoreComments(cursor: Cursor): void {
  for (let next = commentAfterGap(cursor); next !== 0; next = commentAfterGap(cursor)) {
    while (cursor.pos < next) {
      if (isBreak(cursor.code())) cursor.skipBreak();
      else cursor.pos++;
    }
    cursor.skipToBreak();
  }
}

function commentAfterGap(cursor: Cursor): number {
  const { text } = cursor;
  let at = cursor.pos;
  while (at - cursor.pos < commentReach && (isBlank(text.charCodeAt(at)) || isBreak(text.charCodeAt(at))))
    at++;
  return text.charCodeAt(at) === HASH ? at : 0;
}

/** go-yaml v3 reads the comment that follows a token on its line together with it, even after a tab. */
export function skipLineComment(cursor: Cursor, token: Token | undefined): void {
  if (token === undefined || token.type === 'block-entry') return;
  const { text } = cursor;
  let at = cursor.pos;
  while (isBlank(text.charCodeAt(at))) at++;
  if (text.charCodeAt(at) !== HASH || isOnLaterLine(cursor, token)) return;
  cursor.pos = at;
  cursor.skipToBreak();
}

/** True when the scanner has read line breaks behind the token. */
function isOnLaterLine(cursor: Cursor, { end, style }: Token): boolean {
  if (style === 'literal' || style === 'folded') return true;
  for (let at = end; at < cursor.pos; at++) if (isBreak(cursor.text.charCodeAt(at))) return true;
  return false;
}
