import { Dict, formatValue, GoInt } from '@flotilla/gocompat';
import { localizedNumber, problem, quoteSingle, type SchemaProblem } from './schema-problem.ts';

/** A plain value inside a message. */
export function shownValue(value: unknown): string {
  return typeof value === 'string'
    ? quoteSingle(value)
    : formatValue(value instanceof GoInt ? value.n : value);
}

/** The message of a failed `enum`. */
export function enumMessage(wanted: readonly unknown[]): string {
  if (wanted.some((each) => Array.isArray(each) || each instanceof Dict)) return "'enum' failed";
  const shown = wanted.map(shownValue).join(', ');
  return wanted.length === 1 ? `value must be ${shown}` : `value must be one of ${shown}`;
}

type Limit = readonly [keyword: string, fails: (value: number, limit: number) => boolean];

const limits: readonly Limit[] = [
  ['minimum', (value, limit) => value < limit],
  ['maximum', (value, limit) => value > limit],
  ['exclusiveMinimum', (value, limit) => value <= limit],
  ['exclusiveMaximum', (value, limit) => value >= limit],
  ['multipleOf', (value, limit) => !isMultiple(value, limit)],
];

/** Keywords about numbers. In draft 4 the exclusive limits are flags on the plain ones. */
export function checkNumber(
  { schema, path }: { readonly schema: Dict; readonly path: readonly string[] },
  value: number,
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const [keyword, fails] of limits) {
    const [name, limit] = limitOf(schema, keyword);
    if (limit !== undefined && fails(value, limit)) {
      problems.push(problem(path, `${name}: got ${localizedNumber(value)}, want ${localizedNumber(limit)}`));
    }
  }
  return problems;
}

function limitOf(schema: Dict, keyword: string): readonly [string, number | undefined] {
  const value = schema[keyword];
  const plain = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  const isFlag = keyword.startsWith('exclusive') && value === true;
  const limit = isFlag ? schema[plain] : value;
  return [keyword, typeof limit === 'number' ? limit : undefined];
}

/** Exact for decimals: both are scaled to integers first. */
function isMultiple(value: number, of: number): boolean {
  const scale = 10n ** BigInt(Math.max(decimals(value), decimals(of)));
  const divisor = scaled(of, scale);
  return divisor !== 0n && scaled(value, scale) % divisor === 0n;
}

function decimals(value: number): number {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

function scaled(value: number, scale: bigint): bigint {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction) * scale;
  return power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power);
}
