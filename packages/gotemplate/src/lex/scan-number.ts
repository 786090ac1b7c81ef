import { isAlphanumeric } from './character.ts';

/** Where a number ends; malformed when a letter or digit follows, which `end` then includes. */
export interface ScannedNumber {
  readonly end: number;
  readonly isWellFormed: boolean;
}

const bases = {
  decimal: { digits: '0123456789_', exponent: 'eE' },
  hexadecimal: { digits: '0123456789abcdefABCDEF_', exponent: 'pP' },
  octal: { digits: '01234567_', exponent: '' },
  binary: { digits: '01_', exponent: '' },
} as const;

/** `[+-] [0x|0o|0b] digits [. digits] [e|p [+-] digits] [i]`; accepts too much, parsing the value finds out. */
export function scanNumber(text: string, start: number): ScannedNumber {
  let at = skipOne(text, start, '+-');
  const base = baseAt(text, at);
  if (base !== bases.decimal) at += 2;
  at = skipRun(text, at, base.digits);
  if (text[at] === '.') at = skipRun(text, at + 1, base.digits);
  if (isOneOf(text, at, base.exponent)) {
    at = skipRun(text, skipOne(text, at + 1, '+-'), bases.decimal.digits);
  }
  at = skipOne(text, at, 'i');
  const codePoint = text.codePointAt(at) ?? -1;
  if (codePoint < 0 || !isAlphanumeric(codePoint)) return { end: at, isWellFormed: true };
  return { end: at + (codePoint > 0xffff ? 2 : 1), isWellFormed: false };
}

function baseAt(text: string, at: number): (typeof bases)[keyof typeof bases] {
  if (text[at] !== '0') return bases.decimal;
  if (isOneOf(text, at + 1, 'xX')) return bases.hexadecimal;
  if (isOneOf(text, at + 1, 'oO')) return bases.octal;
  return isOneOf(text, at + 1, 'bB') ? bases.binary : bases.decimal;
}

function isOneOf(text: string, at: number, characters: string): boolean {
  const character = text[at];
  return character !== undefined && characters.includes(character);
}

function skipOne(text: string, at: number, characters: string): number {
  return isOneOf(text, at, characters) ? at + 1 : at;
}

function skipRun(text: string, from: number, characters: string): number {
  let at = from;
  while (isOneOf(text, at, characters)) at++;
  return at;
}
