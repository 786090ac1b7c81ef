/**
 * Version constraints as Masterminds/semver 3.5 reads them: `>=1.2 <2 || ~3.1`. Comes in: text; goes out: a
 * Constraint, whether a version satisfies it, and why not. npm's ranges differ in many places.
 */
import { quote } from '../strconv/quote.ts';
import { byteLength } from '../text.ts';
import { GoError } from '../value/go-struct.ts';
import { type ConstraintTerm, checkTerm, prereleaseRefused } from './constraint-term.ts';
import { formatVersion, parseVersion, type Version } from './version.ts';

/** Terms that must all hold. */
interface ConstraintGroup {
  readonly terms: readonly ConstraintTerm[];
  /** Some term names a prerelease, so that prereleases are looked at. */
  readonly hasPrerelease: boolean;
}

/** Alternatives, one of which must hold. */
export interface Constraint {
  readonly groups: readonly ConstraintGroup[];
}

const maxLength = 512;
const maxGroups = 32;
const blank = '[\\t\\n\\f\\r ]';
const operators = '=||!=|>|<|>=|=>|<=|=<|~|~>|\\^';
const suffix = '(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?';
const version = `v?[0-9|xX*]+(?:\\.[0-9|xX*]+)?(?:\\.[0-9|xX*]+)?${suffix}`;
const term = `(?:${operators})${blank}*(?:${version})${blank}*`;

const range = new RegExp(`${blank}*(${version})${blank}+-${blank}+(${version})${blank}*`, 'g');
const group = new RegExp(`^${blank}*${term}(?:(?:${blank}+|,${blank}*)${term})*$`);
const findTerm = new RegExp(`(?:${operators})${blank}*(?:${version})`, 'g');
const splitTerm = new RegExp(
  `^(${operators})${blank}*(v?([0-9|xX*]+)(\\.[0-9|xX*]+)?(\\.[0-9|xX*]+)?(-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?)$`,
);

const cache = new Map<string, Constraint>();
const cacheLimit = 500;

/** `semver.NewConstraint`, cached. Throws GoError (`improper constraint: "…"`; the empty text is one). */
export function parseConstraint(text: string): Constraint {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (byteLength(text) > maxLength)
    throw new GoError(`constraint string is too long (max ${maxLength} bytes)`);
  const alternatives = rewriteRanges(text).split('||');
  if (alternatives.length > maxGroups) throw new GoError(`too many constraint groups (max ${maxGroups})`);
  const parsed: Constraint = { groups: alternatives.map(parseGroup) };
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(text, parsed);
  return parsed;
}

/** `A - B` means `>= A, <= B`. */
function rewriteRanges(text: string): string {
  let rewritten = text;
  for (const [all, low, high] of text.matchAll(range)) {
    rewritten = rewritten.replace(all, () => `>= ${low}, <= ${high} `);
  }
  return rewritten;
}

function parseGroup(text: string): ConstraintGroup {
  if (!group.test(text)) throw new GoError(`improper constraint: ${quote(text)}`);
  const terms = (text.match(findTerm) ?? [text]).map(parseTerm);
  return { terms, hasPrerelease: terms.some((parsed) => parsed.version.prerelease !== '') };
}

function parseTerm(text: string): ConstraintTerm {
  const match = splitTerm.exec(text);
  if (match === null) throw new GoError(`improper constraint: ${quote(text)}`);
  const [, operator = '', original = '', major = '', minor = '', patch = '', prerelease = ''] = match;
  const open = openPart(major, minor, patch);
  const written = {
    major: `0.0.0${prerelease}`,
    minor: `${major}.0.0${prerelease}`,
    patch: `${major}${minor}.0${prerelease}`,
    none: original,
  }[open];
  try {
    return { operator, original, open, version: parseVersion(written) };
  } catch {
    throw new GoError('constraint parser error');
  }
}

/** The first part that is missing or a wildcard. */
function openPart(major: string, minor: string, patch: string): ConstraintTerm['open'] {
  if (isWildcard(major)) return 'major';
  if (minor === '' || isWildcard(minor.slice(1))) return 'minor';
  return patch === '' || isWildcard(patch.slice(1)) ? 'patch' : 'none';
}

function isWildcard(part: string): boolean {
  return part === 'x' || part === 'X' || part === '*';
}

/** Whether `version` satisfies `constraint` (`Constraints.Check`). */
export function satisfiesConstraint(constraint: Constraint, candidate: Version): boolean {
  return constraint.groups.some(({ terms, hasPrerelease }) => {
    if (candidate.prerelease !== '' && !hasPrerelease) return false;
    return terms.every((parsed) => checkTerm(parsed, candidate) === undefined);
  });
}

/** Why `candidate` does not satisfy `constraint`, in Masterminds' words; empty when it does (`Constraints.Validate`). */
export function explainMismatch(constraint: Constraint, candidate: Version): string[] {
  const reasons: string[] = [];
  const shown = quote(formatVersion(candidate));
  for (const { terms, hasPrerelease } of constraint.groups) {
    if (candidate.prerelease !== '' && !hasPrerelease) {
      const reason = prereleaseRefused.replace('%v', () => shown);
      if (!reasons.includes(reason)) reasons.push(reason);
      continue;
    }
    const failures = terms.flatMap((parsed) => {
      const reason = checkTerm(parsed, candidate);
      return reason === undefined
        ? []
        : [reason.replace('%v', () => shown).replace('%c', () => quote(parsed.original))];
    });
    if (failures.length === 0) return [];
    reasons.push(...failures);
  }
  return reasons;
}

/** The constraint as Masterminds prints it: terms joined by blanks, groups by ` || `. */
export function formatConstraint(constraint: Constraint): string {
  return constraint.groups
    .map(({ terms }) => terms.map((parsed) => parsed.operator + parsed.original).join(' '))
    .join(' || ');
}
