import { isByteEscape } from '../text.ts';
import { GoError } from '../value/go-struct.ts';

/** A place in a pattern, and the errors Go's regexp/syntax reports from it. */
export class PatternCursor {
  readonly pattern: string;
  at = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.at >= this.pattern.length;
  }

  /** The UTF-16 unit `offset` units ahead, `''` past the end. */
  peek(offset = 0): string {
    return this.pattern.charAt(this.at + offset);
  }

  startsWith(text: string): boolean {
    return this.pattern.startsWith(text, this.at);
  }

  accept(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Takes one code point; 0xfffd at the end. Throws for a byte that is not UTF-8, quoting the text up to `end`. */
  next(end = this.pattern.length): number {
    const codePoint = this.pattern.codePointAt(this.at) ?? 0xfffd;
    if (isByteEscape(codePoint)) throw this.error('invalid UTF-8', this.at, end);
    if (!this.isAtEnd) this.at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** Throws unless the text from `start` to `end` is valid UTF-8. */
  checkText(start: number, end = this.pattern.length): void {
    const bad = /[\udc80-\udcff]/u.exec(this.pattern.slice(start, end));
    if (bad !== null) throw this.error('invalid UTF-8', start + bad.index, end);
  }

  /** A syntax error about the text from `start` to `end`, by default to the end of the pattern. */
  error(problem: string, start: number, end = this.pattern.length): GoError {
    return new GoError(`error parsing regexp: ${problem}: \`${this.pattern.slice(start, end)}\``);
  }
}
