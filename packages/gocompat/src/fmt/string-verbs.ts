import { canBackquote, quote, quoteToAscii } from '../strconv/quote.ts';
import { encodeText } from '../text.ts';
import { type Flags, pad } from './flags.ts';

/** A string under a verb; `undefined` when the verb is not for strings. */
export function formatStringVerb(text: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? formatQuoted(text, flags) : pad(truncateRunes(text, flags.precision), flags);
    case 's':
      return pad(truncateRunes(text, flags.precision), flags);
    case 'x':
    case 'X':
      return formatHex(encodeText(text), verb, flags);
    case 'q':
      return formatQuoted(text, flags);
    default:
      return undefined;
  }
}

function formatQuoted(text: string, flags: Flags): string {
  const shown = truncateRunes(text, flags.precision);
  if (flags.sharp && canBackquote(shown)) return pad(`\`${shown}\``, flags);
  return pad(flags.plus ? quoteToAscii(shown) : quote(shown), flags);
}

function truncateRunes(text: string, count: number | undefined): string {
  if (count === undefined || text.length <= count) return text;
  let end = 0;
  for (let n = 0; n < count && end < text.length; n += 1) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}

/** Hexadecimal bytes; `#` puts `0x` in front, a blank between bytes (and `0x` before each with both). */
export function formatHex(bytes: Uint8Array, verb: 'x' | 'X', flags: Flags): string {
  const shown = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision);
  if (shown.length === 0) return pad('', flags);
  const mark = flags.sharp ? '0x' : '';
  const pairs = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0'));
  const text = mark + pairs.join(flags.space ? ` ${mark}` : '');
  return pad(verb === 'x' ? text : text.toUpperCase(), flags);
}
