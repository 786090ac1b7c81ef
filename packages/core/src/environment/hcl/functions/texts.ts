import { compileRegexp, dict, GoError, type GoRegexp, type RegexpMatch } from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { toList, toText, toWhole } from '../hcl-convert.ts';

/** Functions of text; lengths and positions count what readers see as characters. */
export const textFunctions: readonly (readonly [string, HclFunction])[] = [
  ['chomp', ([text]) => toText(text).replace(/[\r\n]+$/, '')],
  ['indent', ([count, text]) => toText(text).replaceAll('\n', `\n${' '.repeat(toWhole(count))}`)],
  [
    'join',
    ([separator, ...lists]) => lists.flatMap((list) => toList(list).map(toText)).join(toText(separator)),
  ],
  ['lower', ([text]) => toText(text).toLowerCase()],
  ['regex', ([pattern, text]) => regex(compileRegexp(toText(pattern)), toText(text))],
  ['regexall', ([pattern, text]) => regexAll(compileRegexp(toText(pattern)), toText(text))],
  ['split', ([separator, text]) => split(toText(separator), toText(text))],
  ['strlen', ([text]) => graphemes(toText(text)).length],
  ['strrev', ([text]) => graphemes(toText(text)).reverse().join('')],
  ['substr', ([text, offset, length]) => substring(toText(text), toWhole(offset), toWhole(length))],
  [
    'title',
    ([text]) =>
      toText(text).replace(
        /(^|[^\p{L}\p{N}_'’])(\p{L})/gu,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      ),
  ],
  ['trim', ([text, set]) => trim(toText(text), toText(set))],
  ['trimprefix', ([text, prefix]) => withoutPrefix(toText(text), toText(prefix))],
  ['trimspace', ([text]) => toText(text).trim()],
  ['trimsuffix', ([text, suffix]) => withoutSuffix(toText(text), toText(suffix))],
  ['upper', ([text]) => toText(text).toUpperCase()],
];

function graphemes(text: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map((each) => each.segment);
}

function split(separator: string, text: string): readonly string[] {
  return separator === '' ? graphemes(text) : text.split(separator);
}

/** A negative offset counts from the end, a length of -1 means the rest. */
function substring(text: string, offset: number, length: number): string {
  const all = graphemes(text);
  const start = offset < 0 ? Math.max(0, all.length + offset) : offset;
  if (length < -1) throw new GoError('length must be -1 or more');
  return all.slice(start, length === -1 ? undefined : start + length).join('');
}

function trim(text: string, set: string): string {
  const characters = new Set(set);
  const all = [...text];
  let start = 0;
  let end = all.length;
  while (start < end && characters.has(all[start] ?? '')) start += 1;
  while (end > start && characters.has(all[end - 1] ?? '')) end -= 1;
  return all.slice(start, end).join('');
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

/** The whole match, a list of unnamed groups, or an object of named ones. */
function matchValue(pattern: GoRegexp, match: RegexpMatch): unknown {
  const names = pattern.groupNames.slice(1);
  const groups = match.groups.slice(1).map((group) => group ?? null);
  if (names.length === 0) return match.groups[0] ?? '';
  if (names.every((name) => name === '')) return groups;
  if (names.some((name) => name === '')) {
    throw new GoError('invalid regexp pattern: cannot mix both named and unnamed capture groups');
  }
  return dict(names.map((name, index) => [name, groups[index] ?? null] as const));
}

function regex(pattern: GoRegexp, text: string): unknown {
  const [match] = pattern.findMatches(text, 1);
  if (match === undefined) throw new GoError('pattern did not match any part of the given string');
  return matchValue(pattern, match);
}

function regexAll(pattern: GoRegexp, text: string): unknown {
  return pattern.findMatches(text).map((match) => matchValue(pattern, match));
}
