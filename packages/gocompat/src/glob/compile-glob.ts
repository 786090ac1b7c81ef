/**
 * Globs of gobwas/glob 0.2.3, as `.Files.Glob` uses them: `*` and `?` stop at separators, `**` does not, `{a,b}` are
 * alternatives, `[abc]`, `[a-z]` and `[!a]` classes. Comes in: a pattern; goes out: a test for names.
 */
import { GoError } from '../value/go-struct.ts';

export interface Glob {
  /** Whether the whole name matches. */
  readonly matches: (name: string) => boolean;
}

const cache = new Map<string, Glob>();
const cacheLimit = 200;

/**
 * `glob.Compile`, cached; each character of `separators` separates. Throws GoError (`unexpected end of input`,
 * `could not parse range`, `expected close range character`, …).
 */
export function compileGlob(pattern: string, separators = ''): Glob {
  const key = `${separators.length}:${separators}${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const expression = new RegExp(`^(?:${new GlobTranslator(pattern, separators).translate()})$`, 'u');
  const compiled: Glob = { matches: (name) => expression.test(name) };
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

/** Reads a pattern and writes a JS regular expression. */
class GlobTranslator {
  readonly #characters: readonly string[];
  readonly #notSeparator: string;
  #at = 0;
  /** Open braces. */
  #depth = 0;

  constructor(pattern: string, separators: string) {
    this.#characters = Array.from(pattern);
    this.#notSeparator =
      separators === '' ? '[\\s\\S]' : `[^${Array.from(separators, escapeCharacter).join('')}]`;
  }

  translate(): string {
    let source = '';
    for (let char = this.#next(); char !== ''; char = this.#next()) source += this.#element(char);
    // A brace left open closes at the end.
    source += ')'.repeat(this.#depth);
    return this.#matchesEmptyName() ? `(?:${source})?` : source;
  }

  /** gobwas lets a pattern that is one `?` or one negated class match the empty name. */
  #matchesEmptyName(): boolean {
    return /^(?:\?|\[!(?:[^\]\\]|\\[\s\S])*\])$/u.test(this.#characters.join(''));
  }

  /** The next character, `''` at the end. NUL ends a pattern, U+FFFD and bad bytes cannot be read. */
  #next(): string {
    const char = this.#characters[this.#at] ?? '';
    if (/^[\ufffd\udc80-\udcff]$/u.test(char)) throw new GoError('could not read rune');
    if (char === '' || char === '\0') return '';
    this.#at += 1;
    return char;
  }

  #element(char: string): string {
    switch (char) {
      case '*':
        if (this.#characters[this.#at] !== '*') return `${this.#notSeparator}*`;
        this.#at += 1;
        return '[\\s\\S]*';
      case '?':
        return this.#notSeparator;
      case '[':
        return this.#class();
      case '{':
        this.#depth += 1;
        return '(?:';
      case '\\': {
        const escaped = this.#next();
        return escaped === '' ? '' : escapeCharacter(escaped);
      }
      default:
        return this.#brace(char) ?? escapeCharacter(char);
    }
  }

  #brace(char: string): string | undefined {
    if (this.#depth === 0 || (char !== ',' && char !== '}')) return undefined;
    if (char === ',') return '|';
    this.#depth -= 1;
    return ')';
  }

  #class(): string {
    let first = this.#classCharacter();
    const isNegated = first === '!';
    if (isNegated) first = this.#classCharacter();
    const prefix = isNegated ? '[^' : '[';
    if (this.#characters[this.#at] === '-') return this.#range(prefix, first);
    this.#at -= 1;
    const listed = this.#list();
    if (listed.length === 0) throw new GoError('could not parse range');
    return `${prefix}${listed.map(escapeCharacter).join('')}]`;
  }

  #classCharacter(): string {
    if (this.#at >= this.#characters.length) throw new GoError('unexpected end of input');
    const char = this.#characters[this.#at] ?? '';
    if (char === '\0' || /^[\ufffd\udc80-\udcff]$/u.test(char)) throw new GoError('unexpected end of input');
    this.#at += 1;
    return char;
  }

  #range(prefix: string, low: string): string {
    this.#at += 1;
    const high = this.#classCharacter();
    this.#closeClass();
    if ((high.codePointAt(0) ?? 0) < (low.codePointAt(0) ?? 0)) {
      throw new GoError(`hi character '${high}' should be greater than lo '${low}'`);
    }
    return `${prefix}${escapeCharacter(low)}-${escapeCharacter(high)}]`;
  }

  #closeClass(): void {
    if (this.#classCharacter() !== ']') throw new GoError('expected close range character');
  }

  /** The characters up to the closing bracket, which is taken too. */
  #list(): string[] {
    const listed: string[] = [];
    let isEscaped = false;
    for (;;) {
      const char = this.#classCharacter();
      if (!isEscaped && char === ']') return listed;
      if (!isEscaped && char === '\\') {
        isEscaped = true;
        continue;
      }
      isEscaped = false;
      listed.push(char);
    }
  }
}

function escapeCharacter(char: string): string {
  return /^[0-9A-Za-z_]$/.test(char) ? char : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
