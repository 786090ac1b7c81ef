import type { Cursor } from './cursor.ts';
import type { SimpleKey, Token } from './token.ts';

const maxKeyLength = 1024;

/** The possible keys, one for each flow level; see the scanner. */
export class SimpleKeys {
  private readonly cursor: Cursor;
  private readonly levels: SimpleKey[] = [noKey(undefined)];

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  /** The possible key of the current level. */
  last(): SimpleKey {
    return this.levels[this.levels.length - 1] as SimpleKey;
  }

  /** Notes that a key may begin at the cursor with the token of this number; false when none may. */
  save(number: number): boolean {
    const { cursor } = this;
    if (!cursor.simpleKeyAllowed) return false;
    this.remove();
    const key = this.last();
    key.possible = true;
    key.required = cursor.flowLevel === 0 && cursor.indent === cursor.column;
    key.number = number;
    key.pos = cursor.pos;
    key.line = cursor.line;
    key.column = cursor.column;
    key.token = undefined;
    return true;
  }

  /** The token with which the saved key begins. */
  attach(token: Token): void {
    this.last().token = token;
    token.keyLevel = this.levels.length - 1;
  }

  /**
   * True while it is open whether `token` begins a key. As in Go, a key that has become impossible without being
   * given up leaves its token looking at whatever key its level has next.
   */
  isWaiting(token: Token): boolean {
    const key = this.levels[token.keyLevel];
    return key !== undefined && this.isValid(key);
  }

  /** Gives up the possible key of the current level; throws when it had to be one. */
  remove(): void {
    const key = this.last();
    if (!key.possible) return;
    if (key.required) throw this.cursor.error("could not find expected ':'", key);
    key.possible = false;
    release(key.token);
  }

  /** True while `key` can still become a key; throws when it had to be one and cannot. */
  isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.line >= this.cursor.line && !this.isTooLong(key)) return true;
    if (key.required) throw this.cursor.error("could not find expected ':'", key);
    key.possible = false;
    return false;
  }

  /** `key` has become one. */
  settle(key: SimpleKey): void {
    key.possible = false;
    release(key.token);
  }

  /** Enters a flow collection that `token` opens. */
  open(token: Token): void {
    this.levels.push(noKey(token));
  }

  /**
   * Leaves a flow collection. An empty one stops waiting for its own `:` here, as in Go, which is why `{}: x`
   * is an error there.
   */
  close(): void {
    release(this.levels.pop()?.token);
  }

  private isTooLong(key: SimpleKey): boolean {
    const { pos, text } = this.cursor;
    if (pos - key.pos <= maxKeyLength) return false;
    return Array.from(text.slice(key.pos, pos)).length > maxKeyLength;
  }
}

function release(token: Token | undefined): void {
  if (token !== undefined) token.keyLevel = -1;
}

function noKey(token: Token | undefined): SimpleKey {
  return { possible: false, required: false, number: 0, pos: 0, line: 0, column: 0, token };
}
