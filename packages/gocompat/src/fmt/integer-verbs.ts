import { isPrintable } from '../strconv/printable.ts';
import { quoteRune } from '../strconv/quote.ts';
import type { GoInt } from '../value/go-int.ts';
import { type Flags, pad } from './flags.ts';

/** An integer under a verb; `undefined` when the verb is not for integers. */
export function formatIntegerVerb(value: GoInt, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      if (flags.sharpV && value.isUnsigned) return formatBase(value, 'x', { ...flags, sharp: true });
      return formatBase(value, 'd', flags);
    case 'd':
    case 'b':
    case 'o':
    case 'O':
    case 'x':
    case 'X':
      return formatBase(value, verb, flags);
    case 'c':
      return pad(runeText(value), flags);
    case 'q':
      return pad(quoteRune(runeOf(value), flags.plus), flags);
    case 'U':
      return formatUnicode(value, flags);
    default:
      return undefined;
  }
}

const radixes: Readonly<Record<string, number>> = { d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { d: '', b: '0b', o: '0', O: '', x: '0x', X: '0X' };

function formatBase(value: GoInt, verb: string, flags: Flags): string {
  const isNegative = value.n < 0;
  let digits =
    value.big === undefined ? Math.abs(value.n).toString(radixes[verb]) : bigDigits(value.big, verb);
  if (verb === 'X') digits = digits.toUpperCase();
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (flags.precision !== undefined) {
    if (flags.precision === 0 && value.n === 0) return ' '.repeat(flags.width ?? 0);
    digits = digits.padStart(flags.precision, '0');
  } else if (flags.zero && !flags.minus && flags.width !== undefined) {
    digits = digits.padStart(flags.width - sign.length, '0');
  }
  return pad(sign + prefixFor(verb, digits, flags) + digits, flags, false);
}

function prefixFor(verb: string, digits: string, flags: Flags): string {
  let prefix = flags.sharp ? (prefixes[verb] ?? '') : '';
  if (flags.sharp && radixes[verb] === 8) prefix = digits.startsWith('0') ? '' : '0';
  return verb === 'O' ? `0o${prefix}` : prefix;
}

function bigDigits(value: bigint, verb: string): string {
  return (value < 0n ? -value : value).toString(radixes[verb]);
}

function runeOf(value: GoInt): number {
  return value.n >= 0 && value.n <= 0x10ffff ? value.n : 0xfffd;
}

function runeText(value: GoInt): string {
  const codePoint = runeOf(value);
  return codePoint >= 0xd800 && codePoint <= 0xdfff ? '\ufffd' : String.fromCodePoint(codePoint);
}

function formatUnicode(value: GoInt, flags: Flags): string {
  const digits = BigInt.asUintN(64, value.toBigInt()).toString(16).toUpperCase();
  const text = `U+${digits.padStart(Math.max(4, flags.precision ?? 0), '0')}`;
  const isShown = flags.sharp && value.n >= 0 && value.n <= 0x10ffff && isPrintable(value.n);
  return pad(isShown ? `${text} '${String.fromCodePoint(value.n)}'` : text, flags, false);
}
