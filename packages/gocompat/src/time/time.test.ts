import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toGoJson } from '../json/write-json.ts';
import { GoError } from '../value/go-struct.ts';
import { GoTime, type GoZone } from '../value/go-time.ts';
import { civilFromSeconds, secondsFromCivil } from './civil.ts';
import { formatTime, formatTimeValue } from './format-time.ts';
import { parseTime } from './parse-time.ts';
import { fixedZone, loadZone, localZone, utcZone } from './zones.ts';

const layouts = [
  '2006-01-02T15:04:05Z07:00',
  '2006-01-02T15:04:05.999999999Z07:00',
  'Mon Jan _2 15:04:05 MST 2006',
  'Monday, 2 January 06 3:04:05PM -0700',
  'Jan. 1 pm 03:4:5',
  '002 __2 _2006 06',
  '.000 ,999999 .9 .000000000',
  '-07 -07:00 -070000 -07:00:00',
  'Z07 Z0700 Z070000 Z07:00:00',
  'Janus Monk 20 7 é',
];

/** An instant under each of the layouts; recorded from Go 1.26. */
test.each<[number, number, GoZone, string[]]>([
  [
    1700000000,
    120000000,
    utcZone,
    [
      '2023-11-14T22:13:20Z',
      '2023-11-14T22:13:20.12Z',
      'Tue Nov 14 22:13:20 UTC 2023',
      'Tuesday, 14 November 23 10:13:20PM +0000',
      'Nov. 11 pm 10:13:20',
      '318 318 _2023 23',
      '.120 ,12 .1 .120000000',
      '+00 +00:00 +000000 +00:00:00',
      'Z Z Z Z',
      'Janus Monk 140 7 é',
    ],
  ],
  [
    0,
    0,
    loadZone('America/New_York'),
    [
      '1969-12-31T19:00:00-05:00',
      '1969-12-31T19:00:00-05:00',
      'Wed Dec 31 19:00:00 EST 1969',
      'Wednesday, 31 December 69 7:00:00PM -0500',
      'Dec. 12 pm 07:0:0',
      '365 365 _1969 69',
      '.000   .000000000',
      '-05 -05:00 -050000 -05:00:00',
      '-05 -0500 -050000 -05:00:00',
      'Janus Monk 310 7 é',
    ],
  ],
  [
    1719835200,
    5,
    loadZone('Europe/Berlin'),
    [
      '2024-07-01T14:00:00+02:00',
      '2024-07-01T14:00:00.000000005+02:00',
      'Mon Jul  1 14:00:00 CEST 2024',
      'Monday, 1 July 24 2:00:00PM +0200',
      'Jul. 7 pm 02:0:0',
      '183 183 _2024 24',
      '.000   .000000005',
      '+02 +02:00 +020000 +02:00:00',
      '+02 +0200 +020000 +02:00:00',
      'Janus Monk 10 7 é',
    ],
  ],
  [
    1700000000,
    0,
    loadZone('Asia/Kolkata'),
    [
      '2023-11-15T03:43:20+05:30',
      '2023-11-15T03:43:20+05:30',
      'Wed Nov 15 03:43:20 IST 2023',
      'Wednesday, 15 November 23 3:43:20AM +0530',
      'Nov. 11 am 03:43:20',
      '319 319 _2023 23',
      '.000   .000000000',
      '+05 +05:30 +053000 +05:30:00',
      '+05 +0530 +053000 +05:30:00',
      'Janus Monk 150 7 é',
    ],
  ],
  [
    1700000000,
    0,
    loadZone('America/Sao_Paulo'),
    [
      '2023-11-14T19:13:20-03:00',
      '2023-11-14T19:13:20-03:00',
      'Tue Nov 14 19:13:20 -03 2023',
      'Tuesday, 14 November 23 7:13:20PM -0300',
      'Nov. 11 pm 07:13:20',
      '318 318 _2023 23',
      '.000   .000000000',
      '-03 -03:00 -030000 -03:00:00',
      '-03 -0300 -030000 -03:00:00',
      'Janus Monk 140 7 é',
    ],
  ],
  [
    -62135596800,
    0,
    utcZone,
    [
      '0001-01-01T00:00:00Z',
      '0001-01-01T00:00:00Z',
      'Mon Jan  1 00:00:00 UTC 0001',
      'Monday, 1 January 01 12:00:00AM +0000',
      'Jan. 1 am 12:0:0',
      '001   1 _0001 01',
      '.000   .000000000',
      '+00 +00:00 +000000 +00:00:00',
      'Z Z Z Z',
      'Janus Monk 10 7 é',
    ],
  ],
  [
    253402300800,
    0,
    utcZone,
    [
      '10000-01-01T00:00:00Z',
      '10000-01-01T00:00:00Z',
      'Sat Jan  1 00:00:00 UTC 10000',
      'Saturday, 1 January 00 12:00:00AM +0000',
      'Jan. 1 am 12:0:0',
      '001   1 _10000 00',
      '.000   .000000000',
      '+00 +00:00 +000000 +00:00:00',
      'Z Z Z Z',
      'Janus Monk 10 7 é',
    ],
  ],
  [
    1700000000,
    0,
    fixedZone('XYZ', -12345),
    [
      '2023-11-14T18:47:35-03:25',
      '2023-11-14T18:47:35-03:25',
      'Tue Nov 14 18:47:35 XYZ 2023',
      'Tuesday, 14 November 23 6:47:35PM -0325',
      'Nov. 11 pm 06:47:35',
      '318 318 _2023 23',
      '.000   .000000000',
      '-03 -03:25 -032545 -03:25:45',
      '-03 -0325 -032545 -03:25:45',
      'Janus Monk 140 7 é',
    ],
  ],
  [
    1700000000,
    0,
    fixedZone('', 3600),
    [
      '2023-11-14T23:13:20+01:00',
      '2023-11-14T23:13:20+01:00',
      'Tue Nov 14 23:13:20 +0100 2023',
      'Tuesday, 14 November 23 11:13:20PM +0100',
      'Nov. 11 pm 11:13:20',
      '318 318 _2023 23',
      '.000   .000000000',
      '+01 +01:00 +010000 +01:00:00',
      '+01 +0100 +010000 +01:00:00',
      'Janus Monk 140 7 é',
    ],
  ],
])('%d.%d in zone %#', (seconds, nanoseconds, zone, texts) => {
  const time = new GoTime(seconds, nanoseconds, zone);
  expect(layouts.map((layout) => formatTime(time, layout))).toEqual(texts);
});

const outcome = (layout: string, text: string, zone: GoZone): string => {
  try {
    const time = parseTime(layout, text, zone);
    const { offset, abbreviation } = time.zone.at(time.seconds);
    return `${time.seconds} ${time.nanoseconds} ${offset} ${abbreviation} ${time.zone.name}`;
  } catch (error) {
    return (error as GoError).message;
  }
};

/** Seconds, nanoseconds, offset, abbreviation and zone that Go 1.26 read, or its error. */
test.each<[string, string, GoZone, string]>([
  ['2006-01-02', '2024-02-29', utcZone, '1709164800 0 0 UTC UTC'],
  ['2006-01-02', '2023-02-29', utcZone, 'parsing time "2023-02-29": day out of range'],
  ['2006-01-02', '2023-13-01', utcZone, 'parsing time "2023-13-01": month out of range'],
  [
    '2006-01-02',
    '2023-1-01',
    utcZone,
    'parsing time "2023-1-01" as "2006-01-02": cannot parse "1-01" as "01"',
  ],
  ['2006-01-02', '2023-01-01x', utcZone, 'parsing time "2023-01-01x": extra text: "x"'],
  ['2006-01-02 15:04', '2024-07-01 12:00', loadZone('Europe/Berlin'), '1719828000 0 7200 CEST Europe/Berlin'],
  ['2006-01-02 15:04', '2024-03-31 02:30', loadZone('Europe/Berlin'), '1711848600 0 7200 CEST Europe/Berlin'],
  ['2006-01-02 15:04', '2024-10-27 02:30', loadZone('Europe/Berlin'), '1729992600 0 3600 CET Europe/Berlin'],
  [
    '2006-01-02T15:04:05Z07:00',
    '2024-07-01T12:00:00.25+02:00',
    loadZone('Europe/Berlin'),
    '1719828000 250000000 7200 CEST Europe/Berlin',
  ],
  ['2006-01-02T15:04:05Z07:00', '2024-07-01T12:00:00Z', loadZone('Europe/Berlin'), '1719835200 0 0 UTC UTC'],
  ['2006-01-02T15:04:05Z07:00', '2024-07-01T12:00:00+05:00', utcZone, '1719817200 0 18000  '],
  [
    '2006-01-02T15:04:05Z07:00',
    '2024-07-01T12:00:00+25:00',
    utcZone,
    'parsing time "2024-07-01T12:00:00+25:00": time zone offset hour out of range',
  ],
  [
    '02 Jan 06 15:04 MST',
    '01 jul 24 12:00 CEST',
    loadZone('Europe/Berlin'),
    '1719828000 0 7200 CEST Europe/Berlin',
  ],
  ['02 Jan 06 15:04 MST', '01 Jul 70 12:00 PST', loadZone('Europe/Berlin'), '15681600 0 0 PST PST'],
  ['02 Jan 06 15:04 MST', '01 Jul 24 12:00 GMT+3', utcZone, '1719835200 0 10800 GMT+3 GMT+3'],
  [
    '02 Jan 06 15:04 MST',
    '01 Jul 24 12:00 Nope',
    utcZone,
    'parsing time "01 Jul 24 12:00 Nope" as "02 Jan 06 15:04 MST": cannot parse "Nope" as "MST"',
  ],
  ['3:04PM', '12:30AM', utcZone, '-62167217400 0 0 UTC UTC'],
  ['3:04PM', '13:30AM', utcZone, 'parsing time "13:30AM": hour out of range'],
  ['3:04pm', '1:30PM', utcZone, 'parsing time "1:30PM" as "3:04pm": cannot parse "PM" as "pm"'],
  ['2006 002', '2024 366', utcZone, '1735603200 0 0 UTC UTC'],
  ['2006 002', '2023 366', utcZone, 'parsing time "2023 366": day-of-year out of range'],
  ['2006 002 Jan', '2023 032 Mar', utcZone, 'parsing time "2023 032 Mar": day-of-year does not match month'],
  ['_2 Jan', ' 3 Feb', utcZone, '-62164368000 0 0 UTC UTC'],
  [
    '15:04:05.000',
    '12:00:00.12',
    utcZone,
    'parsing time "12:00:00.12" as "15:04:05.000": cannot parse ".12" as ".000"',
  ],
  ['15:04:05.000', '12:00:00.1234', utcZone, 'parsing time "12:00:00.1234": extra text: "4"'],
  ['15:04:05', '12:00:60', utcZone, 'parsing time "12:00:60": second out of range'],
  [
    'Monday Jan',
    'someday Jan',
    utcZone,
    'parsing time "someday Jan" as "Monday Jan": cannot parse "someday Jan" as "Monday"',
  ],
  ['2006  01', '2024 01', utcZone, '1704067200 0 0 UTC UTC'],
  ['', '', utcZone, '-62167219200 0 0 UTC UTC'],
  [
    '2006é',
    '2024è',
    utcZone,
    'parsing time "2024\\xc3\\xa8" as "2006\\xc3\\xa9": cannot parse "\\xa8" as "\\xc3\\xa9"',
  ],
])('%s reads %j', (layout, text, zone, expected) => {
  expect(outcome(layout, text, zone)).toBe(expected);
});

test('a formatted time reads back', () => {
  const zones = fc.constantFrom(
    utcZone,
    loadZone('Europe/Berlin'),
    loadZone('Asia/Kathmandu'),
    fixedZone('X', -3600),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e9 }),
      fc.nat({ max: 999_999_999 }),
      zones,
      (seconds, nanoseconds, zone) => {
        const layout = '2006-01-02T15:04:05.999999999Z07:00';
        const read = parseTime(layout, formatTime(new GoTime(seconds, nanoseconds, zone), layout), zone);
        expect([read.seconds, read.nanoseconds]).toEqual([seconds, nanoseconds]);
      },
    ),
    { seed: 1 },
  );
});

test('the calendar is its own inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (seconds) => {
      expect(secondsFromCivil(civilFromSeconds(seconds))).toBe(seconds);
    }),
    { seed: 1 },
  );
});

test('times as values', () => {
  expect(formatTimeValue(new GoTime(1700000000, 5e8, utcZone, 12_345_678))).toBe(
    '2023-11-14 22:13:20.5 +0000 UTC m=+0.012345678',
  );
  expect(toGoJson(new GoTime(1700000000, 5e8, utcZone))).toBe('"2023-11-14T22:13:20.5Z"');
  expect(() => toGoJson(new GoTime(253402300800, 0, utcZone))).toThrow(
    new GoError(
      'json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: year outside of range [0,9999]',
    ),
  );
});

test('zones', () => {
  expect(loadZone('')).toBe(utcZone);
  expect(localZone('Europe/Berlin').name).toBe('Local');
  expect(localZone('Europe/Berlin').at(0)).toEqual({ offset: 3600, abbreviation: 'CET' });
  expect(loadZone('America/Whitehorse').at(1_381_114_257).abbreviation).toBe('PDT');
  expect(loadZone('America/Whitehorse').at(1_700_000_000).abbreviation).toBe('MST');
  expect(() => loadZone('Mars/Olympus')).toThrow(new GoError('unknown time zone Mars/Olympus'));
  expect(() => loadZone('europe/berlin')).toThrow(new GoError('unknown time zone europe/berlin'));
  expect(() => loadZone('../etc/passwd')).toThrow(new GoError('time: invalid location name'));
});
