import { HclError } from './hcl-node.ts';

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** A reading position in HCL text. Line ends count as blanks while a bracket is open. */
export class HclCursor {
  readonly text: string;
  at: number;
  /** Open brackets. */
  depth = 0;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  /** Moves over blanks and comments, and over line ends where they mean nothing. */
  skip(overLines: boolean = this.depth > 0): void {
    const blank = overLines
      ? /(?:[ \t\r\n]|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*)*/y
      : /(?:[ \t\r]|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*)*/y;
    blank.lastIndex = this.at;
    blank.exec(this.text);
    this.at = Math.max(this.at, blank.lastIndex);
  }

  /** Takes a token when it is next. */
  take(token: string): boolean {
    this.skip();
    if (!this.startsWith(token)) return false;
    this.at += token.length;
    return true;
  }

  /** Takes a word when it is next and no part of a longer one. */
  takeWord(word: string): boolean {
    this.skip();
    const before = this.at;
    if (this.takeIdentifier() === word) return true;
    this.at = before;
    return false;
  }

  takeIdentifier(): string | undefined {
    identifier.lastIndex = this.at;
    const found = identifier.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Takes what a pattern with the sticky flag finds. */
  takeMatch(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at += found[0].length;
    return found;
  }

  expect(token: string, summary: string): void {
    if (!this.take(token)) throw this.fail(summary, `Expected ${JSON.stringify(token)} here.`);
  }

  /** Runs with a bracket open. */
  inBrackets<T>(close: string, read: () => T): T {
    this.depth += 1;
    const result = read();
    this.skip();
    this.depth -= 1;
    if (!this.startsWith(close)) throw this.fail('Missing close bracket', `Expected "${close}" here.`);
    this.at += close.length;
    return result;
  }

  fail(summary: string, detail: string): HclError {
    return new HclError(summary, detail, { start: this.at, end: this.at + 1 });
  }
}
