/**
 * Time zones. Comes in: an IANA name or an offset; goes out: a GoZone. Offsets come from Intl, the abbreviations Go
 * prints (`CET`) from our table, as Intl often has none.
 */
import { GoError } from '../value/go-struct.ts';
import type { GoZone, ZoneOffset } from '../value/go-time.ts';
import { zoneTable } from './zone-table.ts';

/** `time.UTC`. */
export const utcZone: GoZone = { name: 'UTC', at: () => ({ offset: 0, abbreviation: 'UTC' }) };

/** `time.FixedZone`: `offset` seconds east of UTC all year; without a name it prints as its offset. */
export function fixedZone(name: string, offset: number): GoZone {
  const always = { offset, abbreviation: name };
  return { name, at: () => always, named: [always] };
}

/** The zone of the machine: prints as `Local`, behaves as the IANA zone `name`. */
export function localZone(name: string): GoZone {
  return { ...loadZone(name), name: 'Local' };
}

const loaded = new Map<string, GoZone>([['Factory', { ...fixedZone('-00', 0), name: 'Factory' }]]);

/**
 * `time.LoadLocation`, except for `Local`, which only the host knows ({@link localZone}). Throws GoError
 * `unknown time zone X`.
 */
export function loadZone(name: string): GoZone {
  if (name === '' || name === 'UTC') return utcZone;
  const known = loaded.get(name);
  if (known !== undefined) return known;
  if (name.includes('..') || /^[/\\]/.test(name) || name.includes('\\')) {
    throw new GoError('time: invalid location name');
  }
  const eras = erasOf(name);
  if (eras === undefined) throw new GoError(`unknown time zone ${name}`);
  const named = eras.map(({ offset, letters }) => ({ offset, abbreviation: letters }));
  const zone: GoZone = { name, at: zoneLookup(name, eras), named };
  loaded.set(name, zone);
  return zone;
}

let table: ReadonlyMap<string, string> | undefined;

function readTable(): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const line of zoneTable.trim().split('\n')) {
    const [abbreviations = '', names = ''] = line.split('=');
    for (const name of names.split(' ')) result.set(name, abbreviations);
  }
  return result;
}

/** Letters that an offset had until a time. */
interface Era {
  readonly offset: number;
  readonly letters: string;
  /** In seconds since 1970; infinite for the current one. */
  readonly until: number;
}

/** The eras of a zone, in order of time for each offset; undefined for a zone Go does not know. */
function erasOf(name: string): readonly Era[] | undefined {
  table ??= readTable();
  const written = table.get(name);
  if (written === undefined) return undefined;
  return Array.from(
    written.matchAll(/(-?[0-9]+)([A-Za-z]*)(?:@([0-9a-z]+))?/g),
    ([, minutes, letters = '', until]) => ({
      offset: Number(minutes) * 60,
      letters,
      until: until === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(until, 36) * 60,
    }),
  );
}

function abbreviationAt(eras: readonly Era[], offset: number, unixSeconds: number): string {
  const era = eras.find((candidate) => candidate.offset === offset && unixSeconds < candidate.until);
  return era?.letters || numericAbbreviation(offset);
}

/** Zones change at multiples of a quarter of an hour at most, so that is what we remember. */
const bucketSeconds = 900;
const bucketLimit = 5000;
const farthest = 8.64e12;

function zoneLookup(name: string, eras: readonly Era[]): GoZone['at'] {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const buckets = new Map<number, ZoneOffset>();
  return (unixSeconds) => {
    const bucket = Math.floor(unixSeconds / bucketSeconds);
    const known = buckets.get(bucket);
    if (known !== undefined) return known;
    const instant = Math.min(Math.max(unixSeconds, -farthest), farthest);
    const offset = offsetOf(format.format(instant * 1000));
    const answer = { offset, abbreviation: abbreviationAt(eras, offset, unixSeconds) };
    if (buckets.size >= bucketLimit) buckets.clear();
    buckets.set(bucket, answer);
    return answer;
  };
}

/** The offset at the end of `1/2/2006, GMT+05:30`. */
function offsetOf(text: string): number {
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return 0;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}

/** What tzdata calls times without letters; odd offsets are local mean time. */
function numericAbbreviation(offset: number): string {
  if (offset % 60 !== 0) return 'LMT';
  const minutes = Math.abs(offset) / 60;
  const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
  const rest = minutes % 60;
  return (offset < 0 ? '-' : '+') + hours + (rest === 0 ? '' : String(rest).padStart(2, '0'));
}
