import { formatTime, rfc3339Nano } from '../time/format-time.ts';
import { fixedZone, utcZone } from '../time/zones.ts';
import { GoTime, type GoZone } from '../value/go-time.ts';

/** BurntSushi's zones of times that have none, with the layouts they are written in. */
const localLayouts = new Map([
  ['datetime-local', '2006-01-02T15:04:05.999999999'],
  ['date-local', '2006-01-02'],
  ['time-local', '15:04:05.999999999'],
]);

type LocalKind = 'datetime-local' | 'date-local' | 'time-local';

/** The zone that marks a local date-time, date or time; Go gives it the offset of the machine, we take UTC. */
export function localZone(kind: LocalKind): GoZone {
  return { name: kind, at: () => ({ offset: 0, abbreviation: kind }) };
}

/** A time as TOML. */
export function formatTomlTime(time: GoTime): string {
  return formatTime(time, localLayouts.get(time.zone.name) ?? rfc3339Nano);
}

const shape = /^(?:(\d{4})-(\d\d)-(\d\d))?[T ]?(?:(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?$/;

/** The time that a TOML date or time names. The text is valid TOML. */
export function readTomlTime(text: string): GoTime {
  const [, year = '0', month = '1', day = '1', hour, minute = '0', second = '0', fraction = '', zone] =
    shape.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const offset = zoneOffset(zone ?? 'Z');
  const clock = Number(hour ?? '0') * 3600 + Number(minute) * 60 + Number(second);
  const seconds = date.getTime() / 1000 + clock - offset;
  return new GoTime(
    seconds,
    Number(fraction.slice(0, 9).padEnd(9, '0')),
    zoneOf({ text, hour, zone, offset }),
  );
}

interface ZoneHints {
  readonly text: string;
  readonly hour: string | undefined;
  readonly zone: string | undefined;
  readonly offset: number;
}

function zoneOf({ text, hour, zone, offset }: ZoneHints): GoZone {
  if (zone === 'Z') return utcZone;
  if (zone !== undefined) return fixedZone('', offset);
  if (hour === undefined) return localZone('date-local');
  return localZone(text.includes('-') ? 'datetime-local' : 'time-local');
}

function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const size = Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4)) * 60;
  return zone.startsWith('-') ? -size : size;
}
