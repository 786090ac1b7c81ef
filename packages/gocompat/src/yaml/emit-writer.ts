import type { YamlDialect } from './yaml-error.ts';

const chunkLength = 4000;

/** What is being written, and what libyaml remembers of it. Text is only appended, never read back. */
export class EmitWriter {
  readonly dialect: YamlDialect;
  readonly bestIndent: number;
  private readonly chunks: string[] = [];
  private out = '';
  column = 0;
  /** The last thing written was a blank or an indicator that ends in one. */
  private isAfterBlank = true;
  /** Only indentation and indicators are on the line so far. */
  isIndenting = true;

  constructor(dialect: YamlDialect, bestIndent: number) {
    this.dialect = dialect;
    this.bestIndent = bestIndent;
  }

  /** Moves to `indent`, on a new line unless the current one has only indentation so far. */
  writeIndent(indent: number): void {
    const { column } = this;
    if (!this.isIndenting || column > indent || (column === indent && !this.isAfterBlank))
      this.writeBreak('\n');
    this.out += padding(indent - this.column);
    this.column = Math.max(this.column, indent);
    this.isAfterBlank = true;
    this.isIndenting = true;
  }

  writeBreak(text: string): void {
    if (this.out.length > chunkLength) this.closeChunk();
    this.out += text;
    this.column = 0;
    this.isIndenting = true;
  }

  /** Writes `-`, `?`, `:` of a complex key: more structure may follow on the line. */
  writeStructure(indicator: string): void {
    this.separate();
    this.append(indicator);
    this.isAfterBlank = false;
  }

  /** Writes text that ends the possibility of structure on this line; a blank before it where one is needed. */
  writeText(text: string): void {
    this.separate();
    this.append(text);
    this.isAfterBlank = false;
    this.isIndenting = false;
  }

  /** The `:` after a simple key. */
  writeColon(): void {
    this.append(':');
    this.isAfterBlank = false;
    this.isIndenting = false;
  }

  /** Appends to a scalar without looking at what is before. */
  append(text: string): void {
    this.out += text;
    this.column += text.length;
  }

  /** After the header of a literal: the next line is indented whatever was before. */
  startLiteral(): void {
    this.writeBreak('\n');
    this.isAfterBlank = true;
  }

  /** After a scalar's text. */
  endText(): void {
    this.isAfterBlank = false;
    this.isIndenting = false;
  }

  /** Everything that was written. */
  finish(): string {
    return this.chunks.join('') + this.out;
  }

  /** A string that has grown by appending is a tree until it is read; large trees cost the garbage collector. */
  private closeChunk(): void {
    this.out.charCodeAt(0);
    this.chunks.push(this.out);
    this.out = '';
  }

  private separate(): void {
    if (this.isAfterBlank) return;
    this.out += ' ';
    this.column++;
  }
}

const paddings: string[] = [];

function padding(width: number): string {
  if (width <= 0) return '';
  paddings[width] ??= ' '.repeat(width);
  return paddings[width];
}
