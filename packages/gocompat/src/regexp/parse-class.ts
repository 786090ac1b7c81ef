/**
 * Character classes: `[a-z]`, `\d`, `[:alpha:]`, `\p{Greek}`. Comes in: a cursor; goes out: a rune node whose source
 * is a JS class that matches the same code points.
 */
import { parseEscape } from './parse-escape.ts';
import type { PatternCursor } from './pattern-cursor.ts';
import type { RuneNode } from './syntax.ts';
import { unicodeProperty } from './unicode-names.ts';

/** Pairs of first and last code point, ascending. */
type Ranges = readonly number[];

const perlClasses: Readonly<Record<string, Ranges>> = {
  d: [48, 57],
  s: [9, 10, 12, 13, 32, 32],
  w: [48, 57, 65, 90, 95, 95, 97, 122],
};

const posixClasses: Readonly<Record<string, Ranges>> = {
  alnum: [48, 57, 65, 90, 97, 122],
  alpha: [65, 90, 97, 122],
  ascii: [0, 127],
  blank: [9, 9, 32, 32],
  cntrl: [0, 31, 127, 127],
  digit: [48, 57],
  graph: [33, 126],
  lower: [97, 122],
  print: [32, 126],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  space: [9, 13, 32, 32],
  upper: [65, 90],
  word: [48, 57, 65, 90, 95, 95, 97, 122],
  xdigit: [48, 57, 65, 70, 97, 102],
};

/** A part of a class: the inside of a JS class. */
interface ClassItem {
  readonly source: string;
  readonly hasCase: boolean;
}

/** `[…]`, with the cursor at the bracket. */
export function parseBracketClass(cursor: PatternCursor, fold: boolean): RuneNode {
  const start = cursor.at;
  cursor.at += 1;
  const isNegated = cursor.accept('^');
  const items: ClassItem[] = [];
  while (cursor.peek() !== ']' || items.length === 0) items.push(parseItem(cursor, fold, start));
  cursor.at += 1;
  return runeNode(items, isNegated, fold);
}

/** `\d`, `\pL` and the like outside brackets; undefined when the escape is for a single character. */
export function parseClassEscape(cursor: PatternCursor, fold: boolean): RuneNode | undefined {
  const property = parseProperty(cursor);
  if (property !== undefined) return runeNode([propertyItem(property.name, false)], property.isNegated, fold);
  const perl = takePerlClass(cursor);
  return perl === undefined ? undefined : runeNode([rangesItem(perl.ranges)], perl.isNegated, fold);
}

/** A single character outside classes. */
export function literalNode(codePoint: number, fold: boolean): RuneNode {
  const hasCase = isCased(codePoint, codePoint);
  return { op: 'rune', source: literalSource(codePoint), literal: codePoint, fold, hasCase };
}

/** `.` */
export function anyNode(matchesNewline: boolean): RuneNode {
  const source = matchesNewline ? '[\\s\\S]' : '[^\\n]';
  return { op: 'rune', source, literal: undefined, fold: false, hasCase: false };
}

function runeNode(items: readonly ClassItem[], isNegated: boolean, fold: boolean): RuneNode {
  const source = `[${isNegated ? '^' : ''}${items.map((item) => item.source).join('')}]`;
  return { op: 'rune', source, literal: undefined, fold, hasCase: items.some((item) => item.hasCase) };
}

function parseItem(cursor: PatternCursor, fold: boolean, classStart: number): ClassItem {
  if (cursor.startsWith('[:')) {
    const named = parsePosixClass(cursor, fold);
    if (named !== undefined) return named;
  }
  const property = parseProperty(cursor);
  if (property !== undefined) return propertyItem(property.name, property.isNegated);
  const perl = takePerlClass(cursor);
  if (perl !== undefined) return groupItem(perl.ranges, perl.isNegated, fold);
  return parseRange(cursor, classStart);
}

function parsePosixClass(cursor: PatternCursor, fold: boolean): ClassItem | undefined {
  const end = cursor.pattern.indexOf(':]', cursor.at + 2);
  if (end < 0) return undefined;
  const start = cursor.at;
  const written = cursor.pattern.slice(start + 2, end);
  const isNegated = written.startsWith('^');
  const name = isNegated ? written.slice(1) : written;
  const ranges = Object.hasOwn(posixClasses, name) ? posixClasses[name] : undefined;
  cursor.at = end + 2;
  if (ranges === undefined) throw cursor.error('invalid character class range', start, cursor.at);
  return groupItem(ranges, isNegated, fold);
}

interface PerlClass {
  readonly ranges: Ranges;
  readonly isNegated: boolean;
}

function takePerlClass(cursor: PatternCursor): PerlClass | undefined {
  if (cursor.peek() !== '\\') return undefined;
  const letter = cursor.peek(1);
  const ranges = /^[dswDSW]$/.test(letter) ? perlClasses[letter.toLowerCase()] : undefined;
  if (ranges === undefined) return undefined;
  cursor.at += 2;
  return { ranges, isNegated: letter < 'a' };
}

/** A named group inside brackets; a negated one is written out, since JS classes do not nest. */
function groupItem(ranges: Ranges, isNegated: boolean, fold: boolean): ClassItem {
  return rangesItem(isNegated ? complement(fold ? foldAscii(ranges) : ranges) : ranges);
}

/** Adds what ASCII letters fold to: the other case, U+017F for s, U+212A for k. */
function foldAscii(ranges: Ranges): Ranges {
  const has = (code: number) =>
    ranges.some((first, i) => i % 2 === 0 && first <= code && code <= (ranges[i + 1] ?? 0));
  const result: number[] = [];
  for (let code = 0; code < 0x80; code += 1) {
    const other = code ^ 0x20;
    const isLetter = /[A-Za-z]/.test(String.fromCharCode(code));
    if (has(code) || (isLetter && has(other))) result.push(code, code);
  }
  if (has(0x53) || has(0x73)) result.push(0x17f, 0x17f);
  if (has(0x4b) || has(0x6b)) result.push(0x212a, 0x212a);
  return result;
}

function complement(ranges: Ranges): Ranges {
  const result: number[] = [];
  let from = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    const first = ranges[i] ?? 0;
    if (first > from) result.push(from, first - 1);
    from = (ranges[i + 1] ?? 0) + 1;
  }
  result.push(from, 0x10ffff);
  return result;
}

function rangesItem(ranges: Ranges): ClassItem {
  let source = '';
  let hasCase = false;
  for (let i = 0; i < ranges.length; i += 2) {
    const [first = 0, last = 0] = ranges.slice(i, i + 2);
    source += first === last ? classSource(first) : `${classSource(first)}-${classSource(last)}`;
    hasCase ||= isCased(first, last);
  }
  return { source, hasCase };
}

interface Property {
  readonly name: string;
  readonly isNegated: boolean;
}

function parseProperty(cursor: PatternCursor): Property | undefined {
  if (cursor.peek() !== '\\' || !/^[pP]$/.test(cursor.peek(1))) return undefined;
  const start = cursor.at;
  let isNegated = cursor.peek(1) === 'P';
  let name: string;
  cursor.at += 2;
  if (cursor.peek() === '{') {
    const end = cursor.pattern.indexOf('}', cursor.at);
    if (end < 0) {
      cursor.checkText(start);
      throw cursor.error('invalid character class range', start);
    }
    cursor.checkText(cursor.at + 1, end);
    name = cursor.pattern.slice(cursor.at + 1, end);
    cursor.at = end + 1;
  } else {
    const nameStart = cursor.at;
    cursor.next();
    name = cursor.pattern.slice(nameStart, cursor.at);
  }
  if (name.startsWith('^')) {
    isNegated = !isNegated;
    name = name.slice(1);
  }
  const found = unicodeProperty(name);
  if (found === undefined) throw cursor.error('invalid character class range', start, cursor.at);
  return { name: found.property, isNegated: isNegated !== found.isNegated };
}

function propertyItem(property: string, isNegated: boolean): ClassItem {
  return { source: `\\${isNegated ? 'P' : 'p'}{${property}}`, hasCase: property !== 'Any' };
}

/** One character, or two with `-` between them. */
function parseRange(cursor: PatternCursor, classStart: number): ClassItem {
  const start = cursor.at;
  const first = parseClassChar(cursor, classStart);
  const next = cursor.peek(1);
  if (cursor.peek() !== '-' || next === '' || next === ']') return rangesItem([first, first]);
  cursor.at += 1;
  const last = parseClassChar(cursor, classStart);
  if (last < first) throw cursor.error('invalid character class range', start, cursor.at);
  return rangesItem([first, last]);
}

function parseClassChar(cursor: PatternCursor, classStart: number): number {
  if (cursor.isAtEnd) throw cursor.error('missing closing ]', classStart);
  return cursor.peek() === '\\' ? parseEscape(cursor) : cursor.next();
}

function classSource(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  return /^[0-9A-Za-z_ ]$/.test(char) ? char : `\\u{${codePoint.toString(16)}}`;
}

function literalSource(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  return /^[0-9A-Za-z_ "%'@#&<>=!:;,~`-]$/.test(char) ? char : `\\u{${codePoint.toString(16)}}`;
}

/** Whether letters may lie in the range. */
function isCased(first: number, last: number): boolean {
  if (last < 0x41) return false;
  if (first !== last) return last >= 0x80 || first <= 0x7a;
  const char = String.fromCodePoint(first);
  return /\p{L}|\p{M}|\p{N}|\p{S}/u.test(char) && (first >= 0x80 || /[A-Za-z]/.test(char));
}
