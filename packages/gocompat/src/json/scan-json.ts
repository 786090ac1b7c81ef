import { scanFloat } from '../strconv/parse-float.ts';
import { quote } from '../strconv/quote.ts';
import { toValidText } from '../text.ts';
import { Dict } from '../value/dict.ts';
import { goInt } from '../value/go-int.ts';
import { GoError } from '../value/go-struct.ts';

const maxDepth = 10_000;
const wordsFor: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const digits = /[0-9]+/y;
const plainRun = /[^"\\\x00-\x1f]+/y;

/** Reads one JSON text character by character, with Go's error texts. Slow; for what JSON.parse refuses or bends. */
export function scanJson(text: string, numbers: 'float64' | 'int'): unknown {
  const scanner = new JsonScanner(text, numbers);
  const value = scanner.readDocument();
  if (scanner.firstError !== undefined) throw scanner.firstError;
  return value;
}

/** A place where a JSON text breaks the grammar: Go's `json.SyntaxError`. */
export class JsonSyntaxError extends GoError {
  readonly #at: number;

  constructor(message: string, at: number) {
    super(message);
    this.#at = at;
  }

  /** Characters read before the offending one. */
  get at(): number {
    return this.#at;
  }
}

/** One value from the front of a stream, as Go's `json.Decoder` reads it with integers kept apart. */
export interface JsonPrefix {
  readonly value: unknown;
  /** Where the value ends. */
  readonly end: number;
}

/** Reads the first value in `text`. Throws JsonSyntaxError, or GoError where the text ends within it. */
export function readJsonPrefix(text: string): JsonPrefix {
  return new JsonScanner(text, 'int').readPrefix();
}

class JsonScanner {
  readonly #text: string;
  readonly #numbers: 'float64' | 'int';
  #at = 0;
  #depth = 0;
  /** A number that is valid JSON but no float64; Go reports it only when the whole text is well-formed. */
  firstError: GoError | undefined;

  constructor(text: string, numbers: 'float64' | 'int') {
    this.#text = text;
    this.#numbers = numbers;
  }

  readDocument(): unknown {
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail('after top-level value');
    return value;
  }

  readPrefix(): JsonPrefix {
    const value = this.#value();
    return { value, end: this.#at };
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at += 1;
  }

  #fail(context: string): never {
    if (this.#at >= this.#text.length) throw new GoError(problemAtEnd(context));
    throw new JsonSyntaxError(
      `invalid character ${quoteFirstByte(this.#text, this.#at)} ${context}`,
      this.#at,
    );
  }

  #value(): unknown {
    this.#skipSpace();
    const char = this.#text.charAt(this.#at);
    if (char === '{') return this.#nested(() => this.#object());
    if (char === '[') return this.#nested(() => this.#array());
    if (char === '"') return this.#string();
    if (char === '-' || (char >= '0' && char <= '9')) return this.#number();
    const word = Object.keys(wordsFor).find((candidate) => candidate.startsWith(char));
    if (word === undefined || char === '') return this.#fail('looking for beginning of value');
    return this.#word(word);
  }

  #word(word: string): unknown {
    for (const expected of word) {
      if (this.#text.charAt(this.#at) !== expected) {
        this.#fail(`in literal ${word} (expecting '${expected}')`);
      }
      this.#at += 1;
    }
    return wordsFor[word];
  }

  #nested(read: () => unknown): unknown {
    this.#depth += 1;
    if (this.#depth > maxDepth) this.#fail('exceeded max depth');
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#skipSpace();
    if (this.#accept(']')) return items;
    for (;;) {
      items.push(this.#value());
      this.#skipSpace();
      if (this.#accept(']')) return items;
      if (!this.#accept(',')) this.#fail('after array element');
    }
  }

  #object(): Dict {
    const result = new Dict();
    this.#skipSpace();
    if (this.#accept('}')) return result;
    for (;;) {
      this.#skipSpace();
      if (this.#text.charAt(this.#at) !== '"') this.#fail('looking for beginning of object key string');
      const key = this.#string();
      this.#skipSpace();
      if (!this.#accept(':')) this.#fail('after object key');
      result[key] = this.#value();
      this.#skipSpace();
      if (this.#accept('}')) return result;
      if (!this.#accept(',')) this.#fail('after object key:value pair');
    }
  }

  #accept(char: string): boolean {
    if (this.#text.charAt(this.#at) !== char) return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    this.#at += 1;
    let value = '';
    for (;;) {
      // Bytes that are not UTF-8 must not meet the half of a pair that an escape left.
      value += toValidText(this.#match(plainRun));
      if (this.#accept('"')) return toValidText(value);
      if (!this.#accept('\\')) this.#fail('in string literal');
      value += this.#escape();
    }
  }

  #escape(): string {
    const char = this.#text.charAt(this.#at);
    if (char === 'u') {
      this.#at += 1;
      return this.#unicodeEscape();
    }
    const value = escapes[char] ?? (char !== '' && '"\\/'.includes(char) ? char : undefined);
    if (value === undefined) return this.#fail('in string escape code');
    this.#at += 1;
    return value;
  }

  /** One code unit; two halves of a pair meet in the text, a lone one is replaced at its end. */
  #unicodeEscape(): string {
    for (let i = 0; i < 4; i += 1) {
      if (!/[0-9a-fA-F]/.test(this.#text.charAt(this.#at))) this.#fail('in \\u hexadecimal character escape');
      this.#at += 1;
    }
    const unit = Number.parseInt(this.#text.slice(this.#at - 4, this.#at), 16);
    return String.fromCharCode(unit);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #number(): unknown {
    const start = this.#at;
    this.#accept('-');
    if (!this.#accept('0') && this.#match(digits) === '') this.#fail('in numeric literal');
    let isInteger = true;
    if (this.#accept('.')) {
      isInteger = false;
      if (this.#match(digits) === '') this.#fail('after decimal point in numeric literal');
    }
    if (this.#accept('e') || this.#accept('E')) {
      isInteger = false;
      if (!this.#accept('+')) this.#accept('-');
      if (this.#match(digits) === '') this.#fail('in exponent of numeric literal');
    }
    return this.#numberValue(this.#text.slice(start, this.#at), isInteger);
  }

  #numberValue(literal: string, isInteger: boolean): unknown {
    if (isInteger && this.#numbers === 'int') {
      const exact = BigInt(literal);
      if (BigInt.asIntN(64, exact) === exact) return goInt('int', exact);
    }
    const value = scanFloat(literal) ?? 0;
    if (!Number.isFinite(value)) {
      this.firstError ??= new GoError(
        `json: cannot unmarshal number ${literal} into Go value of type float64`,
      );
    }
    return value;
  }
}

/** Go tries a blank after the end, and names it where none may stand. */
function problemAtEnd(context: string): string {
  const admitsBlank = !/^in |^after decimal point/.test(context) || context === 'in string literal';
  return admitsBlank ? 'unexpected end of JSON input' : `invalid character ' ' ${context}`;
}

/** Go names the byte, not the character, in the words of a single-quoted literal. */
function quoteFirstByte(text: string, at: number): string {
  const codePoint = text.codePointAt(at) ?? 0;
  if (codePoint === 39) return "'\\''";
  if (codePoint === 34) return "'\"'";
  return `'${quote(String.fromCharCode(firstByte(codePoint))).slice(1, -1)}'`;
}

function firstByte(codePoint: number): number {
  if (codePoint < 0x80) return codePoint;
  if (codePoint >= 0xdc80 && codePoint <= 0xdcff) return codePoint - 0xdc00;
  if (codePoint < 0x800) return 0xc0 | (codePoint >> 6);
  return codePoint < 0x10000 ? 0xe0 | (codePoint >> 12) : 0xf0 | (codePoint >> 18);
}
