import { compareParts, comparePrereleases, compareVersions, type Version } from './version.ts';

/** One comparison of a constraint, such as `>=1.2`. */
export interface ConstraintTerm {
  readonly operator: string;
  /** The version as written, for messages. */
  readonly original: string;
  /** The first part that is missing or a wildcard; the parts from there on are zero in `version`. */
  readonly open: 'major' | 'minor' | 'patch' | 'none';
  readonly version: Version;
}

export const prereleaseRefused =
  '%v is a prerelease version and the constraint is only looking for release versions';
const less = '%v is less than %c';
const lessOrEqual = '%v is less than or equal to %c';
const greater = '%v is greater than %c';
const greaterOrEqual = '%v is greater than or equal to %c';
const equal = '%v is equal to %c';
const notEqual = '%v is not equal to %c';
const otherMajor = '%v does not have same major version as %c';
const otherMajorMinor = '%v does not have same major and minor version as %c';
const otherMinor = '%v does not have same minor version as %c';
const otherMinorOfZero = `${otherMinor}. Expected minor versions to match when constraint major version is 0`;
const otherPatchOfZero =
  '%v does not equal %c. Expect version and constraint to equal when major and minor versions are 0';

/**
 * Why `version` fails `term`, as a text with `%v` for the version and `%c` for the constraint; undefined when it holds.
 * Whether prereleases are looked at at all is the group's business.
 */
export function checkTerm(term: ConstraintTerm, version: Version): string | undefined {
  switch (term.operator) {
    case '':
    case '=':
      if (term.open !== 'none') return checkTilde(term, version);
      return compareVersions(version, term.version) === 0 ? undefined : notEqual;
    case '!=':
      return checkNotEqual(term, version);
    case '>':
      return checkGreater(term, version);
    case '<':
      return compareVersions(version, term.version) < 0 ? undefined : greaterOrEqual;
    case '>=':
    case '=>':
      return compareVersions(version, term.version) >= 0 ? undefined : less;
    case '<=':
    case '=<':
      return checkLessOrEqual(term, version);
    case '^':
      return checkCaret(term, version);
    default:
      return checkTilde(term, version);
  }
}

function checkNotEqual({ open, version: bound }: ConstraintTerm, version: Version): string | undefined {
  if (open === 'none' || open === 'major') return compareVersions(version, bound) === 0 ? equal : undefined;
  if (compareParts(version.major, bound.major) !== 0) return undefined;
  if (open === 'minor') return equal;
  if (compareParts(version.minor, bound.minor) !== 0) return undefined;
  return comparePrereleases(version.prerelease, bound.prerelease) === 0 ? equal : undefined;
}

function checkGreater({ open, version: bound }: ConstraintTerm, version: Version): string | undefined {
  const major = compareParts(version.major, bound.major);
  if (open === 'minor' || open === 'patch') {
    if (major !== 0) return major > 0 ? undefined : lessOrEqual;
    if (open === 'minor') return lessOrEqual;
    return compareParts(version.minor, bound.minor) > 0 ? undefined : lessOrEqual;
  }
  return compareVersions(version, bound) > 0 ? undefined : lessOrEqual;
}

function checkLessOrEqual({ open, version: bound }: ConstraintTerm, version: Version): string | undefined {
  if (open === 'none') return compareVersions(version, bound) <= 0 ? undefined : greater;
  const major = compareParts(version.major, bound.major);
  if (major > 0) return greater;
  return major === 0 && open !== 'minor' && compareParts(version.minor, bound.minor) > 0
    ? greater
    : undefined;
}

function checkTilde({ open, version: bound }: ConstraintTerm, version: Version): string | undefined {
  if (compareVersions(version, bound) < 0) return less;
  const isZero = bound.major === 0 && bound.minor === 0 && bound.patch === 0;
  if (isZero && open !== 'minor' && open !== 'patch') return undefined;
  if (compareParts(version.major, bound.major) !== 0) return otherMajor;
  if (open !== 'minor' && compareParts(version.minor, bound.minor) !== 0) return otherMajorMinor;
  return undefined;
}

function checkCaret({ open, version: bound }: ConstraintTerm, version: Version): string | undefined {
  if (compareVersions(version, bound) < 0) return less;
  if (compareParts(version.major, bound.major) !== 0) return otherMajor;
  if (bound.major > 0 || open === 'minor') return undefined;
  if (bound.minor > 0 || open === 'patch') {
    return compareParts(version.minor, bound.minor) === 0 ? undefined : otherMinorOfZero;
  }
  if (version.minor > 0) return otherMinor;
  return compareParts(version.patch, bound.patch) === 0 ? undefined : otherPatchOfZero;
}
