import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('layouts and zones', () => {
  test.each([
    [
      '{{ $t := mustToDate "2006-01-02T15:04:05Z07:00" "2021-03-04T05:06:07+02:00" }}{{ date "2006-01-02 15:04:05 MST" $t }} {{ htmlDate $t }} {{ unixEpoch $t }}',
      '2021-03-04 03:06:07 UTC 2021-03-04 1614827167',
    ],
    [
      '{{ $t := toDate "2006-01-02 15:04" "2021-07-04 05:06" }}{{ $t }} {{ dateInZone "15:04 MST -0700" $t "Europe/Berlin" }} {{ date_in_zone "15:04 MST" $t "No/Where" }} {{ dateInZone "15:04 MST" $t "" }} {{ htmlDateInZone $t "Asia/Tokyo" }}',
      '2021-07-04 05:06:00 +0000 UTC 07:06 CEST +0200 05:06 UTC 05:06 UTC 2021-07-04',
    ],
    [
      '{{ date "2006-01-02 15:04:05" 0 }} {{ date "2006" (int64 86400) }} {{ htmlDate 1e9 | hasPrefix "2" }}',
      '1970-01-01 00:00:00 1970 true',
    ],
    ['{{ toDate "2006-01-02" "bad" }}', '0001-01-01 00:00:00 +0000 UTC'],
    [
      '{{ mustToDate "2006-01-02" "2020-02-30" }}',
      'template: t:1:3: executing "t" at <mustToDate "2006-01-02" "2020-02-30">: error calling mustToDate: parsing time "2020-02-30": day out of range',
    ],
    [
      '{{ mustToDate "2006-01-02" "x" }}',
      'template: t:1:3: executing "t" at <mustToDate "2006-01-02" "x">: error calling mustToDate: parsing time "x" as "2006-01-02": cannot parse "x" as "2006"',
    ],
    [
      '{{ mustToDate "2006-01-02" "2020-01-02z" }}',
      'template: t:1:3: executing "t" at <mustToDate "2006-01-02" "2020-01-02z">: error calling mustToDate: parsing time "2020-01-02z": extra text: "z"',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
