import { type Source, span } from '@flotilla/diagnostics';
import { byteLength, quote } from '@flotilla/gocompat';
import { TemplateError } from '../errors.ts';
import type { Lexer } from '../lex/lexer.ts';
import { keywords, type Token, type TokenKind } from '../lex/token.ts';
import { lineOf } from './location.ts';
import type { TemplateTree } from './node.ts';
import { TokenBuffer } from './token-buffer.ts';

/** What all trees of one parse share. */
export interface ParseInput {
  readonly parseName: string;
  readonly source: Source;
  readonly lexer: Lexer;
  readonly hasFunction: (name: string) => boolean;
  readonly trees: Map<string, TemplateTree>;
}

/** The parser's state for one tree. */
export class ParseState {
  readonly input: ParseInput;
  readonly tokens: TokenBuffer;
  /** Names declared so far; a tree sees none of another tree's. */
  variables: string[] = ['$'];
  rangeDepth = 0;
  parenDepth = 0;
  /** Offset of the left delimiter of the action being parsed. */
  actionStart: number | undefined;

  constructor(input: ParseInput) {
    this.input = input;
    this.tokens = new TokenBuffer(input.lexer);
  }

  /** Stops the parse with text/template's message, at the line of the newest token. */
  fail(message: string, at: Token = this.tokens.newest): never {
    const { parseName, source } = this.input;
    const line = lineOf(source.text, this.tokens.newest.start);
    throw new TemplateError({
      code: 'template/parse',
      message: `template: ${parseName}:${line}: ${message}`,
      reason: message,
      span: span(source, at.start, at.end),
      templateName: parseName,
    });
  }

  unexpected(token: Token, context: string): never {
    if (token.kind === 'error') this.fail(token.value + this.#startOfAction(token), token);
    this.fail(`unexpected ${describeToken(token)} in ${context}`, token);
  }

  #startOfAction(token: Token): string {
    if (this.actionStart === undefined) return '';
    const { parseName, source } = this.input;
    const line = lineOf(source.text, this.actionStart);
    if (line === lineOf(source.text, token.start)) return '';
    const started = ` started at ${parseName}:${line}`;
    return token.value.endsWith(' action') ? started : ` in action${started}`;
  }

  expect(kinds: readonly TokenKind[], context: string): Token {
    const token = this.tokens.nextNonSpace();
    if (!kinds.includes(token.kind)) this.unexpected(token, context);
    return token;
  }

  isDeclared(name: string): boolean {
    return this.variables.includes(name);
  }
}

/** A token as text/template's messages show it. */
function describeToken(token: Token): string {
  if (token.kind === 'eof') return 'EOF';
  if (token.kind === 'dot' || keywords.has(token.kind)) return `<${token.value}>`;
  if (byteLength(token.value) <= 10) return quote(token.value);
  return `${quote([...token.value].slice(0, 10).join(''))}...`;
}
