/**
 * A reader for the YAML that index generators write: block tables and lists, plain and quoted scalars, one key a line.
 * It gives up, rather than guess, on everything else; the real reader takes over then. It exists because indexes of a
 * hundred megabytes are looked into on every download.
 */
import { Dict, int } from '@flotilla/gocompat';

/** The value of `text`, or undefined when it is not of the simple kind. */
export function quickYaml(text: string): unknown {
  const reader = new QuickReader(text);
  try {
    const value = reader.block(0);
    return reader.isDone() ? value : undefined;
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

class NotSimple extends Error {}

const keyPattern = /^([A-Za-z0-9_$][\w./$-]*):(?: +(.*))?$/;

class QuickReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split('\n');
    this.#skipBlank();
  }

  isDone(): boolean {
    return this.#at >= this.#lines.length;
  }

  block(indent: number): unknown {
    const line = this.#line();
    return line.startsWith('- ', indent) || line.slice(indent) === '-'
      ? this.#list(indent)
      : this.#table(indent);
  }

  #line(): string {
    return this.#lines[this.#at] ?? '';
  }

  /** Comments would need care inside scalars: not simple. */
  #skipBlank(): void {
    while (this.#at < this.#lines.length && this.#line() === '') this.#at += 1;
  }

  #next(): void {
    this.#at += 1;
    this.#skipBlank();
  }

  #indent(): number {
    if (this.isDone()) return -1;
    const line = this.#line();
    let indent = 0;
    while (line.charCodeAt(indent) === 32) indent += 1;
    return indent;
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#indent() === indent && this.#line().startsWith('- ', indent)) {
      const rest = this.#line().slice(indent + 2);
      if (rest.startsWith('- ')) throw new NotSimple();
      if (keyPattern.test(rest)) items.push(this.#table(indent + 2, rest));
      else items.push(this.#scalar(rest, indent));
    }
    if (this.#indent() > indent || items.length === 0) throw new NotSimple();
    return items;
  }

  #table(indent: number, first?: string): Dict {
    const table = new Dict();
    let text = first;
    while (text !== undefined || this.#indent() === indent) {
      const match = keyPattern.exec(text ?? this.#line().slice(indent));
      const key = match?.[1];
      if (key === undefined || !isPlainKey(key) || key in table) throw new NotSimple();
      table[key] = match?.[2] === undefined ? this.#nested(indent) : this.#scalar(match[2], indent);
      text = undefined;
      if (this.#indent() === indent && this.#line().startsWith('- ', indent)) break;
    }
    if (this.#indent() > indent) throw new NotSimple();
    return table;
  }

  #nested(indent: number): unknown {
    this.#next();
    const inner = this.#indent();
    if (inner > indent) return this.block(inner);
    if (inner === indent && this.#line().startsWith('- ', indent)) return this.#list(indent);
    return null;
  }

  /** A scalar and the lines that continue it. */
  #scalar(start: string, indent: number): unknown {
    const value = scalarValue(start.trimEnd());
    if (!this.#continues(indent)) return value;
    if (typeof value !== 'string' || /^["']/.test(start)) throw new NotSimple();
    let folded = value;
    do {
      const more = this.#line().trim();
      if (/: |:$| #|^#/.test(more)) throw new NotSimple();
      folded += ` ${more}`;
    } while (this.#continues(indent));
    return folded;
  }

  /** Goes to the next line; true when it belongs to the scalar. An empty line inside a scalar would be a line break. */
  #continues(indent: number): boolean {
    this.#at += 1;
    const isBlank = this.#line() === '';
    this.#skipBlank();
    if (this.#indent() <= indent) return false;
    if (isBlank) throw new NotSimple();
    return true;
  }
}

/** Words that YAML reads as something else than text. */
const words = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;

function isPlainKey(key: string): boolean {
  return !words.test(key) && !/^[\d.]/.test(key);
}

function scalarValue(text: string): unknown {
  if (text === '') return notSimple();
  const first = text.charAt(0);
  if (first === '"') return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : notSimple();
  if (first === "'")
    return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : notSimple();
  if (text === '[]') return [];
  if (text === '{}') return new Dict();
  if (/^[&*!|>%@`{}[\],?#-]/.test(text) || /: |:$| #|\t/.test(text)) return notSimple();
  return plainValue(text);
}

function plainValue(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (words.test(text)) return notSimple();
  if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return int(Number(text));
  // Versions with two dots and digests are text; anything else that starts like a number is for the real reader.
  if (/^[\d.+]/.test(text) && !/^\d+\.\d+\.\d+[\w.+-]*$|^(?=.*[a-df])[\da-f]{64}$/.test(text))
    return notSimple();
  return text;
}

function notSimple(): never {
  throw new NotSimple();
}
