/** sprig's `camelcase`, `snakecase`, `kebabcase`, which are xstrings' ToPascalCase, ToSnakeCase, ToKebabCase. */
import { isSpace } from '@flotilla/gocompat';
import { hasRawBytes } from './binary-text.ts';
import { charactersOf } from './text-search.ts';
import { isLetter, isNumber, isPunctuation, isUpper, lowerRune, runesOf, upperRune } from './unicode.ts';

function isConnector(char: string): boolean {
  return char === '-' || char === '_' || isSpace(char.charCodeAt(0));
}

/** `camelcase`: words joined, each with a capital; an all-capitals word keeps only its first. */
export function pascalCase(text: string): string {
  const runes = runesOf(text);
  let at = runes.findIndex((rune) => !isConnector(rune));
  if (at < 0) at = runes.length - 1;
  const first = runes[at];
  if (first === undefined) return '';
  const leading = runes.slice(0, at).join('');
  // xstrings writes the last rune of a text of connectors twice.
  if (isConnector(first)) return leading + first + first;
  if (at === runes.length - 1) return leading + upperRune(first);
  return leading + joinWords(runes, at);
}

function joinWords(runes: readonly string[], start: number): string {
  let joined = '';
  let current = upperRune(runes[start] ?? '');
  let isAllUpper = isUpper(runes[start] ?? '');
  for (let i = start + 1; i < runes.length; i += 1) {
    const previous = current;
    current = runes[i] ?? '';
    if (isConnector(previous)) {
      if (isConnector(current)) {
        joined += previous;
        continue;
      }
      isAllUpper = isUpper(current);
      current = upperRune(current);
      continue;
    }
    isAllUpper &&= isUpper(current);
    if (isAllUpper) current = lowerRune(current);
    joined += previous;
  }
  return joined + current;
}

type WordKind = 'none' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punctuation' | 'other';

interface Word {
  readonly kind: WordKind;
  readonly text: readonly string[];
  readonly next: number;
}

/** `snakecase` with `_`, `kebabcase` with `-`. */
export function joinLowerWords(text: string, connector: string): string {
  return text === '' ? '' : new LowerWords(charactersOf(text), connector).join();
}

class LowerWords {
  readonly #characters: readonly string[];
  readonly #connector: string;
  #word: Word;
  #joined = '';

  constructor(characters: readonly string[], connector: string) {
    this.#characters = characters;
    this.#connector = connector;
    this.#word = nextWord(characters, 0);
  }

  join(): string {
    while (this.#hasMore()) {
      const last = this.#word;
      if (last.kind !== 'connector') this.#write(last);
      this.#advance();
      if (last.kind === 'number') this.#afterNumber();
      else if (last.kind === 'connector') this.#write(last);
      else if (last.kind !== 'punctuation') this.#afterWord();
    }
    this.#write(this.#word);
    return this.#joined;
  }

  /** A number takes the lower-case letters and digits after it. */
  #afterNumber(): void {
    while (this.#word.kind === 'alphabet' || this.#word.kind === 'number') {
      this.#write(this.#word);
      this.#advance();
    }
    if (this.#word.kind !== 'none') this.#connectUnlessSeparated();
  }

  /** A number sticks to the word before it (`bld4`) unless lower-case letters follow (`http_2xx`). */
  #afterWord(): void {
    if (this.#word.kind !== 'number') {
      this.#connectUnlessSeparated();
      return;
    }
    if (!this.#hasMore()) return;
    const number = this.#word;
    const following = this.#advance();
    if (following.kind !== 'alphabet') {
      this.#write(number);
      this.#connectUnlessSeparated();
      return;
    }
    this.#joined += this.#connector;
    this.#write(number);
    this.#afterNumber();
  }

  #connectUnlessSeparated(): void {
    if (this.#word.kind !== 'connector' && this.#word.kind !== 'punctuation') this.#joined += this.#connector;
  }

  #hasMore(): boolean {
    return this.#word.next < this.#characters.length;
  }

  #advance(): Word {
    this.#word = nextWord(this.#characters, this.#word.next);
    return this.#word;
  }

  #write(word: Word): void {
    if (word.kind !== 'upper' && word.kind !== 'connector') {
      this.#joined += word.text.join('');
      return;
    }
    for (const char of word.text) {
      const rune = hasRawBytes(char) ? '\ufffd' : char;
      if (isConnector(rune)) this.#joined += this.#connector;
      else this.#joined += isUpper(rune) ? lowerRune(rune) : rune;
    }
  }
}

/** A letter of a script written with spaces: CJK ideographs count as other text. */
function isAlphabet(char: string): boolean {
  if (!isLetter(char)) return false;
  const code = char.codePointAt(0) ?? 0;
  const isIdeograph =
    (code >= 0x4e00 && code <= 0x9fcc) ||
    (code >= 0x3400 && code <= 0x4d85) ||
    (code >= 0x20000 && code <= 0x2b81d);
  return !isIdeograph;
}

function isUndecoded(char: string): boolean {
  return char === '\ufffd' || hasRawBytes(char);
}

/** The word that starts at `from`; characters that are no text belong to the word they stand in. */
function nextWord(characters: readonly string[], from: number): Word {
  let start = from;
  while (start < characters.length && isUndecoded(characters[start] ?? '')) start += 1;
  const first = characters[start];
  if (first === undefined) return { kind: 'none', text: characters.slice(from), next: characters.length };
  const kind = kindOfWord(first);
  const end = kind === 'upper' ? endOfUpper(characters, start) : endOfRun(characters, start + 1, kind);
  return { kind, text: characters.slice(from, end), next: end };
}

function kindOfWord(char: string): WordKind {
  if (isConnector(char)) return 'connector';
  if (isPunctuation(char)) return 'punctuation';
  if (isUpper(char)) return 'upper';
  if (isAlphabet(char)) return 'alphabet';
  return isNumber(char) ? 'number' : 'other';
}

function belongsTo(kind: WordKind, char: string): boolean {
  switch (kind) {
    case 'connector':
      return isConnector(char);
    case 'punctuation':
      return isPunctuation(char);
    case 'number':
      return isNumber(char);
    case 'alphabet':
      return isAlphabet(char) && !isUpper(char);
    case 'other':
      return !(isConnector(char) || isAlphabet(char) || isNumber(char) || isPunctuation(char));
    case 'upper':
      return isUpper(char);
    case 'none':
      return false;
  }
}

function endOfRun(characters: readonly string[], from: number, kind: WordKind): number {
  let end = from;
  for (let i = from; i < characters.length; i += 1) {
    const char = characters[i] ?? '';
    if (isUndecoded(char)) continue;
    if (!belongsTo(kind, char)) return end;
    end = i + 1;
  }
  return characters.length;
}

/** `HTTPServer` is `HTTP` and `Server`: a run of capitals gives its last one back to the word that follows. */
function endOfUpper(characters: readonly string[], start: number): number {
  let at = start + 1;
  while (at < characters.length && isUndecoded(characters[at] ?? '')) at += 1;
  const second = characters[at];
  if (second === undefined) return characters.length;
  if (!isUpper(second)) return isAlphabet(second) ? endOfRun(characters, at + 1, 'alphabet') : start + 1;
  const end = endOfRun(characters, at + 1, 'upper');
  const after = characters.slice(end).find((char) => !isUndecoded(char));
  if (after === undefined || !isAlphabet(after)) return end;
  let last = end - 1;
  while (isUndecoded(characters[last - 1] ?? '')) last -= 1;
  return last;
}
