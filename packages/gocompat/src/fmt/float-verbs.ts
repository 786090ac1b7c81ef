import { type FloatVerb, formatFloat } from '../strconv/format-float.ts';
import { type Flags, pad } from './flags.ts';

interface FloatForm {
  readonly verb: FloatVerb;
  readonly precision: number;
}

const forms: Readonly<Record<string, FloatForm>> = {
  v: { verb: 'g', precision: -1 },
  g: { verb: 'g', precision: -1 },
  G: { verb: 'G', precision: -1 },
  b: { verb: 'b', precision: -1 },
  x: { verb: 'x', precision: -1 },
  X: { verb: 'X', precision: -1 },
  f: { verb: 'f', precision: 6 },
  F: { verb: 'f', precision: 6 },
  e: { verb: 'e', precision: 6 },
  E: { verb: 'E', precision: 6 },
};

/** A float64 under a verb; `undefined` when the verb is not for floats. */
export function formatFloatVerb(value: number, verb: string, flags: Flags): string | undefined {
  const form = Object.hasOwn(forms, verb) ? forms[verb] : undefined;
  if (form === undefined) return undefined;
  const precision = flags.precision ?? form.precision;
  const written = formatFloat(value, form.verb, precision);
  const size = written.replace(/^[+-]/, '');
  const sign = written.startsWith('-') ? '-' : flags.space && !flags.plus ? ' ' : '+';
  if (!Number.isFinite(value)) return formatNonFinite(sign, size, flags);
  return padSigned(sign, flags.sharp ? keepZeros(size, form.verb, precision) : size, flags);
}

function padSigned(sign: string, digits: string, flags: Flags): string {
  if (!flags.plus && sign === '+') return pad(digits, flags);
  const room = (flags.width ?? 0) - 1;
  if (flags.zero && !flags.minus && room > digits.length) return sign + digits.padStart(room, '0');
  return pad(sign + digits, flags);
}

/** Infinities show their sign always, NaN only when asked; neither is padded with zeros. */
function formatNonFinite(sign: string, size: string, flags: Flags): string {
  const showsSign = size !== 'NaN' || flags.plus || flags.space;
  return pad(showsSign ? sign + size : size, flags, false);
}

/** The `#` flag: a decimal point always, and the trailing zeros that `%g` drops. */
function keepZeros(size: string, verb: FloatVerb, precision: number): string {
  if (verb === 'b') return size;
  const tail = /[pP][+-]\d+$/.exec(size)?.[0] ?? (verb === 'x' || verb === 'X' ? '' : exponentOf(size));
  const mantissa = size.slice(0, size.length - tail.length);
  const wanted = verb === 'g' || verb === 'G' || verb === 'x' ? (precision === -1 ? 6 : precision) : 0;
  const significant = mantissa.replace('.', '').replace(/^0+/, '').length;
  const isZero = mantissa === '0';
  const missing = Math.max(wanted - significant - (isZero ? 1 : 0), 0);
  const point = mantissa.includes('.') ? '' : '.';
  return mantissa + point + '0'.repeat(missing) + tail;
}

function exponentOf(size: string): string {
  return /[eE][+-]\d+$/.exec(size)?.[0] ?? '';
}
