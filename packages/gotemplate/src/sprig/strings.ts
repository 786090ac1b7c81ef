/**
 * sprig's strings chapter. Comes in: texts as Go strings (lone surrogates are bytes). Goes out: the functions by name.
 * Byte offsets where sprig counts bytes, code points where Go maps runes.
 * Not here: random texts, regular expressions, lists of strings.
 */
import {
  formatValue,
  isAscii,
  isNilSlice,
  isSpace,
  quote as quoteText,
  sliceType,
  sortStrings,
  stringMap,
  stringSlice,
  trimSpace,
  typedSlice,
} from '@flotilla/gocompat';
import { type FunctionSpec, goFunction, variadicFunction } from '../function-table.ts';
import { toBinary } from './binary-text.ts';
import { swapCase, titleText, untitleText } from './letter-case.ts';
import { panic } from './panic.ts';
import { elementsOf, stringsOf, strval } from './strval.ts';
import { abbreviate, abbreviateBoth, substring, truncate, wrapText } from './text-cut.ts';
import {
  containsText,
  endsWithText,
  replaceText,
  splitText,
  startsWithText,
  trimCharacters,
  trimPrefixText,
  trimSuffixText,
} from './text-search.ts';
import { lowerText, upperText } from './unicode.ts';
import { joinLowerWords, pascalCase } from './word-case.ts';

const longestText = 2 ** 29 - 24;

function repeatText(count: number, text: string): string {
  if (count < 0) panic('strings: negative Repeat count');
  if (count * text.length > longestText) panic('strings: Repeat output length overflow');
  return text.repeat(count);
}

const shortPads: readonly string[] = Array.from({ length: 65 }, (_, count) => ' '.repeat(count));

function pad(count: number): string {
  return shortPads[count] ?? repeatText(count, ' ');
}

function indentText(count: number, text: string): string {
  const spaces = pad(count);
  return spaces + (text.includes('\n') ? text.replaceAll('\n', `\n${spaces}`) : text);
}

function present(values: readonly unknown[]): readonly unknown[] {
  return values.includes(null) ? values.filter((value) => value !== null) : values;
}

/** goutils reads each byte as a character, so text that is not ASCII comes out changed. */
function withoutSpace(text: string): string {
  if (isAscii(text)) return text.replace(/[\t-\r ]+/g, '');
  const bytes = toBinary(text);
  const kept = bytes.replace(/[\t-\r \x85\xa0]+/g, '');
  return kept.length === bytes.length ? text : kept;
}

function initialsOf(text: string): string {
  let initials = '';
  let isAfterSpace = true;
  for (const byte of toBinary(text)) {
    const isGap = isSpace(byte.charCodeAt(0));
    if (!isGap && isAfterSpace) initials += byte;
    isAfterSpace = isGap;
  }
  return initials;
}

function numbered(parts: readonly string[]): unknown {
  return stringMap(parts.map((part, i) => [`_${i}`, part]));
}

function toStrings(value: unknown): readonly string[] {
  if (Array.isArray(value) && sliceType(value) === '[]string') return value as readonly string[];
  return stringSlice(stringsOf(value));
}

/** sprig sorts a list of strings in place. */
function sortAlphabetically(value: unknown): readonly string[] {
  if (elementsOf(value) === undefined) return stringSlice([strval(value)]);
  const strings = toStrings(value);
  return isNilSlice(strings) ? strings : sortStrings(strings as string[]);
}

const trimming: Readonly<Record<string, FunctionSpec>> = {
  trim: goFunction(['string'], trimSpace),
  trimall: goFunction(['string', 'string'], (cutset, text) => trimCharacters(text, cutset)),
  trimAll: goFunction(['string', 'string'], (cutset, text) => trimCharacters(text, cutset)),
  trimSuffix: goFunction(['string', 'string'], (suffix, text) => trimSuffixText(text, suffix)),
  trimPrefix: goFunction(['string', 'string'], (prefix, text) => trimPrefixText(text, prefix)),
  nospace: goFunction(['string'], withoutSpace),
  trunc: goFunction(['int', 'string'], truncate),
  substr: goFunction(['int', 'int', 'string'], substring),
  abbrev: goFunction(['int', 'string'], abbreviate),
  abbrevboth: goFunction(['int', 'int', 'string'], abbreviateBoth),
  initials: goFunction(['string'], initialsOf),
};

const casing: Readonly<Record<string, FunctionSpec>> = {
  upper: goFunction(['string'], upperText),
  lower: goFunction(['string'], lowerText),
  title: goFunction(['string'], titleText),
  untitle: goFunction(['string'], untitleText),
  swapcase: goFunction(['string'], swapCase),
  snakecase: goFunction(['string'], (text) => joinLowerWords(text, '_')),
  camelcase: goFunction(['string'], pascalCase),
  kebabcase: goFunction(['string'], (text) => joinLowerWords(text, '-')),
};

const shaping: Readonly<Record<string, FunctionSpec>> = {
  hello: goFunction([], () => 'Hello!'),
  repeat: goFunction(['int', 'string'], repeatText),
  wrap: goFunction(['int', 'string'], (width, text) =>
    wrapText(text, { width, newLine: '', cutLongWords: false }),
  ),
  wrapWith: goFunction(['int', 'string', 'string'], (width, newLine, text) =>
    wrapText(text, { width, newLine, cutLongWords: true }),
  ),
  quote: variadicFunction([], 'any', (...values) =>
    present(values)
      .map((value) => quoteText(strval(value)))
      .join(' '),
  ),
  squote: variadicFunction([], 'any', (...values) =>
    present(values)
      .map((value) => `'${formatValue(value)}'`)
      .join(' '),
  ),
  cat: variadicFunction([], 'any', (...values) => present(values).map(formatValue).join(' ')),
  indent: goFunction(['int', 'string'], indentText),
  nindent: goFunction(['int', 'string'], (count, text) => `\n${indentText(count, text)}`),
  replace: goFunction(['string', 'string', 'string'], (old, replacement, text) =>
    replaceText(text, old, replacement),
  ),
  plural: goFunction(['string', 'string', 'int'], (one, many, count) => (count === 1 ? one : many)),
};

const lists: Readonly<Record<string, FunctionSpec>> = {
  contains: goFunction(['string', 'string'], (part, text) => containsText(text, part)),
  hasPrefix: goFunction(['string', 'string'], (prefix, text) => startsWithText(text, prefix)),
  hasSuffix: goFunction(['string', 'string'], (suffix, text) => endsWithText(text, suffix)),
  split: goFunction(['string', 'string'], (separator, text) => numbered(splitText(text, separator))),
  splitn: goFunction(['string', 'int', 'string'], (separator, limit, text) =>
    numbered(splitText(text, separator, limit)),
  ),
  splitList: goFunction(['string', 'string'], (separator, text) =>
    typedSlice('[]string', splitText(text, separator)),
  ),
  join: goFunction(['string', 'any'], (separator, value) => stringsOf(value).join(separator)),
  sortAlpha: goFunction(['any'], sortAlphabetically),
  toString: goFunction(['any'], strval),
  toStrings: goFunction(['any'], toStrings),
};

/** sprig's string functions. */
export const stringFunctions: Readonly<Record<string, FunctionSpec>> = {
  ...trimming,
  ...casing,
  ...shaping,
  ...lists,
};
