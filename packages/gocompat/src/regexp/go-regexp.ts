/**
 * Go's `*regexp.Regexp`: RE2 syntax, leftmost-first matching, Go's iteration over matches, splitting and expansion of
 * templates. Comes in: patterns and texts; goes out: matches. Patterns run on JS's engine where that gives the same
 * matches in good time, else on our linear one.
 */
import { parseRegexp } from './parse-regexp.ts';
import { compilePike, type PikeProgram } from './pike.ts';
import type { Node } from './syntax.ts';
import { type JsTranslation, toJsRegExp } from './to-js.ts';

/** One match: offsets in UTF-16 units, and the text of each group (index 0 the whole), undefined when it took no part. */
export interface RegexpMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly (string | undefined)[];
}

const cache = new Map<string, GoRegexp>();
const cacheLimit = 500;

/** Go's `regexp.Compile`, cached. Throws GoError (``error parsing regexp: missing closing ): `(a` ``). */
export function compileRegexp(pattern: string): GoRegexp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const { root, names } = parseRegexp(pattern);
  const compiled = new GoRegexp(pattern, root, names);
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

/** Go's `regexp.QuoteMeta`. */
export function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

export class GoRegexp {
  readonly pattern: string;
  /** Names of the groups; index 0 stands for the whole match, unnamed groups are `''`. */
  readonly groupNames: readonly string[];
  readonly #root: Node;
  readonly #translation: JsTranslation | undefined;
  #native: RegExp | undefined;
  #linear: PikeProgram | undefined;

  /** Made by {@link compileRegexp}. */
  constructor(pattern: string, root: Node, groupNames: readonly string[]) {
    this.pattern = pattern;
    this.groupNames = groupNames;
    this.#root = root;
    this.#translation = toJsRegExp(root);
  }

  /** Whether the text contains a match. */
  matches(text: string): boolean {
    return this.#search(text, 0, false) !== undefined;
  }

  /** The leftmost match starting at `from` or later. */
  search(text: string, from = 0): RegexpMatch | undefined {
    return this.#search(text, from, true);
  }

  /** Groups other than the whole match are right only when asked for. */
  #search(text: string, from: number, needsGroups: boolean): RegexpMatch | undefined {
    const translation = this.#translation;
    const isUsable = translation !== undefined && (translation.hasSameGroups || !needsGroups);
    if (isUsable && text.length <= translation.safeLength) {
      this.#native ??= new RegExp(translation.source, translation.flags);
      return searchNative(this.#native, text, from);
    }
    this.#linear ??= compilePike(this.#root);
    const slots = this.#linear.search(text, from);
    if (slots === undefined) return undefined;
    const groups = this.groupNames.map((_, i) => {
      const start = slots[2 * i] ?? -1;
      const end = slots[2 * i + 1] ?? -1;
      return start < 0 || end < 0 ? undefined : text.slice(start, end);
    });
    return { start: slots[0] ?? 0, end: slots[1] ?? 0, groups };
  }

  /** Go's `FindString`: the text of the leftmost match, `''` when there is none. */
  find(text: string): string {
    return this.#search(text, 0, false)?.groups[0] ?? '';
  }

  /** Successive matches, at most `limit` when it is not negative; empty ones right after a match are left out. */
  findMatches(text: string, limit = -1): RegexpMatch[] {
    return this.#findMatches(text, limit, true);
  }

  #findMatches(text: string, limit: number, needsGroups: boolean): RegexpMatch[] {
    const found: RegexpMatch[] = [];
    let position = 0;
    let previousEnd = -1;
    while (position <= text.length && (limit < 0 || found.length < limit)) {
      const match = this.#search(text, position, needsGroups);
      if (match === undefined) break;
      const isEmpty = match.end === match.start;
      if (!isEmpty || match.start !== previousEnd) found.push(match);
      const isWide = (text.codePointAt(match.end) ?? 0) > 0xffff;
      position = isEmpty ? match.end + (isWide ? 2 : 1) : match.end;
      previousEnd = match.end;
    }
    return found;
  }

  /** Go's `FindAllString`; undefined stands for its nil. */
  findAll(text: string, limit = -1): string[] | undefined {
    const found = this.#findMatches(text, limit, false);
    return found.length === 0 ? undefined : found.map((match) => text.slice(match.start, match.end));
  }

  /** Replaces every match by what `replacement` gives for it. */
  replaceAllWith(text: string, replacement: (match: RegexpMatch) => string): string {
    return replaceMatches(text, this.findMatches(text), replacement);
  }

  /** Go's `ReplaceAllString`: `$1`, `$name` and `${name}` in the template are groups, `$$` is a dollar. */
  replaceAll(text: string, template: string): string {
    if (!template.includes('$')) return this.replaceAllLiteral(text, template);
    return this.replaceAllWith(text, (match) => this.expand(template, match));
  }

  /** Go's `ReplaceAllLiteralString`. */
  replaceAllLiteral(text: string, literal: string): string {
    return replaceMatches(text, this.#findMatches(text, -1, false), () => literal);
  }

  /** Go's `Expand`: the template with the groups of `match` filled in. */
  expand(template: string, match: RegexpMatch): string {
    return template.replace(
      /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))?/gu,
      (_, braced?: string, bare?: string) => {
        const name = braced ?? bare;
        if (name === undefined) return '$';
        return this.#group(name, match) ?? '';
      },
    );
  }

  #group(name: string, match: RegexpMatch): string | undefined {
    if (/^(?:0|[1-9][0-9]{0,8})$/.test(name)) return match.groups[Number(name)];
    const index = this.groupNames.findIndex((known, i) => known === name && match.groups[i] !== undefined);
    return index < 0 ? undefined : match.groups[index];
  }

  /** Go's `Split`: at most `limit` pieces when positive, all when negative, undefined (nil) when 0. */
  split(text: string, limit = -1): string[] | undefined {
    if (limit === 0) return undefined;
    if (this.pattern !== '' && text === '') return [''];
    const pieces: string[] = [];
    let from = 0;
    let lastStart = 0;
    for (const match of this.#findMatches(text, limit, false)) {
      if (limit > 0 && pieces.length >= limit - 1) break;
      lastStart = match.start;
      if (match.end !== 0) pieces.push(text.slice(from, match.start));
      from = match.end;
    }
    if (lastStart !== text.length) pieces.push(text.slice(from));
    return pieces;
  }
}

function replaceMatches(
  text: string,
  matches: readonly RegexpMatch[],
  replacement: (match: RegexpMatch) => string,
): string {
  let result = '';
  let from = 0;
  for (const match of matches) {
    result += text.slice(from, match.start) + replacement(match);
    from = match.end;
  }
  return result + text.slice(from);
}

function searchNative(pattern: RegExp, text: string, from: number): RegexpMatch | undefined {
  pattern.lastIndex = from;
  let match = pattern.exec(text);
  // V8 also tries empty matches between the halves of a surrogate pair.
  while (match !== null && isInsidePair(text, match.index)) {
    pattern.lastIndex = match.index + 1;
    match = pattern.exec(text);
  }
  if (match === null) return undefined;
  return { start: match.index, end: match.index + match[0].length, groups: match };
}

function isInsidePair(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff && index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff;
}
