import { unreachable } from '@flotilla/diagnostics';
import type { FlagSpec } from './flag.ts';

export type FlagValue =
  | { readonly value: boolean | string | number; readonly error?: undefined }
  | { readonly error: string };

const booleans: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  T: true,
  TRUE: true,
  true: true,
  True: true,
  '0': false,
  f: false,
  F: false,
  FALSE: false,
  false: false,
  False: false,
};

/** Reads the text given to a flag as pflag does; errors are Go's strconv and time texts. */
export function parseFlagValue(flag: FlagSpec, text: string): FlagValue {
  switch (flag.kind) {
    case 'boolean': {
      const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
      return value === undefined
        ? { error: `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax` }
        : { value };
    }
    case 'integer':
      return parseIntegerFlag(text);
    case 'duration':
      return durationError(text);
    case 'string':
    case 'array':
      return flag.refusal !== undefined && flag.choices?.includes(text) === false
        ? { error: flag.refusal }
        : { value: text };
    default:
      return unreachable(flag.kind);
  }
}

function parseIntegerFlag(text: string): FlagValue {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/.exec(
    text.replaceAll(/(?<=[0-9a-fA-F])_(?=[0-9a-fA-F])/g, ''),
  );
  if (match === null) return { error: `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax` };
  const digits = /^0[0-7]/.test(match[2] ?? '') ? `0o${match[2]?.slice(1)}` : (match[2] ?? '0');
  const magnitude = BigInt(digits);
  const value = match[1] === '-' ? -magnitude : magnitude;
  if (BigInt.asIntN(64, value) !== value)
    return { error: `strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range` };
  return { value: Number(value) };
}

const durationPattern = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** The text is kept; only its form is checked here. */
function durationError(text: string): FlagValue {
  if (durationPattern.test(text)) return { value: text };
  const shown = JSON.stringify(text);
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) return { error: `time: missing unit in duration ${shown}` };
  return { error: `time: invalid duration ${shown}` };
}
