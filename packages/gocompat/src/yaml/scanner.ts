/**
 * Text to tokens, with the look-ahead rules of go-yaml (which are libyaml's): a scalar becomes a key only when its
 * `:` is met on the same line within 1024 characters. Deals with indentation and flow nesting; knows nothing of
 * nodes or values. Tokens come out in the order, and errors at the moment, in which Go would find them.
 */
import {
  APOSTROPHE,
  BANG,
  BYTE_ORDER_MARK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  GREATER,
  isBlank,
  isBlankOrEnd,
  isWordCharacter,
  OPEN_BRACE,
  OPEN_BRACKET,
  PERCENT,
  QUESTION,
  QUOTE,
} from './chars.ts';
import { Cursor } from './cursor.ts';
import { scanAlias, scanAnchor } from './scan-anchor.ts';
import { scanBlockScalar } from './scan-block-scalar.ts';
import { scanDirective } from './scan-directive.ts';
import { scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { scanTag } from './scan-tag.ts';
import { SimpleKeys } from './simple-keys.ts';
import { skipLineComment, skipToToken } from './skip-comments.ts';
import { Token, type TokenType } from './token.ts';
import { TokenQueue } from './token-queue.ts';
import type { YamlDialect, YamlError } from './yaml-error.ts';

const maxDepth = 10000;
/** Characters that start no plain scalar (the first three of them do when text follows). */
const indicators = new Set('-?:,[]{}#&*!|>\'"%@`'.split('').map((character) => character.charCodeAt(0)));

/** Text to tokens; see the file's head. */
export class Scanner {
  readonly cursor: Cursor;
  private readonly keys: SimpleKeys;
  private readonly indents: number[] = [];
  private readonly tokens = new TokenQueue();
  /** How many tokens have been handed out. */
  private taken = 0;
  private isReady = false;
  /** How many tokens beyond the head must be known before it is handed out: go-yaml v3 looks further ahead. */
  private readonly lookAhead: number;

  constructor(text: string, dialect: YamlDialect) {
    this.cursor = new Cursor(text, dialect);
    this.keys = new SimpleKeys(this.cursor);
    this.lookAhead = dialect === 'v3' ? 2 : 0;
    if (this.cursor.code() === BYTE_ORDER_MARK) {
      // Go takes a second one, too, but as a character of the first line.
      this.cursor.pos = this.cursor.code(1) === BYTE_ORDER_MARK ? 2 : 1;
      this.cursor.lineStart = 1;
    }
  }

  /** The next token, which stays next. */
  peek(): Token {
    return (this.isReady ? this.tokens.first() : undefined) ?? this.fetchTokens();
  }

  /** Steps over the token that `peek` gave. */
  skip(): void {
    this.isReady = false;
    this.taken++;
    this.tokens.shift();
  }

  private fetchTokens(): Token {
    for (;;) {
      const head = this.tokens.first();
      if (head !== undefined && this.tokens.length > this.lookAhead && !this.keys.isWaiting(head)) {
        this.isReady = true;
        return head;
      }
      this.fetchToken();
    }
  }

  private fetchToken(): void {
    const { cursor } = this;
    skipToToken(cursor);
    const isAtLineStart = cursor.pos === cursor.lineStart;
    if (cursor.flowLevel === 0) this.closeBlocks(cursor.column);
    const code = cursor.code();
    if (code === 0) this.fetchStreamEnd();
    else if (isAtLineStart && code === PERCENT) this.fetchDirective();
    else if (isAtLineStart && cursor.atDocumentIndicator()) {
      this.fetchDocumentIndicator(code === DASH ? 'document-start' : 'document-end');
    } else {
      this.fetchByCharacter(code);
      if (cursor.dialect === 'v3') skipLineComment(cursor, this.tokens.last());
    }
  }

  private fetchByCharacter(code: number): void {
    if (isWordCharacter(code) && code !== DASH) this.fetchScalar(scanPlain);
    else if (this.fetchFlowIndicator(code) || this.fetchBlockIndicator(code) || this.fetchMarked(code))
      return;
    else if (this.startsPlain(code)) this.fetchScalar(scanPlain);
    else throw this.error('found character that cannot start any token');
  }

  private fetchBlockIndicator(code: number): boolean {
    if (code !== DASH && code !== QUESTION && code !== COLON) return false;
    const isSeparate = isBlankOrEnd(this.cursor.code(1));
    if (!isSeparate && (code === DASH || this.cursor.flowLevel === 0)) return false;
    if (code === DASH) this.fetchBlockEntry();
    else if (code === QUESTION) this.fetchKey();
    else this.fetchValue();
    return true;
  }

  private startsPlain(code: number): boolean {
    const { cursor } = this;
    if (!isBlankOrEnd(code) && !indicators.has(code)) return true;
    const next = cursor.code(1);
    if (code === DASH) return !isBlank(next);
    return cursor.flowLevel === 0 && (code === QUESTION || code === COLON) && !isBlankOrEnd(next);
  }

  private fetchFlowIndicator(code: number): boolean {
    if (code === OPEN_BRACKET) this.openFlow('flow-sequence-start');
    else if (code === OPEN_BRACE) this.openFlow('flow-mapping-start');
    else if (code === CLOSE_BRACKET) this.closeFlow('flow-sequence-end');
    else if (code === CLOSE_BRACE) this.closeFlow('flow-mapping-end');
    else if (code === COMMA) {
      this.keys.remove();
      this.cursor.simpleKeyAllowed = true;
      this.addIndicator('flow-entry', 1);
    } else return false;
    return true;
  }

  /** Aliases, anchors, tags and the scalars that are marked as such. */
  private fetchMarked(code: number): boolean {
    const isBlock = this.cursor.flowLevel === 0;
    if (code === QUOTE || code === APOSTROPHE) this.fetchScalar(scanQuoted);
    else if (code === 0x2a) this.fetchScalar(scanAlias);
    else if (code === 0x26) this.fetchScalar(scanAnchor);
    else if (code === BANG) this.fetchScalar(scanTag);
    else if (isBlock && (code === 0x7c || code === GREATER)) this.fetchBlockScalar(code === 0x7c);
    else return false;
    return true;
  }

  /** A token that may turn out to begin a key. */
  private fetchScalar(scan: (cursor: Cursor) => Token): void {
    const isKey = this.keys.save(this.nextNumber());
    this.cursor.simpleKeyAllowed = false;
    const token = scan(this.cursor);
    if (isKey) this.keys.attach(token);
    this.tokens.push(token);
  }

  private fetchBlockScalar(isLiteral: boolean): void {
    this.keys.remove();
    this.cursor.simpleKeyAllowed = true;
    this.tokens.push(scanBlockScalar(this.cursor, isLiteral));
  }

  private fetchStreamEnd(): void {
    const { cursor } = this;
    if (cursor.pos !== cursor.lineStart) {
      cursor.line++;
      cursor.lineStart = cursor.pos;
    }
    this.endBlocks();
    this.addIndicator('stream-end', 0);
  }

  private fetchDirective(): void {
    this.endBlocks();
    this.tokens.push(scanDirective(this.cursor));
  }

  private fetchDocumentIndicator(type: TokenType): void {
    this.endBlocks();
    this.addIndicator(type, 3);
  }

  private endBlocks(): void {
    if (this.cursor.flowLevel === 0) this.closeBlocks(-1);
    this.keys.remove();
    this.cursor.simpleKeyAllowed = false;
  }

  private openFlow(type: TokenType): void {
    const { cursor } = this;
    const isKey = this.keys.save(this.nextNumber());
    if (++cursor.flowLevel > maxDepth) throw this.error(`exceeded max depth of ${maxDepth}`);
    cursor.simpleKeyAllowed = true;
    const token = this.addIndicator(type, 1);
    if (isKey) this.keys.attach(token);
    this.keys.open(token);
  }

  private closeFlow(type: TokenType): void {
    this.keys.remove();
    if (this.cursor.flowLevel > 0) {
      this.cursor.flowLevel--;
      this.keys.close();
    }
    this.cursor.simpleKeyAllowed = false;
    this.addIndicator(type, 1);
  }

  private fetchBlockEntry(): void {
    this.openBlockHere('block-sequence-start', 'block sequence entries are not allowed in this context');
    this.keys.remove();
    this.cursor.simpleKeyAllowed = true;
    this.addIndicator('block-entry', 1);
  }

  private fetchKey(): void {
    this.openBlockHere('block-mapping-start', 'mapping keys are not allowed in this context');
    this.keys.remove();
    this.cursor.simpleKeyAllowed = this.cursor.flowLevel === 0;
    this.addIndicator('key', 1);
  }

  private fetchValue(): void {
    const { cursor } = this;
    const key = this.keys.last();
    if (this.keys.isValid(key)) {
      this.insertToken(key.number, new Token('key', key.pos, key.line));
      if (cursor.flowLevel === 0 && this.openBlock(key.column)) {
        this.insertToken(key.number, new Token('block-mapping-start', key.pos, key.line));
      }
      this.keys.settle(key);
      cursor.simpleKeyAllowed = false;
    } else {
      this.openBlockHere('block-mapping-start', 'mapping values are not allowed in this context');
      cursor.simpleKeyAllowed = cursor.flowLevel === 0;
    }
    this.addIndicator('value', 1);
  }

  private openBlockHere(type: TokenType, problem: string): void {
    const { cursor } = this;
    if (cursor.flowLevel > 0) return;
    if (!cursor.simpleKeyAllowed) throw this.error(problem);
    if (this.openBlock(cursor.column)) this.addIndicator(type, 0);
  }

  /** Enters a block collection at `column`; false when one is open there already. */
  private openBlock(column: number): boolean {
    const { cursor } = this;
    if (cursor.indent >= column) return false;
    this.indents.push(cursor.indent);
    cursor.indent = column;
    if (this.indents.length > maxDepth) throw this.error(`exceeded max depth of ${maxDepth}`);
    return true;
  }

  private closeBlocks(column: number): void {
    const { cursor } = this;
    while (cursor.indent > column) {
      this.addIndicator('block-end', 0);
      cursor.indent = this.indents.pop() ?? -1;
    }
  }

  private nextNumber(): number {
    return this.taken + this.tokens.length;
  }

  private addIndicator(type: TokenType, length: number): Token {
    const { cursor } = this;
    const token = new Token(type, cursor.pos, cursor.line);
    cursor.pos += length;
    token.end = cursor.pos;
    this.tokens.push(token);
    return token;
  }

  /** Puts a token before the one with `number`; at the end when that one has been handed out already. */
  private insertToken(number: number, token: Token): void {
    const ahead = number - this.taken;
    if (ahead < 0) this.tokens.push(token);
    else this.tokens.insert(ahead, token);
  }

  private error(problem: string): YamlError {
    return this.cursor.error(problem, this.cursor);
  }
}
