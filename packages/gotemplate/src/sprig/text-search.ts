/**
 * Go's `strings` package where bytes matter: search, split, replace, trim. Comes in: our strings; goes out: what Go gives for
 * the bytes they stand for. JS string functions answer at once unless a string holds bytes that are not UTF-8.
 */
import { rejoinBytes } from '@flotilla/gocompat';
import { fromBinary, hasRawBytes, toBinary } from './binary-text.ts';

/** `strings.Contains`. */
export function containsText(text: string, part: string): boolean {
  if (text.includes(part) && !startsWithRawByte(part)) return true;
  return needsBytes(text, part) && toBinary(text).includes(toBinary(part));
}

/** `strings.HasPrefix`. */
export function startsWithText(text: string, part: string): boolean {
  if (text.startsWith(part)) return true;
  return needsBytes(text, part) && toBinary(text).startsWith(toBinary(part));
}

/** `strings.HasSuffix`. */
export function endsWithText(text: string, part: string): boolean {
  if (text.endsWith(part) && !startsWithRawByte(part)) return true;
  return needsBytes(text, part) && toBinary(text).endsWith(toBinary(part));
}

/** `strings.TrimPrefix`. */
export function trimPrefixText(text: string, prefix: string): string {
  if (!startsWithText(text, prefix)) return text;
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  return fromBinary(toBinary(text).slice(toBinary(prefix).length));
}

/** `strings.TrimSuffix`. */
export function trimSuffixText(text: string, suffix: string): string {
  if (suffix === '' || !endsWithText(text, suffix)) return text;
  if (text.endsWith(suffix)) return text.slice(0, -suffix.length);
  return fromBinary(toBinary(text).slice(0, -toBinary(suffix).length));
}

/** `strings.ReplaceAll`: an empty `old` stands before every character and at the end. */
export function replaceText(text: string, old: string, replacement: string): string {
  if (old === '') {
    const middle = charactersOf(text).join(replacement);
    return middle === '' ? replacement : replacement + middle + replacement;
  }
  if (!needsBytes(text, old)) {
    // JS gives `$` in a replacement a meaning, Go does not.
    return replacement.includes('$')
      ? text.replaceAll(old, () => replacement)
      : text.replaceAll(old, replacement);
  }
  return fromBinary(toBinary(text).replaceAll(toBinary(old), () => toBinary(replacement)));
}

/** `strings.SplitN`: negative `limit` gives all parts, 0 none, else the last part holds the rest. */
export function splitText(text: string, separator: string, limit = -1): string[] {
  if (limit === 0) return [];
  const useBytes = separator !== '' && needsBytes(text, separator);
  const cut = useBytes ? toBinary(separator) : separator;
  const parts = separator === '' ? charactersOf(text) : (useBytes ? toBinary(text) : text).split(cut);
  const limited =
    limit > 0 && parts.length > limit
      ? [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(cut)]
      : parts;
  return useBytes ? limited.map(fromBinary) : limited;
}

/** `strings.Trim`: strips characters of `cutset` from both ends. */
export function trimCharacters(text: string, cutset: string): string {
  if (text === '' || cutset === '') return text;
  const characters = charactersOf(text);
  const cut = new Set(charactersOf(cutset).map(asRune));
  let start = 0;
  let end = characters.length;
  while (start < end && cut.has(asRune(characters[start] ?? ''))) start += 1;
  while (end > start && cut.has(asRune(characters[end - 1] ?? ''))) end -= 1;
  return characters.slice(start, end).join('');
}

/** The characters of `text`; each byte that is not UTF-8 is one of its own. */
export function charactersOf(text: string): string[] {
  return Array.from(rejoinBytes(text));
}

function asRune(character: string): string {
  return hasRawBytes(character) ? '\ufffd' : character;
}

function needsBytes(text: string, part: string): boolean {
  return hasRawBytes(text) || hasRawBytes(part);
}

function startsWithRawByte(part: string): boolean {
  const unit = part.charCodeAt(0);
  return unit >= 0xdc80 && unit <= 0xdcff;
}
