import { byteLength, compileRegexp } from '@flotilla/gocompat';
import { type DiffRecord, diffLines } from './line-diff.ts';
import { type ManifestObject, type ManifestObjects, sortedKeysOf } from './manifest-objects.ts';
import type { Ownership } from './ownership-changes.ts';
import { displaySecrets } from './redact-secrets.ts';

/**
 * Objects of two manifests to the list of changes helm-diff 3.15.11 reports, in its order (helmfile-cli.md §12.4).
 * Not its business: layouts, colours, context.
 */

export type ChangeKind = 'add' | 'remove' | 'modify' | 'modify-suppressed' | 'ownership';

export interface ObjectChange {
  readonly key: string;
  readonly kind: string;
  readonly change: ChangeKind;
  readonly records: readonly DiffRecord[];
  /** Texts as compared: secrets already without their values. Undefined for an absent side. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly beforeObject: ManifestObject | undefined;
  readonly afterObject: ManifestObject | undefined;
}

export interface CompareOptions {
  readonly secrets: 'redacted' | 'decoded' | 'shown';
  readonly stripTrailingCr: boolean;
  readonly suppressLines: readonly string[];
  /** A removed and an added object whose texts differ by less than this fraction count as one renamed object; 0 is off. */
  readonly findRenames: number;
  /** Objects that change their owner; reported first, and compared as they are in the cluster. */
  readonly ownership: readonly Ownership[];
}

export interface Comparison {
  readonly changes: readonly ObjectChange[];
  /** Before lines were suppressed; decides the exit code. */
  readonly hasChanges: boolean;
}

/** Compares object by object; equal texts cost one string comparison. */
export async function compareManifests(
  stored: ManifestObjects,
  after: ManifestObjects,
  options: CompareOptions,
): Promise<Comparison> {
  const before = withOwned(stored, options.ownership);
  const changes = options.ownership.map(ownershipChange);
  for (const key of sortedKeysOf(before)) {
    const old = before.get(key);
    const next = after.get(key);
    if (next === undefined || old?.content === next.content) continue;
    pushIf(changes, await compareObjects({ key, old, next, options }));
  }
  const removed = sortedKeysOf(before).filter((key) => !after.has(key));
  const added = sortedKeysOf(after).filter((key) => !before.has(key));
  const renamed = await findRenames({ before, after, removed, added, options });
  changes.push(...renamed.changes);
  for (const key of removed) {
    const old = before.get(key);
    if (renamed.keys.has(key) || old?.isKept === true) continue;
    pushIf(changes, await compareObjects({ key, old, next: undefined, options }));
  }
  for (const key of added) {
    if (!renamed.keys.has(key))
      pushIf(changes, await compareObjects({ key, old: undefined, next: after.get(key), options }));
  }
  return { changes: suppressLines(changes, options.suppressLines), hasChanges: changes.length > 0 };
}

function withOwned(stored: ManifestObjects, ownership: readonly Ownership[]): ManifestObjects {
  if (ownership.length === 0) return stored;
  return new Map([...stored, ...ownership.map(({ key, object }) => [key, object] as const)]);
}

function ownershipChange({ key, before, after }: Ownership): ObjectChange {
  const records: readonly DiffRecord[] = [
    { side: 'left', text: before },
    { side: 'right', text: after },
  ];
  const objects = { beforeObject: undefined, afterObject: undefined };
  return { key, kind: '', change: 'ownership', records, before, after, ...objects };
}

function pushIf(changes: ObjectChange[], change: ObjectChange | undefined): void {
  if (change !== undefined) changes.push(change);
}

interface ObjectPair {
  readonly key: string;
  readonly old: ManifestObject | undefined;
  readonly next: ManifestObject | undefined;
  readonly options: CompareOptions;
}

async function compareObjects({ key, old, next, options }: ObjectPair): Promise<ObjectChange | undefined> {
  const { before, after } = displayedTexts(old, next, options);
  const records = await diffLines(linesOf(before ?? '', options), linesOf(after ?? '', options));
  const change = old === undefined ? 'add' : next === undefined ? 'remove' : 'modify';
  if (change === 'modify' && records.every(({ side }) => side === 'common')) return undefined;
  const kind = (old ?? next)?.kind ?? '';
  return { key, kind, change, records, before, after, beforeObject: old, afterObject: next };
}

function displayedTexts(
  old: ManifestObject | undefined,
  next: ManifestObject | undefined,
  options: CompareOptions,
): { readonly before: string | undefined; readonly after: string | undefined } {
  const pair = { before: old?.content, after: next?.content };
  const isSecret =
    (old === undefined || old.kind === 'Secret') && (next === undefined || next.kind === 'Secret');
  return isSecret && options.secrets !== 'shown' ? displaySecrets(pair, options.secrets) : pair;
}

function linesOf(text: string, { stripTrailingCr }: CompareOptions): readonly string[] {
  const lines = text.split('\n');
  return stripTrailingCr ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines;
}

interface RenameSearch {
  readonly before: ManifestObjects;
  readonly after: ManifestObjects;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly options: CompareOptions;
}

interface Renames {
  readonly changes: readonly ObjectChange[];
  /** Keys of both sides that are taken. */
  readonly keys: ReadonlySet<string>;
}

async function findRenames(search: RenameSearch): Promise<Renames> {
  const changes: ObjectChange[] = [];
  const keys = new Set<string>();
  if (search.options.findRenames <= 0) return { changes, keys };
  for (const key of search.removed) {
    const old = search.before.get(key);
    if (old === undefined) continue;
    const best = await nearestAdded(old, search, keys);
    if (best === undefined) continue;
    changes.push(best.change);
    keys.add(key).add(best.key);
  }
  return { changes, keys };
}

interface Candidate {
  readonly key: string;
  readonly change: ObjectChange;
}

/** The added object with the smallest share of changed lines below the limit. */
async function nearestAdded(
  old: ManifestObject,
  { after, added, options }: RenameSearch,
  taken: ReadonlySet<string>,
): Promise<Candidate | undefined> {
  let best: Candidate | undefined;
  let limit = Math.fround(options.findRenames);
  for (const key of added) {
    const next = after.get(key);
    if (next === undefined || taken.has(key) || !isComparable(old, next)) continue;
    const change = await compareObjects({ key: old.key, old, next, options });
    if (change === undefined) continue;
    const changed = change.records.filter(({ side }) => side !== 'common').length;
    const fraction = Math.fround(changed / change.records.length);
    if (fraction >= limit) continue;
    limit = fraction;
    best = { key, change };
  }
  return best;
}

/** Secrets are compared without their values, so their lengths say nothing. */
function isComparable(old: ManifestObject, next: ManifestObject): boolean {
  if (old.kind !== next.kind || old.content === '' || next.content === '') return false;
  if (old.kind === 'Secret') return true;
  const ratio = Math.fround(byteLength(old.content) / byteLength(next.content));
  return ratio >= Math.fround(0.1) && ratio <= 10;
}

function suppressLines(
  changes: readonly ObjectChange[],
  patterns: readonly string[],
): readonly ObjectChange[] {
  if (patterns.length === 0) return changes;
  const compiled = patterns.map((pattern) => compileRegexp(pattern));
  return changes.map((each) => {
    const records = each.records.filter(({ text }) => !compiled.some((pattern) => pattern.matches(text)));
    if (records.some(({ side }) => side !== 'common')) return { ...each, records };
    return { ...each, records: [], change: each.change === 'modify' ? 'modify-suppressed' : each.change };
  });
}
