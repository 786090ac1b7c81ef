/**
 * Go's `time.ParseInLocation`. Comes in: a layout and a text; goes out: a time, or a GoError with Go's words. The
 * elements themselves are read by parse-element.ts.
 */
import { GoError } from '../value/go-struct.ts';
import { GoTime, type GoZone, type ZoneOffset } from '../value/go-time.ts';
import { daysInMonth, secondsFromCivil } from './civil.ts';
import { parseLayout } from './layout.ts';
import { ElementReader, type TimeFields } from './parse-element.ts';
import { quoteForTime } from './quote-time.ts';
import { fixedZone, utcZone } from './zones.ts';

/**
 * Reads `text` by `layout`; texts without a zone are in `zone`, whose abbreviations and offsets are recognised.
 * Throws GoError (`parsing time "X" as "LAYOUT": cannot parse "REST" as "ELEMENT"`, `parsing time "X": month out of
 * range`).
 */
export function parseTime(layout: string, text: string, zone: GoZone): GoTime {
  const reader = new ElementReader(text);
  const elements = parseLayout(layout);
  elements.forEach(({ prefix, element }, i) => {
    if (!reader.skip(prefix)) throw cannotParse(layout, text, { element: prefix, rest: reader.rest });
    if (element === '') return;
    const rest = reader.rest;
    const problem = reader.read(element, elements[i + 1]?.element ?? '');
    if (problem === 'bad') throw cannotParse(layout, text, { element, rest });
    if (problem !== undefined) throw outOfRange(text, problem);
  });
  if (reader.rest !== '') throw timeError(text, `: extra text: ${quoteForTime(reader.rest)}`);
  return resolve(reader.fields, text, zone);
}

interface Failure {
  readonly element: string;
  readonly rest: string;
}

function cannotParse(layout: string, text: string, { element, rest }: Failure): GoError {
  const problem = `cannot parse ${quoteForTime(rest)} as ${quoteForTime(element)}`;
  return timeError(text, ` as ${quoteForTime(layout)}: ${problem}`);
}

function outOfRange(text: string, what: string): GoError {
  return timeError(text, `: ${what} out of range`);
}

function timeError(text: string, problem: string): GoError {
  return new GoError(`parsing time ${quoteForTime(text)}${problem}`);
}

function resolve(fields: Readonly<TimeFields>, text: string, zone: GoZone): GoTime {
  const { month, day } = dateOf(fields, text);
  if (day < 1 || day > daysInMonth(fields.year, month)) throw outOfRange(text, 'day');
  const { year, minute, second, nanoseconds } = fields;
  const wall = secondsFromCivil({ year, month, day, hour: hourOf(fields), minute, second });
  if (fields.isUtc) return new GoTime(wall, nanoseconds, utcZone);
  if (fields.offset !== undefined) return withOffset(fields, wall, zone);
  if (fields.zoneName !== '') return withZoneName(fields, wall, zone);
  return new GoTime(toUtc(wall, zone), nanoseconds, zone);
}

function hourOf({ hour, half }: Readonly<TimeFields>): number {
  if (half === 'pm' && hour < 12) return hour + 12;
  return half === 'am' && hour === 12 ? 0 : hour;
}

interface MonthAndDay {
  readonly month: number;
  readonly day: number;
}

/** Month and day, from the day of the year where the text has one. */
function dateOf({ year, month, day, yearDay }: Readonly<TimeFields>, text: string): MonthAndDay {
  if (yearDay === undefined) return { month: month ?? 1, day: day ?? 1 };
  const isLeap = daysInMonth(year, 2) === 29;
  if (yearDay < 1 || yearDay > (isLeap ? 366 : 365)) throw outOfRange(text, 'day-of-year');
  let found = 1;
  let rest = yearDay;
  while (rest > daysInMonth(year, found)) {
    rest -= daysInMonth(year, found);
    found += 1;
  }
  if (month !== undefined && month !== found) throw timeError(text, ': day-of-year does not match month');
  if (day !== undefined && day !== rest) throw timeError(text, ': day-of-year does not match day');
  return { month: found, day: rest };
}

/** The instant at which clocks of `zone` show `wall`. */
function toUtc(wall: number, zone: GoZone): number {
  const { offset } = zone.at(wall);
  return offset === 0 ? wall : wall - zone.at(wall - offset).offset;
}

/** An offset that is in force in `zone` at that instant means `zone`, else a zone of its own. */
function withOffset(fields: Readonly<TimeFields>, wall: number, zone: GoZone): GoTime {
  const { offset = 0, zoneName, nanoseconds } = fields;
  const instant = wall - offset;
  const local = zone.at(instant);
  const isLocal = local.offset === offset && (zoneName === '' || local.abbreviation === zoneName);
  return new GoTime(instant, nanoseconds, isLocal ? zone : fixedZone(zoneName, offset));
}

/** An abbreviation that `zone` uses means `zone`, else a zone of that name with offset 0 (or as `GMT+3` says). */
function withZoneName({ zoneName, nanoseconds }: Readonly<TimeFields>, wall: number, zone: GoZone): GoTime {
  const candidates = [...(zone.named ?? []), ...numericZone(zoneName)].filter(
    ({ abbreviation }) => abbreviation === zoneName,
  );
  const inForce = candidates.find(({ offset }) => zone.at(wall - offset).abbreviation === zoneName);
  const match = inForce ?? candidates.find((candidate) => zone.named?.includes(candidate));
  if (match !== undefined) return new GoTime(wall - match.offset, nanoseconds, zone);
  const isGmt = zoneName.length > 3 && zoneName.startsWith('GMT');
  return new GoTime(wall, nanoseconds, fixedZone(zoneName, isGmt ? Number(zoneName.slice(3)) * 3600 : 0));
}

/** The offset that an abbreviation such as `+03` or `-0330` says. */
function numericZone(name: string): readonly ZoneOffset[] {
  const match = /^([+-])([0-9]{2})([0-9]{2})?$/.exec(name);
  if (match === null) return [];
  const size = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return [{ offset: match[1] === '-' ? -size : size, abbreviation: name }];
}
