import type { Lexer } from '../lex/lexer.ts';
import type { Token } from '../lex/token.ts';

const nothing: Token = { kind: 'eof', start: 0, end: 0, value: '' };

/** Up to three tokens of look-ahead; each tree has its own over the shared lexer. */
export class TokenBuffer {
  readonly #lexer: Lexer;
  readonly #tokens: [Token, Token, Token] = [nothing, nothing, nothing];
  #pending: 0 | 1 | 2 | 3 = 0;

  constructor(lexer: Lexer) {
    this.#lexer = lexer;
  }

  /** The token read last from the text: its line is the one parse errors name. */
  get newest(): Token {
    return this.#tokens[0];
  }

  next(): Token {
    switch (this.#pending) {
      case 0:
        this.#tokens[0] = this.#lexer.next();
        return this.#tokens[0];
      case 1:
        this.#pending = 0;
        return this.#tokens[0];
      case 2:
        this.#pending = 1;
        return this.#tokens[1];
      case 3:
        this.#pending = 2;
        return this.#tokens[2];
    }
  }

  peek(): Token {
    const token = this.next();
    this.backup();
    return token;
  }

  nextNonSpace(): Token {
    let token = this.next();
    while (token.kind === 'space') token = this.next();
    return token;
  }

  peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup();
    return token;
  }

  /** Makes the token just taken the next one again. */
  backup(): void {
    if (this.#pending < 3) this.#pending = (this.#pending + 1) as 1 | 2 | 3;
  }

  /** Puts `first` before the newest token. */
  backupBefore(first: Token): void {
    this.#tokens[1] = first;
    this.#pending = 2;
  }

  /** Puts `first` and `second` before the newest token. */
  backupTwoBefore(first: Token, second: Token): void {
    this.#tokens[1] = second;
    this.#tokens[2] = first;
    this.#pending = 3;
  }
}
