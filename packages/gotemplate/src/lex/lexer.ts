/**
 * Characters to tokens.
 * In: template text. Out: one token per call, in source order; an error token ends the text.
 * Deals with trimming and comments: what they remove lies between tokens. Not its business: what a token means.
 */
import { isPrintable, quote } from '@flotilla/gocompat';
import { describeCharacter, isAlphanumeric, isSpace } from './character.ts';
import { scanNumber } from './scan-number.ts';
import { keywords, type Token, type TokenKind } from './token.ts';

export interface LexerOptions {
  /** False when a function of that name hides the keyword. */
  readonly isBreakKeyword: boolean;
  readonly isContinueKeyword: boolean;
}

const punctuation: ReadonlyMap<number, TokenKind> = new Map<number, TokenKind>([
  [0x3d, 'assign'],
  [0x7c, 'pipe'],
]);

/** Pulls tokens from a text, as text/template does. */
export class Lexer {
  readonly #text: string;
  readonly #options: LexerOptions;
  #pos = 0;
  #isInsideAction = false;
  #parenDepth = 0;
  #failed = false;

  constructor(text: string, options: LexerOptions) {
    this.#text = text;
    this.#options = options;
  }

  /** The next token; `eof` or `error` for ever at the end. */
  next(): Token {
    if (this.#failed) return this.#token('eof', this.#text.length, this.#text.length);
    return this.#isInsideAction ? this.#insideAction() : this.#outsideAction();
  }

  #token(kind: TokenKind, start: number, end: number): Token {
    this.#pos = end;
    return { kind, start, end, value: this.#text.slice(start, end) };
  }

  #error(start: number, message: string): Token {
    this.#failed = true;
    return { kind: 'error', start, end: this.#pos, value: message };
  }

  #outsideAction(): Token {
    const text = this.#text;
    for (;;) {
      const start = this.#pos;
      const open = text.indexOf('{{', start);
      if (open < 0) return this.#token(start < text.length ? 'text' : 'eof', start, text.length);
      const isTrimming = text.charCodeAt(open + 2) === 0x2d && isSpace(text.charCodeAt(open + 3));
      const end = isTrimming ? trimEnd(text, start, open) : open;
      if (end > start) return this.#textBefore(start, end, open);
      const token = this.#openAction(open, open + (isTrimming ? 4 : 2));
      if (token !== undefined) return token;
    }
  }

  /** Nothing when the delimiter opened a comment. */
  #openAction(open: number, inside: number): Token | undefined {
    if (this.#text.startsWith('/*', inside)) return this.#skipComment(inside);
    this.#isInsideAction = true;
    this.#parenDepth = 0;
    this.#pos = inside;
    return { kind: 'left-delimiter', start: open, end: open + 2, value: '{{' };
  }

  #textBefore(start: number, end: number, open: number): Token {
    const token = this.#token('text', start, end);
    this.#pos = open;
    return token;
  }

  #skipComment(start: number): Token | undefined {
    const text = this.#text;
    const close = text.indexOf('*/', start + 2);
    if (close < 0) return this.#error(start, 'unclosed comment');
    this.#pos = close + 2;
    const delimiter = this.#rightDelimiterLength(this.#pos);
    if (delimiter === 0) return this.#error(start, 'comment ends before closing delimiter');
    this.#pos += delimiter;
    if (delimiter > 2) this.#pos = trimStart(text, this.#pos);
    return undefined;
  }

  /** Length of the right delimiter at `at` with its trim marker, 0 when there is none. */
  #rightDelimiterLength(at: number): number {
    const text = this.#text;
    if (text.startsWith('}}', at)) return 2;
    if (isSpace(text.charCodeAt(at)) && text.startsWith('-}}', at + 1)) return 4;
    return 0;
  }

  #rightDelimiter(length: number): Token {
    const end = this.#pos + length;
    this.#isInsideAction = false;
    this.#pos = length > 2 ? trimStart(this.#text, end) : end;
    return { kind: 'right-delimiter', start: end - 2, end, value: '}}' };
  }

  #insideAction(): Token {
    const start = this.#pos;
    const delimiter = this.#rightDelimiterLength(start);
    if (delimiter > 0) {
      if (this.#parenDepth === 0) return this.#rightDelimiter(delimiter);
      return this.#error(start, 'unclosed left paren');
    }
    const code = this.#text.charCodeAt(start);
    if (Number.isNaN(code)) return this.#error(start, 'unclosed action');
    if (isSpace(code)) return this.#space(start);
    if (code === 0x2e || code === 0x24) return this.#fieldOrVariable(start, code);
    if (code === 0x2b || code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number(start);
    if (isAlphanumeric(this.#codePointAt(start))) return this.#word(start);
    return this.#symbol(start, code);
  }

  #symbol(start: number, code: number): Token {
    const kind = punctuation.get(code);
    if (kind !== undefined) return this.#token(kind, start, start + 1);
    switch (code) {
      case 0x3a:
        if (this.#text.charCodeAt(start + 1) === 0x3d) return this.#token('declare', start, start + 2);
        return this.#error(start, 'expected :=');
      case 0x22:
        return this.#quoted(start, 'string', 'unterminated quoted string');
      case 0x27:
        return this.#quoted(start, 'char-constant', 'unterminated character constant');
      case 0x60:
        return this.#rawQuoted(start);
      case 0x28:
        this.#parenDepth++;
        return this.#token('left-paren', start, start + 1);
      case 0x29:
        return this.#rightParen(start);
      default:
        return this.#otherCharacter(start);
    }
  }

  #rightParen(start: number): Token {
    this.#parenDepth--;
    if (this.#parenDepth < 0) return this.#error(start, 'unexpected right paren');
    return this.#token('right-paren', start, start + 1);
  }

  #otherCharacter(start: number): Token {
    const codePoint = this.#codePointAt(start);
    if (codePoint < 128 && isPrintable(codePoint)) return this.#token('char', start, start + 1);
    return this.#error(start, `unrecognized character in action: ${describeCharacter(codePoint)}`);
  }

  #space(start: number): Token {
    const text = this.#text;
    const end = trimStart(text, start);
    if (!text.startsWith('-}}', end)) return this.#token('space', start, end);
    // The last space belongs to the trim marker.
    return this.#token('space', start, end - 1);
  }

  #fieldOrVariable(start: number, code: number): Token {
    const isVariable = code === 0x24;
    const next = this.#text.charCodeAt(start + 1);
    if (!isVariable && next >= 0x30 && next <= 0x39) return this.#number(start);
    if (this.#isTerminator(start + 1)) {
      return this.#token(isVariable ? 'variable' : this.#loneDot(start), start, start + 1);
    }
    const end = this.#wordEnd(start + 1);
    if (!this.#isTerminator(end)) return this.#badCharacter(start, end);
    return this.#token(isVariable ? 'variable' : 'field', start, end);
  }

  /** A dot that ends the text is read as the start of a number. */
  #loneDot(start: number): TokenKind {
    return start + 1 < this.#text.length ? 'dot' : 'number';
  }

  #word(start: number): Token {
    const end = this.#wordEnd(start);
    if (!this.#isTerminator(end)) return this.#badCharacter(start, end);
    const word = this.#text.slice(start, end);
    this.#pos = end;
    return { kind: this.#wordKind(word), start, end, value: word };
  }

  #wordKind(word: string): TokenKind {
    const keyword = keywords.get(word);
    if (keyword === 'break') return this.#options.isBreakKeyword ? 'break' : 'identifier';
    if (keyword === 'continue') return this.#options.isContinueKeyword ? 'continue' : 'identifier';
    if (keyword !== undefined) return keyword;
    return word === 'true' || word === 'false' ? 'bool' : 'identifier';
  }

  #badCharacter(start: number, at: number): Token {
    return this.#error(start, `bad character ${describeCharacter(this.#codePointAt(at))}`);
  }

  #codePointAt(at: number): number {
    return this.#text.codePointAt(at) ?? -1;
  }

  #wordEnd(start: number): number {
    let at = start;
    for (;;) {
      const codePoint = this.#codePointAt(at);
      if (codePoint < 0 || !isAlphanumeric(codePoint)) return at;
      at += codePoint > 0xffff ? 2 : 1;
    }
  }

  #isTerminator(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    if (Number.isNaN(code) || isSpace(code)) return true;
    // . , | : ) (
    if (code === 0x2e || code === 0x2c || code === 0x7c || code === 0x3a) return true;
    return code === 0x29 || code === 0x28 || this.#text.startsWith('}}', at);
  }

  #number(start: number): Token {
    const text = this.#text;
    const first = scanNumber(text, start);
    if (!first.isWellFormed) return this.#badNumber(start, first.end);
    const sign = text.charCodeAt(first.end);
    if (sign !== 0x2b && sign !== 0x2d) return this.#token('number', start, first.end);
    const second = scanNumber(text, first.end);
    if (!second.isWellFormed || text.charCodeAt(second.end - 1) !== 0x69) {
      return this.#badNumber(start, second.end);
    }
    return this.#token('complex', start, second.end);
  }

  #badNumber(start: number, end: number): Token {
    return this.#error(start, `bad number syntax: ${quote(this.#text.slice(start, end))}`);
  }

  #quoted(start: number, kind: TokenKind, failure: string): Token {
    const text = this.#text;
    const close = text.charCodeAt(start);
    for (let at = start + 1; ; at++) {
      let code = text.charCodeAt(at);
      if (code === close) return this.#token(kind, start, at + 1);
      if (code === 0x5c) code = text.charCodeAt(++at);
      if (Number.isNaN(code) || code === 10) return this.#error(start, failure);
    }
  }

  #rawQuoted(start: number): Token {
    const close = this.#text.indexOf('`', start + 1);
    if (close < 0) return this.#error(start, 'unterminated raw quoted string');
    return this.#token('raw-string', start, close + 1);
  }
}

function trimEnd(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function trimStart(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}
