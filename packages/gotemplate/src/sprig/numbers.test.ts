import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('conversions', () => {
  test.each([
    [
      '{{ int "08" }} {{ int "010" }} {{ int "0x1F" }} {{ int "12.00" }} {{ int "4.5" }} {{ int 3.9 }} {{ int true }} {{ int nil }} {{ int (list) }}',
      '0 8 31 12 0 3 1 0 0',
    ],
    [
      '{{ atoi "010" }} {{ atoi "+7" }} {{ atoi "1_0" }} {{ atoi "99999999999999999999" }} {{ atoi "-99999999999999999999" }} {{ atoi " 1" }}',
      '10 7 0 9223372036854775807 -9223372036854775808 0',
    ],
    [
      '{{ int64 1e19 }} {{ int64 "9223372036854775808" }} {{ float64 "1.5" }} {{ float64 "0x10" }} {{ float64 "inf" }}',
      '-9223372036854775808 0 1.5 0 +Inf',
    ],
    ['{{ toDecimal 0777 }} {{ toDecimal "777" }} {{ toDecimal "8" }} {{ toDecimal 1e6 }}', '329 511 0 0'],
    [
      '{{ typeOf (int 1) }} {{ typeOf (add 1) }} {{ typeOf (floor 1) }} {{ typeOf (atoi "1") }}',
      'int int64 float64 int',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('integers', () => {
  test.each([
    [
      '{{ add 1 2.9 "3" }} {{ add }} {{ add1 5 }} {{ sub 1 2 }} {{ mul 2 3 4 }} {{ div 7 -2 }} {{ mod -7 2 }}',
      '6 0 6 -1 24 -3 -1',
    ],
    [
      '{{ add 9223372036854775807 1 }} {{ mul 9223372036854775807 3 }} {{ sub -9223372036854775808 1 }}',
      '-9223372036854775808 9223372036854775805 9223372036854775807',
    ],
    [
      '{{ div -9223372036854775808 -1 }} {{ div 9007199254740993 1 }}',
      '-9223372036854775808 9007199254740993',
    ],
    [
      '{{ div 1 0 }}',
      'template: t:1:3: executing "t" at <div 1 0>: error calling div: runtime error: integer divide by zero',
    ],
    [
      '{{ mod 1 0 }}',
      'template: t:1:3: executing "t" at <mod 1 0>: error calling mod: runtime error: integer divide by zero',
    ],
    ['{{ max 1 5.9 3 }} {{ biggest 1 2 }} {{ min 2 -1.5 }}', '5 2 -1'],
    [
      '{{ until 3 }} {{ until -3 }} {{ until 0 }} {{ untilStep 0 6 2 }} {{ untilStep 3 0 -1 }} {{ untilStep 0 3 -1 }} {{ untilStep 0 3 0 }}',
      '[0 1 2] [0 -1 -2] [] [0 2 4] [3 2 1] [] []',
    ],
    [
      '{{ seq 5 }}|{{ seq 0 }}|{{ seq -2 }}|{{ seq 1 3 }}|{{ seq 3 1 }}|{{ seq 0 2 10 }}|{{ seq 3 -1 0 }}|{{ seq 3 1 0 }}|{{ seq }}|{{ seq 1 2 3 4 }}|',
      '1 2 3 4 5|1 0|1 0 -1 -2|1 2 3|3 2 1|0 2 4 6 8 10|3 2 1 0||||',
    ],
    ['{{ typeOf (until 1) }} {{ toJson (until 2) }}', '[]int [0,1]'],
    [
      '{{ until 2.0 }} {{ until (int64 2) }}',
      'template: t:1:32: executing "t" at <2>: wrong type for value; expected int; got int64',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('floats', () => {
  test.each([
    [
      '{{ addf 0.1 0.2 }} {{ add1f 1.5 }} {{ subf 3 0.1 }} {{ mulf 1.1 3 }} {{ divf 2 3 }} {{ divf -1 3 }} {{ mulf -1 0 }}',
      '0.3 2.5 2.9 3.3 0.6666666666666667 -0.3333333333333333 0',
    ],
    [
      '{{ divf 1 0 }}',
      'template: t:1:3: executing "t" at <divf 1 0>: error calling divf: decimal division by 0',
    ],
    [
      '{{ addf (float64 "inf") }}',
      'template: t:1:3: executing "t" at <addf (float64 "inf")>: error calling addf: Cannot create a Decimal from +Inf',
    ],
    [
      '{{ addf (float64 "nan") 1 }}',
      'template: t:1:3: executing "t" at <addf (float64 "nan") 1>: error calling addf: Cannot create a Decimal from NaN',
    ],
    ['{{ floor 1.9 }} {{ floor -1.1 }} {{ ceil 1.1 }} {{ ceil 1000000.5 }}', '1 -2 2 1.000001e+06'],
    [
      '{{ round 123.5555 3 }} {{ round -2.5 0 }} {{ round -1.4 0 }} {{ round 2.5 0 }} {{ round 123.5555 3 0.6 }} {{ round 1234 -2 }}',
      '123.556 -3 -2 3 123.555 1200',
    ],
    [
      '{{ maxf 1 2.5 "3.25" }} {{ minf 1 -0.5 }} {{ maxf (float64 "nan") 1 }} {{ maxf (float64 "nan") (float64 "inf") }} {{ minf (float64 "nan") (float64 "-inf") }}',
      '3.25 -0.5 NaN +Inf -Inf',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
