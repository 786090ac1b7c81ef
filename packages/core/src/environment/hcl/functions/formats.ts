import {
  duration,
  formatTime,
  GoError,
  type GoInt,
  GoTime,
  int,
  parseDuration,
  parseTime,
  quote,
  rfc3339,
  sprintf,
  toGoJson,
  utcZone,
} from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { toBoolean, toList, toNumber, toText } from '../hcl-convert.ts';

/** `format`, `formatlist` and times. */
export const formatFunctions: readonly (readonly [string, HclFunction])[] = [
  ['format', ([format, ...args]) => formatText(toText(format), args)],
  ['formatdate', ([format, time]) => formatDate(toText(format), instantOf(toText(time)))],
  ['formatlist', ([format, ...args]) => formatList(toText(format), args)],
  ['timeadd', ([time, span]) => addTime(toText(time), toText(span))],
];

function formatText(format: string, args: readonly unknown[]): string {
  let next = 0;
  const text = format.replace(
    /%([-+ #0]*\d*(?:\.\d+)?)(?:\[(\d+)\])?([a-zA-Z%])/g,
    (_, flags: string, index: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      if (index !== undefined) next = Number(index) - 1;
      if (next >= args.length) throw new GoError(`not enough arguments for "${_}" at ${next + 1}`);
      const value = args[next];
      next += 1;
      return formatOne(flags, verb, value);
    },
  );
  if (next < args.length) throw new GoError('too many arguments; no verb for them in the format string');
  return text;
}

function formatOne(flags: string, verb: string, value: unknown): string {
  switch (verb) {
    case 'v':
      return flags.includes('#') ? toGoJson(value) : sprintf(`%${flags}s`, [plainText(value)]);
    case 't':
      return String(toBoolean(value));
    case 's':
      return sprintf(`%${flags}s`, [toText(value)]);
    case 'q':
      return quote(toText(value));
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
      return sprintf(`%${flags}${verb}`, [int(Math.trunc(toNumber(value)))]);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return sprintf(`%${flags}${verb}`, [toNumber(value)]);
    default:
      throw new GoError(`unsupported format verb "${verb}"`);
  }
}

function plainText(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? toGoJson(value) : toText(value);
}

/** Lists give an item per result, other arguments are the same for all. */
function formatList(format: string, args: readonly unknown[]): readonly string[] {
  const lists = args.filter((arg) => Array.isArray(arg)).map(toList);
  const length = lists[0]?.length ?? 1;
  if (lists.some((list) => list.length !== length))
    throw new GoError('argument lists have different lengths');
  return Array.from({ length }, (_, index) =>
    formatText(
      format,
      args.map((arg) => (Array.isArray(arg) ? (arg[index] as unknown) : arg)),
    ),
  );
}

function instantOf(text: string): GoTime {
  try {
    return parseTime(rfc3339, text, utcZone);
  } catch (error) {
    if (error instanceof GoError) throw new GoError(`not a valid RFC3339 timestamp: ${text}`);
    throw error;
  }
}

function addTime(text: string, span: string): string {
  const time = instantOf(text);
  const added: GoInt = parseDuration(span);
  const total =
    BigInt(time.seconds) * 1_000_000_000n + BigInt(time.nanoseconds) + duration(added.toBigInt()).toBigInt();
  const nanoseconds = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (total - nanoseconds) / 1_000_000_000n;
  return formatTime(new GoTime(Number(seconds), Number(nanoseconds), time.zone), rfc3339);
}

/** Sequences of `formatdate` with the Go layout that prints the same. */
const layouts: Readonly<Record<string, string>> = {
  YYYY: '2006',
  YY: '06',
  MMMM: 'January',
  MMM: 'Jan',
  MM: '01',
  M: '1',
  DD: '02',
  D: '2',
  EEEE: 'Monday',
  EEE: 'Mon',
  hh: '15',
  HH: '03',
  H: '3',
  AA: 'PM',
  aa: 'pm',
  mm: '04',
  m: '4',
  ss: '05',
  s: '5',
  ZZZZZ: '-07:00',
  ZZZZ: '-0700',
  Z: 'Z07:00',
};

function formatDate(format: string, time: GoTime): string {
  return format.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (token, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted.replaceAll("''", "'");
    if (token === 'h') return String(Number(formatTime(time, '15')));
    if (token === 'ZZZ') return formatTime(time, '-0700') === '+0000' ? 'UTC' : formatTime(time, '-0700');
    const layout = layouts[token];
    if (layout === undefined) throw new GoError(`invalid date format verb "${token}"`);
    return formatTime(time, layout);
  });
}
