import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GoError } from '../value/go-struct.ts';
import { explainMismatch, formatConstraint, parseConstraint, satisfiesConstraint } from './constraint.ts';
import {
  compareVersions,
  formatVersion,
  incrementVersion,
  parseStrictVersion,
  parseVersion,
  withMetadata,
  withPrerelease,
} from './version.ts';

const outcome = (run: () => string): string => {
  try {
    return run();
  } catch (error) {
    return (error as GoError).message;
  }
};

/** Text, loose reading, strict reading; recorded from Masterminds/semver 3.5.0. */
test.each([
  ['1.2.3', '1.2.3', '1.2.3'],
  ['v1.2', '1.2.0', 'invalid semantic version'],
  ['1', '1.0.0', 'invalid semantic version'],
  ['01.02.03', '1.2.3', 'version segment starts with 0'],
  ['1.2.3-alpha.1+build.5', '1.2.3-alpha.1+build.5', '1.2.3-alpha.1+build.5'],
  ['1-rc', '1.0.0-rc', 'invalid semantic version'],
  ['1.2.3-01', 'version segment starts with 0', 'version segment starts with 0'],
  ['1.2.3+01', '1.2.3+01', '1.2.3+01'],
  [' 1', 'invalid semantic version', 'invalid semantic version'],
  ['V1', 'invalid semantic version', 'invalid semantic version'],
  ['', 'invalid semantic version', 'version string empty'],
  ['1.2.3.4', 'invalid semantic version', 'invalid characters in version'],
  ['1.2.3-', 'invalid semantic version', 'invalid prerelease string'],
  ['1.2.3-é', 'invalid semantic version', 'invalid prerelease string'],
  ['18446744073709551615.0.0', '18446744073709551615.0.0', '18446744073709551615.0.0'],
  [
    '1.18446744073709551616.0',
    'error parsing version segment: strconv.ParseUint: parsing "18446744073709551616": value out of range',
    'strconv.ParseUint: parsing "18446744073709551616": value out of range',
  ],
  ['9007199254740993.1.0', '9007199254740993.1.0', '9007199254740993.1.0'],
])('version %s', (text, loose, strict) => {
  expect(outcome(() => formatVersion(parseVersion(text)))).toBe(loose);
  expect(outcome(() => formatVersion(parseStrictVersion(text)))).toBe(strict);
});

test('versions have an order', () => {
  const ascending =
    '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.10.0 9007199254740993.0.0 18446744073709551615.0.0'.split(
      ' ',
    );
  const versions = ascending.map(parseVersion);
  expect([...versions].reverse().sort(compareVersions)).toEqual(versions);
  expect(compareVersions(parseVersion('1.2.3+a'), parseVersion('v1.2.3+b'))).toBe(0);
});

test('successors keep the v', () => {
  const version = parseVersion('v1.2.3-rc.1+b');
  const parts = ['major', 'minor', 'patch'] as const;
  expect(parts.map((part) => incrementVersion(version, part).original)).toEqual([
    'v2.0.0',
    'v1.3.0',
    'v1.2.3',
  ]);
  expect(withPrerelease(version, 'x.1').original).toBe('v1.2.3-x.1+b');
  expect(withMetadata(version, '').original).toBe('v1.2.3-rc.1');
  expect(() => withPrerelease(version, '01')).toThrow(new GoError('version segment starts with 0'));
});

const candidates =
  '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b 1.3.0-beta 1.20.3-gke.1 2.0.0-alpha 2.5.0 3.0.0 5.0.0'.split(' ');

/** Which candidates a constraint admits, or its error; recorded from Masterminds/semver 3.5.0. */
test.each([
  ['', 'improper constraint: ""'],
  ['*', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b 2.5.0 3.0.0 5.0.0'],
  ['*-0', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b 1.3.0-beta 1.20.3-gke.1 2.0.0-alpha 2.5.0 3.0.0 5.0.0'],
  ['>0.0.0-0', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b 1.3.0-beta 1.20.3-gke.1 2.0.0-alpha 2.5.0 3.0.0 5.0.0'],
  ['1.2.3', '1.2.3 1.2.3+b'],
  ['=1.2', '1.2.3 1.2.3+b'],
  ['!=1.2', '0.0.0 0.0.3 0.2.9 1.0.0 2.5.0 3.0.0 5.0.0'],
  ['!=1.2.3', '0.0.0 0.0.3 0.2.9 1.0.0 2.5.0 3.0.0 5.0.0'],
  ['>1', '2.5.0 3.0.0 5.0.0'],
  ['>1.1', '1.2.3 1.2.3+b 2.5.0 3.0.0 5.0.0'],
  ['>1.2.3', '2.5.0 3.0.0 5.0.0'],
  ['<1.2', '0.0.0 0.0.3 0.2.9 1.0.0'],
  ['<=1', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b'],
  ['<=1.2', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b'],
  ['>=1.20.0-0', '1.20.3-gke.1 2.0.0-alpha 2.5.0 3.0.0 5.0.0'],
  ['~1', '1.0.0 1.2.3 1.2.3+b'],
  ['~1.2', '1.2.3 1.2.3+b'],
  ['~1.2.3', '1.2.3 1.2.3+b'],
  ['~>1.2', '1.2.3 1.2.3+b'],
  ['~0.0.0', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b 2.5.0 3.0.0 5.0.0'],
  ['~0', '0.0.0 0.0.3 0.2.9'],
  ['^1.2.3', '1.2.3 1.2.3+b'],
  ['^0.2.3', '0.2.9'],
  ['^0.0.3', '0.0.3'],
  ['^0.0', '0.0.0 0.0.3'],
  ['^0', '0.0.0 0.0.3 0.2.9'],
  ['^*', '0.0.0'],
  ['1 - 2', '1.0.0 1.2.3 1.2.3+b 2.5.0'],
  ['1.2 - 1.4.5 || 3', '1.2.3 1.2.3+b 3.0.0'],
  ['>=1, <2', '1.0.0 1.2.3 1.2.3+b'],
  ['>=1 <2', '1.0.0 1.2.3 1.2.3+b'],
  ['>=1<2', 'improper constraint: ">=1<2"'],
  ['=>1', '1.0.0 1.2.3 1.2.3+b 2.5.0 3.0.0 5.0.0'],
  ['=<2', '0.0.0 0.0.3 0.2.9 1.0.0 1.2.3 1.2.3+b 2.5.0'],
  ['1.2.3 || ', 'improper constraint: " "'],
  ['>= 1.2.3-alpha <2', '1.2.3 1.2.3+b 1.3.0-beta 1.20.3-gke.1 2.0.0-alpha'],
  ['^01', '1.0.0 1.2.3 1.2.3+b'],
  ['1.*.3', '1.0.0 1.2.3 1.2.3+b'],
  ['v1.2', '1.2.3 1.2.3+b'],
  ['>=1.2.3 foo', 'improper constraint: ">=1.2.3 foo"'],
  ['||', 'improper constraint: ""'],
  ['1||2||3.x', '1.0.0 1.2.3 1.2.3+b 2.5.0 3.0.0'],
])('constraint %s', (text, admitted) => {
  const admits = () => {
    const constraint = parseConstraint(text);
    return candidates.filter((version) => satisfiesConstraint(constraint, parseVersion(version))).join(' ');
  };
  expect(outcome(admits)).toBe(admitted);
});

test.each([
  ['>=2', '1.0.0', '"1.0.0" is less than "2"'],
  ['>2', '2.0.0', '"2.0.0" is less than or equal to "2"'],
  ['<2', '2.0.0', '"2.0.0" is greater than or equal to "2"'],
  ['<=2.1', '2.2.0', '"2.2.0" is greater than "2.1"'],
  ['1.2.3', '1.2.4', '"1.2.4" is not equal to "1.2.3"'],
  ['!=1.x', '1.2.4', '"1.2.4" is equal to "1.x"'],
  ['~1.2', '1.3.0', '"1.3.0" does not have same major and minor version as "1.2"'],
  ['~1', '2.0.0', '"2.0.0" does not have same major version as "1"'],
  ['^1', '2.0.0', '"2.0.0" does not have same major version as "1"'],
  [
    '^0.2.1',
    '0.3.0',
    '"0.3.0" does not have same minor version as "0.2.1". Expected minor versions to match when constraint major version is 0',
  ],
  ['^0.0.3', '0.1.0', '"0.1.0" does not have same minor version as "0.0.3"'],
  [
    '^0.0.3',
    '0.0.4',
    '"0.0.4" does not equal "0.0.3". Expect version and constraint to equal when major and minor versions are 0',
  ],
  [
    '>1 || <0.5',
    '1.0.0-rc',
    '"1.0.0-rc" is a prerelease version and the constraint is only looking for release versions',
  ],
  ['>1 <3 || =5', '4.0.0', '"4.0.0" is greater than or equal to "3" "4.0.0" is less than "5"'],
  ['^1', 'v1.5.0', ''],
])('%s refuses %s', (text, version, reasons) => {
  expect(explainMismatch(parseConstraint(text), parseVersion(version)).join(' ')).toBe(reasons);
});

test('reasons are given exactly when a version is refused', () => {
  const constraint = fc.constantFrom('^1', '~0.2', '>=1.2.3-0 <2', '!=1.1', '*', '<=1.2 || 3.x');
  const number = fc.nat({ max: 3 });
  fc.assert(
    fc.property(constraint, number, number, number, (text, major, minor, patch) => {
      const version = parseVersion(`${major}.${minor}.${patch}`);
      const parsed = parseConstraint(text);
      expect(explainMismatch(parsed, version).length === 0).toBe(satisfiesConstraint(parsed, version));
    }),
    { seed: 1 },
  );
});

test('a constraint prints its terms', () => {
  expect(formatConstraint(parseConstraint('1.2 - 2, !=1.9||^ 3'))).toBe('>=1.2 <=2 !=1.9 || ^3');
});
