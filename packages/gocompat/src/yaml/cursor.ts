import { CR, DASH, DOT, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, LF } from './chars.ts';
import { placeAt, type YamlDialect, YamlError } from './yaml-error.ts';

/** Where a construct began: its zero-based line. */
export interface Mark {
  readonly line: number;
}

/**
 * The scanner's reading position. `text` ends in a NUL that cannot occur in YAML, so that every look-ahead
 * is a plain array access. Columns count UTF-16 units: no construct can follow a non-BMP character on its
 * line and still depend on its column.
 */
export class Cursor {
  readonly text: string;
  readonly dialect: YamlDialect;
  pos = 0;
  line = 0;
  lineStart = 0;
  /** Column of the innermost block collection, -1 outside all of them. */
  indent = -1;
  flowLevel = 0;
  /** True where a `key:` may start. */
  simpleKeyAllowed = true;

  constructor(text: string, dialect: YamlDialect) {
    this.text = `${text}\0`;
    this.dialect = dialect;
  }

  get column(): number {
    return this.pos - this.lineStart;
  }

  code(ahead = 0): number {
    return this.text.charCodeAt(this.pos + ahead);
  }

  /** Steps over the line break at the cursor. */
  skipBreak(): void {
    this.pos += this.code() === CR && this.code(1) === LF ? 2 : 1;
    this.line++;
    this.lineStart = this.pos;
  }

  /** Steps over the line break at the cursor; gives what a scalar keeps of it. */
  readBreak(): string {
    const code = this.code();
    this.skipBreak();
    if (code === 0x2028) return '\u2028';
    return code === 0x2029 ? '\u2029' : '\n';
  }

  skipBlanks(): void {
    while (isBlank(this.code())) this.pos++;
  }

  skipToBreak(): void {
    while (!isBreakOrEnd(this.code())) this.pos++;
  }

  /** At the rest of a line that may only hold a comment: steps over it. False when there is something else. */
  skipRestOfLine(): boolean {
    this.skipBlanks();
    if (this.code() === 0x23) this.skipToBreak();
    if (isBreak(this.code())) this.skipBreak();
    else if (this.code() !== 0) return false;
    return true;
  }

  /** True at `---` or `...` at the start of a line. */
  atDocumentIndicator(): boolean {
    if (this.pos !== this.lineStart) return false;
    const code = this.code();
    if (code !== DASH && code !== DOT) return false;
    return this.code(1) === code && this.code(2) === code && isBlankOrEnd(this.code(3));
  }

  /** A scanner's error, at the cursor, in a construct that began at `context`; lines as Go prints them. */
  error(problem: string, context: Mark): YamlError {
    const ofContext = this.dialect === 'v3' && context.line !== 0;
    const line = ofContext ? context.line : this.line;
    return problemError(this, { problem, pos: this.pos, goLine: line === 0 ? 0 : line + 1 });
  }
}

/** What went wrong, where, and the line Go names for it; 0 when Go names none. */
interface Problem {
  readonly problem: string;
  readonly pos: number;
  readonly goLine: number;
}

/** The error of a scanner or parser problem, with go-yaml's wording. */
export function problemError(cursor: Cursor, { problem, pos, goLine }: Problem): YamlError {
  const where = goLine === 0 ? '' : `line ${goLine}: `;
  return new YamlError(`yaml: ${where}${problem}`, placeAt(cursor.text.slice(0, -1), pos));
}
