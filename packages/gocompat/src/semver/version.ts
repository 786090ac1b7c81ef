/**
 * Versions as Masterminds/semver 3.5 reads them: `v` prefixes, missing parts and leading zeros are accepted. Comes in:
 * text; goes out: a Version, its order, its text, its successors.
 */
import { numberError } from '../strconv/parse-integer.ts';
import { byteLength } from '../text.ts';
import { GoError } from '../value/go-struct.ts';

/** A part of a version: a uint64, as bigint when a number cannot hold it. */
export type VersionPart = number | bigint;

export interface Version {
  readonly major: VersionPart;
  readonly minor: VersionPart;
  readonly patch: VersionPart;
  /** Without the `-`; empty when there is none. */
  readonly prerelease: string;
  /** Without the `+`. */
  readonly metadata: string;
  /** The text it was parsed from. */
  readonly original: string;
}

const maxLength = 256;
const loose =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

const cache = new Map<string, Version>();
const cacheLimit = 2000;

/**
 * `semver.NewVersion`. Throws GoError: `invalid semantic version`, `version segment starts with 0` (a numeric part of
 * the prerelease), `error parsing version segment: …` (beyond 64 bits).
 */
export function parseVersion(text: string): Version {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (byteLength(text) > maxLength) throw tooLong();
  const match = loose.exec(text);
  if (match === null) throw new GoError('invalid semantic version');
  const [, major = '0', minor = '0', patch = '0', prerelease = '', metadata = ''] = match;
  const version = {
    major: looseSegment(major),
    minor: looseSegment(minor),
    patch: looseSegment(patch),
    prerelease,
    metadata,
    original: text,
  };
  if (/(?:^|\.)0[0-9]+(?:\.|$)/.test(prerelease)) throw new GoError('version segment starts with 0');
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(text, version);
  return version;
}

function tooLong(): GoError {
  return new GoError(`version string is too long (max ${maxLength} bytes)`);
}

function looseSegment(digits: string): VersionPart {
  const value = segment(digits);
  if (value !== undefined) return value;
  throw new GoError(`error parsing version segment: ${numberError('ParseUint', digits, 'range').message}`);
}

/** The value of the digits, undefined beyond uint64. */
function segment(digits: string): VersionPart | undefined {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value;
  const exact = BigInt(digits);
  return exact < 1n << 64n ? exact : undefined;
}

/**
 * `semver.StrictNewVersion`: exactly three parts, no `v`, no leading zeros. Throws GoError, with more kinds of
 * problems than {@link parseVersion}.
 */
export function parseStrictVersion(text: string): Version {
  if (text === '') throw new GoError('version string empty');
  if (byteLength(text) > maxLength) throw tooLong();
  const [major, minor, ...others] = text.split('.');
  if (major === undefined || minor === undefined || others.length === 0) {
    throw new GoError('invalid semantic version');
  }
  const [beforeMetadata, metadata] = cut(others.join('.'), '+');
  if (metadata !== undefined) checkMetadata(metadata);
  const [patch, prerelease] = cut(beforeMetadata, '-');
  if (prerelease !== undefined) checkPrerelease(prerelease);
  for (const part of [major, minor, patch]) {
    if (!/^[0-9]*$/.test(part)) throw new GoError('invalid characters in version');
    if (/^0./.test(part)) throw new GoError('version segment starts with 0');
  }
  return {
    major: strictSegment(major),
    minor: strictSegment(minor),
    patch: strictSegment(patch),
    prerelease: prerelease ?? '',
    metadata: metadata ?? '',
    original: text,
  };
}

function strictSegment(digits: string): VersionPart {
  if (digits === '') throw numberError('ParseUint', digits, 'syntax');
  const value = segment(digits);
  if (value === undefined) throw numberError('ParseUint', digits, 'range');
  return value;
}

function cut(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function checkPrerelease(text: string): void {
  for (const part of text.split('.')) {
    if (!/^[0-9A-Za-z-]+$/.test(part)) throw new GoError('invalid prerelease string');
    if (/^0[0-9]+$/.test(part)) throw new GoError('version segment starts with 0');
  }
}

function checkMetadata(text: string): void {
  for (const part of text.split('.')) {
    if (!/^[0-9A-Za-z-]+$/.test(part)) throw new GoError('invalid metadata string');
  }
}

/** The version as `x.y.z-pre+meta`, without a `v`. */
export function formatVersion(version: Version): string {
  const { major, minor, patch, prerelease, metadata } = version;
  let text = `${major}.${minor}.${patch}`;
  if (prerelease !== '') text += `-${prerelease}`;
  return metadata === '' ? text : `${text}+${metadata}`;
}

/** The next major, minor or patch version; the next patch of a prerelease is its release. Keeps a leading `v`. */
export function incrementVersion(version: Version, part: 'major' | 'minor' | 'patch'): Version {
  const { major, minor, patch } = version;
  switch (part) {
    case 'major':
      return derive(version, {
        major: addOne(major, part),
        minor: 0,
        patch: 0,
        prerelease: '',
        metadata: '',
      });
    case 'minor':
      return derive(version, { minor: addOne(minor, part), patch: 0, prerelease: '', metadata: '' });
    case 'patch': {
      const next = version.prerelease === '' ? addOne(patch, part) : patch;
      return derive(version, { patch: next, prerelease: '', metadata: '' });
    }
  }
}

function addOne(value: VersionPart, part: string): VersionPart {
  const next = BigInt(value) + 1n;
  if (next >= 1n << 64n) throw new GoError(`${part} version increment would overflow uint64`);
  return next <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(next) : next;
}

/** `Version.SetPrerelease`. Throws GoError for what cannot be a prerelease. */
export function withPrerelease(version: Version, prerelease: string): Version {
  if (prerelease !== '') checkPrerelease(prerelease);
  return derive(version, { prerelease });
}

/** `Version.SetMetadata`. Throws GoError for what cannot be metadata. */
export function withMetadata(version: Version, metadata: string): Version {
  if (metadata !== '') checkMetadata(metadata);
  return derive(version, { metadata });
}

function derive(version: Version, changes: Partial<Version>): Version {
  const next = { ...version, ...changes };
  return { ...next, original: (version.original.startsWith('v') ? 'v' : '') + formatVersion(next) };
}

/** Order of precedence; build metadata does not count. -1, 0 or 1. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareParts(a.major, b.major) ||
    compareParts(a.minor, b.minor) ||
    compareParts(a.patch, b.patch) ||
    comparePrereleases(a.prerelease, b.prerelease)
  );
}

/** Order of two numeric parts. */
export function compareParts(a: VersionPart, b: VersionPart): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** Order of two prereleases; none comes after any. */
export function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  const partsA = a.split('.');
  const partsB = b.split('.');
  const length = Math.max(partsA.length, partsB.length);
  for (let i = 0; i < length; i += 1) {
    const order = compareIdentifiers(partsA[i] ?? '', partsB[i] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return -1;
  if (b === '') return 1;
  const numberA = /^[0-9]+$/.test(a) ? segment(a) : undefined;
  const numberB = /^[0-9]+$/.test(b) ? segment(b) : undefined;
  if (numberA === undefined && numberB === undefined) return a > b ? 1 : -1;
  if (numberB === undefined) return -1;
  if (numberA === undefined) return 1;
  return numberA > numberB ? 1 : -1;
}
