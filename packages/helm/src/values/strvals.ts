/**
 * strvals: the little language of `--set`. Comes in: an expression and the values it changes. Goes out: the values changed
 * in place, or a GoError with Helm's text. Lists and tables met on the way are changed, not copied: pass a private copy.
 * Not its business: flag order, reading files (a callback does).
 */
import {
  atoi,
  Dict,
  GoError,
  int64,
  isSpace,
  quote,
  quoteRune,
  typeOf,
  wrapGoError,
} from '@flotilla/gocompat';
import type { HelmCompat } from '../chart/helm-compat.ts';
import { decodeJsonPrefix } from './json-prefix.ts';
import { RuneReader } from './rune-reader.ts';

const maximumIndex = 65536;
const maximumNesting = 30;

export interface SetOptions {
  /** Where the two majors read an unfinished index differently. */
  readonly compat?: HelmCompat;
}

/** `--set`: integers, booleans and null are typed. */
export function applySet(expression: string, values: Dict, options: SetOptions = {}): void {
  new SetParser(expression, { kind: 'scalar', convert: typedValue }, options).run(values);
}

/** `--set-string`: every value is a string. */
export function applySetString(expression: string, values: Dict, options: SetOptions = {}): void {
  new SetParser(expression, { kind: 'scalar', convert: (text) => text }, options).run(values);
}

/** `--set-file`: every value is what `readText` gives for the path; its GoError ends the parse. */
export function applySetFile(
  expression: string,
  values: Dict,
  options: SetOptions & { readonly readText: (path: string) => string },
): void {
  new SetParser(expression, { kind: 'scalar', convert: options.readText }, options).run(values);
}

/** `--set-json KEY=JSON`: values are JSON, numbers float64; an empty value is null. */
export function applySetJson(expression: string, values: Dict, options: SetOptions = {}): void {
  new SetParser(expression, { kind: 'json' }, options).run(values);
}

/** `--set-literal`: the value is the rest of the expression, with no escapes anywhere. */
export function applySetLiteral(expression: string, values: Dict, options: SetOptions = {}): void {
  new SetParser(expression, { kind: 'literal' }, options).run(values);
}

/** Helm 4.3.1 `typedVal`. */
function typedValue(text: string): unknown {
  if (/^(?:true|false|null)$/iu.test(text)) return foldedLiteral(text);
  if (text === '0') return int64(0);
  if (/^[+-]?\d+$/.test(text) && !text.startsWith('0')) {
    const value = BigInt(text.replace(/^\+/, ''));
    if (BigInt.asIntN(64, value) === value) return int64(value);
  }
  return text;
}

function foldedLiteral(text: string): boolean | null {
  switch (text.charAt(0).toLowerCase()) {
    case 't':
      return true;
    case 'f':
      return false;
    default:
      return null;
  }
}

type ValueMode =
  | { readonly kind: 'scalar'; readonly convert: (text: string) => unknown }
  | { readonly kind: 'json' }
  | { readonly kind: 'literal' };

/** Whether the parse ends here (Go's io.EOF) or the next key follows. */
type Continuation = 'more' | 'end';

class SetParser {
  readonly #input: RuneReader;
  readonly #mode: ValueMode;
  readonly #compat: HelmCompat;

  constructor(expression: string, mode: ValueMode, options: SetOptions) {
    this.#input = new RuneReader(expression, mode.kind !== 'literal');
    this.#mode = mode;
    this.#compat = options.compat ?? 'v4';
  }

  run(values: Dict): void {
    while (this.#key(values, 0) === 'more');
  }

  /** key = name ( "=" value | "[" index "]" item | "." key ) */
  #key(data: Dict, nesting: number): Continuation {
    const { text: name, stop } = this.#input.until(this.#mode.kind === 'literal' ? '=[.' : '=[,.');
    switch (stop) {
      case undefined:
        if (name === '') return 'end';
        throw new GoError(`key ${quote(name)} has no value`);
      case '[':
        return this.#indexed(data, name, nesting);
      case '=':
        return this.#assign(data, name);
      case ',':
        throw new GoError(`key ${quote(name)} has no value (cannot end with ,)`);
      default:
        return this.#nested(data, name, nesting + 1);
    }
  }

  /** A scalar that is missing at the very end stops the parse; inside a list item Helm then forgets the item. */
  #assign(data: Dict, name: string): Continuation {
    const isMissing = this.#mode.kind === 'scalar' && this.#input.atEnd;
    setKey(data, name, this.#value());
    return isMissing ? 'end' : 'more';
  }

  #nested(data: Dict, name: string, nesting: number): Continuation {
    if (nesting > maximumNesting) {
      throw new GoError(
        `value name nested level is greater than maximum supported nested level of ${maximumNesting}`,
      );
    }
    const found = data[name];
    const inner = found === undefined ? new Dict() : found;
    if (!(inner instanceof Dict)) throw conversionError(inner, 'map[string]interface {}');
    const next = this.#key(inner, nesting);
    if (Object.keys(inner).length > 0) setKey(data, name, inner);
    else if (next === 'more') throw new GoError(`key map ${quote(name)} has no value`);
    return next;
  }

  #indexed(data: Dict, name: string, nesting: number): Continuation {
    const index = this.#index();
    if (index === 'end') return 'end';
    const found = data[name];
    const list = found === undefined ? [] : found;
    if (!Array.isArray(list)) throw conversionError(list, '[]interface {}');
    const { list: changed, next } = this.#item(list, index, nesting);
    setKey(data, name, changed);
    return next;
  }

  /** index = integer "]". An expression that ends inside an index ends quietly in Helm 4. */
  #index(): number | 'end' {
    const { text, stop } = this.#input.until(']');
    if (stop === undefined) {
      if (this.#compat === 'v4') return 'end';
      throw new GoError('error parsing index: EOF');
    }
    try {
      return atoi(text).n;
    } catch (error) {
      throw wrapGoError('error parsing index: ', error);
    }
  }

  /** item = "=" value | "[" index "]" item | "." key */
  #item(list: unknown[], index: number, nesting: number): { list: unknown[]; next: Continuation } {
    if (index < 0) throw new GoError(`negative ${index} index not allowed`);
    const { text, stop } = this.#input.until('[.=');
    if (text !== '') {
      throw new GoError(`unexpected data at end of array index: ${quoteRunes(text)}`);
    }
    switch (stop) {
      case undefined:
        return { list, next: 'end' };
      case '=':
        return { list: setIndex(list, index, this.#value()), next: 'more' };
      case '[':
        return this.#nestedItem(list, index, nesting);
      default:
        return this.#tableItem(list, index, nesting);
    }
  }

  #nestedItem(list: unknown[], index: number, nesting: number): { list: unknown[]; next: Continuation } {
    const innerIndex = this.#index();
    if (innerIndex === 'end') return { list, next: 'end' };
    const inner = list[index] ?? [];
    if (!Array.isArray(inner)) throw conversionError(inner, '[]interface {}');
    const result = this.#item(inner, innerIndex, nesting);
    if (result.next === 'end') return { list, next: 'end' };
    return { list: setIndex(list, index, result.list), next: 'more' };
  }

  /** Something other than a table at `index` is replaced by a new table. */
  #tableItem(list: unknown[], index: number, nesting: number): { list: unknown[]; next: Continuation } {
    let inner = list[index];
    if (!(inner instanceof Dict)) {
      inner = new Dict();
      if (index < list.length) list[index] = inner;
    }
    const next = this.#key(inner as Dict, nesting);
    return next === 'end' ? { list, next } : { list: setIndex(list, index, inner), next };
  }

  #value(): unknown {
    switch (this.#mode.kind) {
      case 'literal':
        return this.#input.until('').text;
      case 'json':
        return this.#json();
      case 'scalar':
        return this.#scalarOrList(this.#mode.convert);
    }
  }

  #scalarOrList(convert: (text: string) => unknown): unknown {
    if (this.#input.atEnd) return '';
    if (!this.#input.skip('{')) return convert(this.#input.until(',').text);
    const list: unknown[] = [];
    for (;;) {
      const { text, stop } = this.#input.until(',}');
      if (stop === undefined) throw new GoError("list must terminate with '}'");
      if (stop === '}') this.#input.skip(',');
      list.push(convert(text));
      if (stop === '}') return list;
    }
  }

  #json(): unknown {
    if (this.#skipToValue()) return null;
    const { value, length } = decodeJsonPrefix(this.#input.rest);
    this.#input.advance(length);
    this.#skipToValue();
    return value;
  }

  /** Skips blanks and one comma; true when no value starts here. */
  #skipToValue(): boolean {
    for (;;) {
      if (this.#input.atEnd || this.#input.skip(',')) return true;
      if (!isSpace(this.#input.rest.charCodeAt(0))) return false;
      this.#input.advance(1);
    }
  }
}

function setKey(data: Dict, key: string, value: unknown): void {
  if (key !== '') data[key] = value;
}

/** A short list is replaced by a longer one, a long one changed in place. */
function setIndex(list: unknown[], index: number, value: unknown): unknown[] {
  if (index > maximumIndex) {
    throw new GoError(`index of ${index} is greater than maximum supported index of ${maximumIndex}`);
  }
  const result =
    index < list.length ? list : [...list, ...Array.from({ length: index + 1 - list.length }, () => null)];
  result[index] = value;
  return result;
}

function conversionError(found: unknown, wanted: string): GoError {
  const type = found === null ? 'nil' : typeOf(found);
  return new GoError(`unable to parse key: interface conversion: interface {} is ${type}, not ${wanted}`);
}

/** Go's `%q` of a rune slice. */
function quoteRunes(text: string): string {
  return `[${Array.from(text, (rune) => quoteRune(rune.codePointAt(0) ?? 0)).join(' ')}]`;
}
