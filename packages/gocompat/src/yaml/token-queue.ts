import type { Token } from './token.ts';

/** Tokens that are known but not handed out; its array is reused from front to back. */
export class TokenQueue {
  private readonly tokens: Token[] = [];
  private head = 0;
  private tail = 0;

  get length(): number {
    return this.tail - this.head;
  }

  first(): Token | undefined {
    return this.head === this.tail ? undefined : this.tokens[this.head];
  }

  last(): Token | undefined {
    return this.head === this.tail ? undefined : this.tokens[this.tail - 1];
  }

  push(token: Token): void {
    this.tokens[this.tail++] = token;
  }

  shift(): void {
    if (++this.head === this.tail) {
      this.head = 0;
      this.tail = 0;
    } else if (this.head > 500) this.moveToFront();
  }

  /** Puts a token before the one at `index`. */
  insert(index: number, token: Token): void {
    const at = this.head + index;
    this.push(token);
    for (let i = this.tail - 1; i > at; i--) this.tokens[i] = this.tokens[i - 1] as Token;
    this.tokens[at] = token;
  }

  private moveToFront(): void {
    this.tokens.copyWithin(0, this.head, this.tail);
    this.tail -= this.head;
    this.head = 0;
  }
}
