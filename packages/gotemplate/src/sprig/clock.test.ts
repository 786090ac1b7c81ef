import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('durations', () => {
  test.each([
    [
      '{{ duration "95" }} {{ duration (int64 3600) }} {{ duration 95 }} {{ duration "x" }} {{ duration nil }}',
      '1m35s 1h0m0s 0s 0s 0s',
    ],
    [
      '{{ durationRound "2h10m5s" }} {{ durationRound "60s" }} {{ durationRound "61s" }} {{ durationRound "24h" }} {{ durationRound "48h" }} {{ durationRound "-49h" }} {{ durationRound "2400h" }} {{ durationRound "9000h" }} {{ durationRound "bad" }} {{ durationRound (int64 1500000000) }} {{ durationRound 5 }}',
      '2h 60s 1m 24h 2d 2d 3mo 1y 0s 1s 0s',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('arithmetic', () => {
  test.each([
    [
      '{{ $t := toDate "2006-01-02" "2021-03-04" }}{{ dateModify "-1.5h" $t }} {{ date_modify "1ns" $t }} {{ dateModify "bad" $t }} {{ mustDateModify "24h" $t | unixEpoch }}',
      '2021-03-03 22:30:00 +0000 UTC 2021-03-04 00:00:00.000000001 +0000 UTC 2021-03-04 00:00:00 +0000 UTC 1614902400',
    ],
    [
      '{{ mustDateModify "5d" (toDate "2006" "2021") }}',
      'template: t:1:3: executing "t" at <mustDateModify "5d" (toDate "2006" "2021")>: error calling mustDateModify: time: unknown unit "d" in duration "5d"',
    ],
    [
      '{{ must_date_modify "5" (toDate "2006" "2021") }}',
      'template: t:1:3: executing "t" at <must_date_modify "5" (toDate "2006" "2021")>: error calling must_date_modify: time: missing unit in duration "5"',
    ],
    [
      '{{ mustDateModify "" (toDate "2006" "2021") }}',
      'template: t:1:3: executing "t" at <mustDateModify "" (toDate "2006" "2021")>: error calling mustDateModify: time: invalid duration ""',
    ],
    [
      '{{ dateModify "1h" 5 }}',
      'template: t:1:19: executing "t" at <5>: can\'t handle 5 for arg of type time.Time',
    ],
    ['{{ unixEpoch nil }}', 'template: t:1:13: executing "t" at <nil>: cannot assign nil to time.Time'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('relative to now', () => {
  test.each([
    ['{{ now | unixEpoch }}', '1704196800'],
    ['{{ ago (now | dateModify "-90.4s") }} {{ ago 1704193200 }} {{ ago "text" }}', '1m30s 1h0m0s 0s'],
    ['{{ durationRound (now | dateModify "-3h") }}', '3h'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
