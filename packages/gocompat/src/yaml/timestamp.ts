import { fixedZone, utcZone } from '../time/zones.ts';
import { GoTime } from '../value/go-time.ts';

const shape =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?)(Z|[+-]\d\d:\d\d)?)?$/;

/** The time that a YAML timestamp names; `undefined` when go-yaml would not read one. */
export function parseTimestamp(text: string): GoTime | undefined {
  if (text.charCodeAt(4) !== 0x2d) return undefined;
  const found = shape.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, separator, hour = '0', minute = '0', second = '0', fraction = '', zone] = found;
  // With a `T` the zone is needed, after a blank it is not allowed.
  if (separator !== undefined && (zone === undefined) !== (separator === ' ')) return undefined;
  const offset = zoneOffset(zone);
  if (offset === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const [h, min, s] = [Number(hour), Number(minute), Number(second)];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(y, m) || h > 23 || min > 59 || s > 59) return undefined;
  const seconds = daysSinceEpoch(y, m, d) * 86400 + h * 3600 + min * 60 + s - offset;
  const nanoseconds = Number(fraction.slice(0, 9).padEnd(9, '0'));
  return new GoTime(
    seconds,
    nanoseconds,
    zone === undefined || zone === 'Z' ? utcZone : fixedZone('', offset),
  );
}

/** Seconds east of UTC; `undefined` when the digits are out of range. */
function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 24 || minutes > 60) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86400000;
}
