import { describe, expect, test } from 'vitest';
import { render } from './testing.ts';

describe('semver', () => {
  test.each([
    [
      '{{ semver "v1.2" }} {{ (semver "v1.2").Original }} {{ (semver "1.2.3-beta.1+b5").Prerelease }} {{ (semver "1.2.3-beta.1+b5").Metadata }}',
      '1.2.0 v1.2 beta.1 b5',
    ],
    [
      '{{ $v := semver "1.2.3-rc.1" }}{{ $v.Major }} {{ $v.Minor }} {{ $v.Patch }} {{ $v.IncMajor }} {{ $v.IncMinor }} {{ $v.IncPatch }} {{ $v.IncPatch.IncPatch }} {{ typeOf $v }} {{ kindOf $v }} {{ typeOf $v.Major }}',
      '1 2 3 2.0.0 1.3.0 1.2.3 1.2.4 *semver.Version ptr uint64',
    ],
    [
      '{{ $a := semver "1.2.3" }}{{ $b := semver "1.10.0" }}{{ $a.Compare $b }} {{ $a.LessThan $b }} {{ $a.GreaterThan $b }} {{ $a.Equal $a }} {{ $b.GreaterThanEqual $a }} {{ $b.LessThanEqual $a }}',
      '-1 true false true true false',
    ],
    [
      '{{ (semver "1.2.3").SetPrerelease "beta" }} {{ (semver "1.2.3").SetMetadata "x" }}',
      '1.2.3-beta 1.2.3+x',
    ],
    [
      '{{ (semver "1.2.3").SetPrerelease "b_" }}',
      'template: t:1:19: executing "t" at <(semver "1.2.3").SetPrerelease>: error calling SetPrerelease: invalid prerelease string',
    ],
    ['{{ semver "01.2.3" }} {{ semver "99999999999.0.0" }}', '1.2.3 99999999999.0.0'],
    [
      '{{ semver "1.2.3.4" }}',
      'template: t:1:3: executing "t" at <semver "1.2.3.4">: error calling semver: invalid semantic version',
    ],
    [
      '{{ semver "" }}',
      'template: t:1:3: executing "t" at <semver "">: error calling semver: invalid semantic version',
    ],
    [
      '{{ semver "1.2.3-01" }}',
      'template: t:1:3: executing "t" at <semver "1.2.3-01">: error calling semver: version segment starts with 0',
    ],
    [
      '{{ semver "1.99999999999999999999" }}',
      'template: t:1:3: executing "t" at <semver "1.99999999999999999999">: error calling semver: error parsing version segment: strconv.ParseUint: parsing "99999999999999999999": value out of range',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('semverCompare', () => {
  test.each([
    [
      '{{ semverCompare "^1.2.0" "v1.3.0" }} {{ semverCompare "~1.2" "1.3.0" }} {{ semverCompare ">=1.19-0" "1.19.5-gke.1" }} {{ semverCompare ">=1.19" "1.19.5-gke.1" }} {{ semverCompare "<1.2 || >=2" "2.0.0" }} {{ semverCompare "1.2 - 2" "2.9.9" }} {{ semverCompare "1.x" "1.9.0" }} {{ semverCompare "!=1.2.3" "1.2.4" }}',
      'true false true false true true true true',
    ],
    [
      '{{ semverCompare "" "1.0.0" }}',
      'template: t:1:3: executing "t" at <semverCompare "" "1.0.0">: error calling semverCompare: improper constraint: ""',
    ],
    [
      '{{ semverCompare ">>1" "1.0.0" }}',
      'template: t:1:3: executing "t" at <semverCompare ">>1" "1.0.0">: error calling semverCompare: improper constraint: ">>1"',
    ],
    [
      '{{ semverCompare "bad" "also bad" }}',
      'template: t:1:3: executing "t" at <semverCompare "bad" "also bad">: error calling semverCompare: improper constraint: "bad"',
    ],
    [
      '{{ semverCompare ">1" "x" }}',
      'template: t:1:3: executing "t" at <semverCompare ">1" "x">: error calling semverCompare: invalid semantic version',
    ],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});
