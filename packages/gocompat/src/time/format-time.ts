import { GoError } from '../value/go-struct.ts';
import type { GoTime } from '../value/go-time.ts';
import { type CivilTime, civilFromSeconds } from './civil.ts';
import { dayNames, isFraction, monthNames, parseLayout } from './layout.ts';

export const rfc3339 = '2006-01-02T15:04:05Z07:00';
export const rfc3339Nano = '2006-01-02T15:04:05.999999999Z07:00';

interface Reading {
  readonly civil: CivilTime;
  readonly nanoseconds: number;
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly abbreviation: string;
}

/** Go's `Time.Format`. */
export function formatTime(time: GoTime, layout: string): string {
  const moment = time.zone.at(time.seconds);
  const { offset } = moment;
  const civil = civilFromSeconds(time.seconds + offset);
  const reading: Reading = {
    civil,
    nanoseconds: time.nanoseconds,
    offset,
    // Dear in some zones, and few layouts show it.
    get abbreviation() {
      return moment.abbreviation;
    },
  };
  let text = '';
  for (const { prefix, element } of parseLayout(layout)) text += prefix + formatElement(element, reading);
  return text;
}

/** Go's `Time.String`, which `%v` and bare actions print; with the monotonic reading when there is one. */
export function formatTimeValue(time: GoTime): string {
  const text = formatTime(time, '2006-01-02 15:04:05.999999999 -0700 MST');
  if (time.monotonic === undefined) return text;
  const sign = time.monotonic < 0 ? '-' : '+';
  const reading = Math.abs(time.monotonic);
  const seconds = Math.floor(reading / 1e9);
  return `${text} m=${sign}${seconds}.${pad(reading - seconds * 1e9, 9)}`;
}

/** The text of a time in JSON. Throws GoError for years JSON has no form for. */
export function formatJsonTime(time: GoTime): string {
  const { offset } = time.zone.at(time.seconds);
  const { year } = civilFromSeconds(time.seconds + offset);
  const problem =
    year < 0 || year > 9999
      ? 'year outside of range [0,9999]'
      : Math.abs(offset) >= 86_400
        ? 'timezone hour outside of range [0,23]'
        : undefined;
  if (problem === undefined) return formatTime(time, rfc3339Nano);
  throw new GoError(`json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${problem}`);
}

/** Go's `%#v` of a time. */
export function formatTimeSyntax(time: GoTime): string {
  const { offset } = time.zone.at(time.seconds);
  const c = civilFromSeconds(time.seconds + offset);
  const zone =
    time.zone.name === 'UTC' || time.zone.name === 'Local'
      ? `time.${time.zone.name}`
      : `time.Location("${time.zone.name}")`;
  const clock = `${c.hour}, ${c.minute}, ${c.second}, ${time.nanoseconds}`;
  return `time.Date(${c.year}, time.${monthNames[c.month - 1]}, ${c.day}, ${clock}, ${zone})`;
}

function formatElement(element: string, reading: Reading): string {
  if (isFraction(element)) return formatFraction(element, reading.nanoseconds);
  if (element.startsWith('-07') || element.startsWith('Z07')) return formatOffset(element, reading.offset);
  return formatDateElement(element, reading.civil) ?? formatClockElement(element, reading);
}

function formatDateElement(element: string, civil: CivilTime): string | undefined {
  const { year, month, day, yearDay } = civil;
  switch (element) {
    case '2006':
      return pad(year, 4);
    case '06':
      return pad(Math.abs(year) % 100, 2);
    case 'January':
      return monthNames[month - 1];
    case 'Jan':
      return monthNames[month - 1]?.slice(0, 3);
    case '1':
      return String(month);
    case '01':
      return pad(month, 2);
    case 'Monday':
      return dayNames[civil.weekday];
    case 'Mon':
      return dayNames[civil.weekday]?.slice(0, 3);
    case '2':
      return String(day);
    case '_2':
      return String(day).padStart(2);
    case '02':
      return pad(day, 2);
    case '__2':
      return String(yearDay).padStart(3);
    case '002':
      return pad(yearDay, 3);
    default:
      return undefined;
  }
}

function formatClockElement(element: string, reading: Reading): string {
  const { hour, minute, second } = reading.civil;
  switch (element) {
    case '15':
      return pad(hour, 2);
    case '3':
      return String(hour % 12 || 12);
    case '03':
      return pad(hour % 12 || 12, 2);
    case '4':
      return String(minute);
    case '04':
      return pad(minute, 2);
    case '5':
      return String(second);
    case '05':
      return pad(second, 2);
    case 'PM':
      return hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return hour >= 12 ? 'pm' : 'am';
    case 'MST':
      return reading.abbreviation || formatOffset('-0700', reading.offset);
    default:
      return '';
  }
}

function formatOffset(element: string, offset: number): string {
  if (offset === 0 && element.startsWith('Z')) return 'Z';
  const minutes = Math.trunc(offset / 60);
  const colon = element.includes(':') ? ':' : '';
  let text = (minutes < 0 ? '-' : '+') + pad(Math.trunc(Math.abs(minutes) / 60), 2);
  if (element.length > 3) text += colon + pad(Math.abs(minutes) % 60, 2);
  if (element.length > 6) {
    // Go drops the sign of the seconds only together with that of the minutes.
    text += colon + pad((minutes < 0 ? -offset : offset) % 60, 2);
  }
  return text;
}

function formatFraction(element: string, nanoseconds: number): string {
  const separator = element.charAt(0);
  const digits = pad(nanoseconds, 9)
    .slice(0, element.length - 1)
    .padEnd(Math.min(element.length - 1, 9), '0');
  if (element.charAt(1) === '0') return separator + digits;
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '' : separator + trimmed;
}

function pad(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(width, '0');
  return value < 0 ? `-${digits}` : digits;
}
