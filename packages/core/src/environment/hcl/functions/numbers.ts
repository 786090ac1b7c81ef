import { GoError } from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { toNumber, toText, toWhole } from '../hcl-convert.ts';

export const numberFunctions: readonly (readonly [string, HclFunction])[] = [
  ['abs', ([x]) => Math.abs(toNumber(x))],
  ['ceil', ([x]) => Math.ceil(toNumber(x))],
  ['floor', ([x]) => Math.floor(toNumber(x))],
  ['int', ([x]) => Math.trunc(toNumber(x))],
  ['log', ([x, base]) => Math.log(toNumber(x)) / Math.log(toNumber(base))],
  ['max', (args) => extreme(args, Math.max)],
  ['min', (args) => extreme(args, Math.min)],
  ['parseint', ([text, base]) => parseWhole(toText(text), toWhole(base))],
  ['pow', ([x, y]) => toNumber(x) ** toNumber(y)],
  ['signum', ([x]) => Math.sign(toWhole(x))],
];

function extreme(args: readonly unknown[], pick: (...numbers: number[]) => number): number {
  if (args.length === 0) throw new GoError('must pass at least one number');
  return pick(...args.map(toNumber));
}

function parseWhole(text: string, base: number): number {
  if (base < 2 || base > 62) throw new GoError('base must be a whole number between 2 and 62 inclusive');
  const isNegative = text.startsWith('-');
  let value = 0;
  const digits = text.replace(/^[+-]/, '');
  for (const digit of digits) {
    const number = digitOf(digit, base);
    if (number >= base) throw new GoError(`cannot parse ${JSON.stringify(text)} as a base ${base} integer`);
    value = value * base + number;
  }
  if (digits === '') throw new GoError(`cannot parse ${JSON.stringify(text)} as a base ${base} integer`);
  return isNegative ? -value : value;
}

/** Up to base 36 both cases are the same; above, capitals follow. */
function digitOf(digit: string, base: number): number {
  const symbols = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const at = symbols.indexOf(base <= 36 ? digit.toLowerCase() : digit);
  return at === -1 ? base : at;
}
