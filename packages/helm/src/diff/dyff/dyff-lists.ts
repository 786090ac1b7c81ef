import {
  childPath,
  type DyffDetail,
  type DyffDifference,
  type DyffPath,
  resourceName,
} from './dyff-difference.ts';
import { type DyffNode, fieldValue, fingerprint, rawText, stringNode } from './dyff-node.ts';

/**
 * Lists as dyff compares them: by the name of their items where all have one, else as bags with an order.
 * In: two lists. Out: differences of the items both have, before them what was added, removed or moved.
 */

type Items = readonly DyffNode[];
/** Names an item; undefined when it has no name. */
type Namer = (item: DyffNode) => string | undefined;

const usualKeys: readonly string[] = ['name', 'key', 'id', 'manager'];
/** Other keys name items only in lists longer than this. */
const guessThreshold = 3;

export type CompareNodes = (path: DyffPath, from: DyffNode, to: DyffNode) => readonly DyffDifference[];

export interface Sides {
  readonly from: Items;
  readonly to: Items;
}

/** Compares two lists; `compare` is asked about items both have. */
export function compareLists(path: DyffPath, sides: Sides, compare: CompareNodes): readonly DyffDifference[] {
  const { from, to } = sides;
  if (from.length === 0 && to.length === 0) return [];
  const namer = namerFor(from, to);
  if (namer !== undefined) return compareNamed(path, sides, { namer, compare });
  const [onlyFrom, onlyTo] = [from[0], to[0]];
  if (from.length === 1 && to.length === 1 && onlyFrom !== undefined && onlyTo !== undefined)
    return compare(childPath(path, '0'), onlyFrom, onlyTo);
  return compareBags(path, from, to);
}

function namerFor(from: Items, to: Items): Namer | undefined {
  const usual = usualKeys.find((key) => isUniqueIn(key, from) && isUniqueIn(key, to));
  if (usual !== undefined) return nameByKey(usual);
  const guessed = guessKey(from, to);
  if (guessed !== undefined) return nameByKey(guessed);
  const areResources = [...from, ...to].every((item) => resourceName(item) !== undefined);
  return areResources ? resourceName : undefined;
}

function nameByKey(key: string): Namer {
  return (item) => {
    const value = fieldValue(item, key);
    return value === undefined ? undefined : rawText(value);
  };
}

function isUniqueIn(key: string, items: Items): boolean {
  const names = new Set(items.map(nameByKey(key)));
  return items.length > 0 && names.size === items.length && !names.has(undefined);
}

/** The first key, by name, that is a different string in every item of both lists. */
function guessKey(from: Items, to: Items): string | undefined {
  if (from.length <= guessThreshold) return undefined;
  const [first] = from;
  if (first?.kind !== 'map') return undefined;
  const keys = first.entries.map(({ key }) => key).sort();
  return keys.find(
    (key) => areAllStrings(key, [...from, ...to]) && isUniqueIn(key, from) && isUniqueIn(key, to),
  );
}

function areAllStrings(key: string, items: Items): boolean {
  return items.every((item) => {
    const value = fieldValue(item, key);
    return value?.kind === 'scalar' && value.type === 'string';
  });
}

interface Named {
  readonly namer: Namer;
  readonly compare: CompareNodes;
}

function compareNamed(
  path: DyffPath,
  { from, to }: Sides,
  { namer, compare }: Named,
): readonly DyffDifference[] {
  const toByName = byName(to, namer);
  const fromByName = byName(from, namer);
  const below = from.flatMap((item) => {
    const name = namer(item) ?? '';
    const other = toByName.get(name);
    return other === undefined ? [] : compare(childPath(path, name), item, other);
  });
  const namesOf = (items: Items, other: ReadonlyMap<string, DyffNode>): readonly string[] =>
    items.map((item) => namer(item) ?? '').filter((name) => other.has(name));
  const fromNames = namesOf(from, toByName);
  const toNames = namesOf(to, fromByName);
  const isMoved = fromNames.some((name, index) => toNames.lastIndexOf(name) !== index);
  return withOwn(path, below, {
    reordered: isMoved ? { from: fromNames.map(stringNode), to: toNames.map(stringNode) } : undefined,
    removed: from.filter((item) => !toByName.has(namer(item) ?? '')),
    added: to.filter((item) => !fromByName.has(namer(item) ?? '')),
  });
}

/** The first of several items with one name counts. */
function byName(items: Items, namer: Namer): ReadonlyMap<string, DyffNode> {
  const result = new Map<string, DyffNode>();
  for (const item of items) {
    const name = namer(item) ?? '';
    if (!result.has(name)) result.set(name, item);
  }
  return result;
}

interface OwnChanges {
  readonly reordered: Sides | undefined;
  readonly removed: Items;
  readonly added: Items;
}

/** Puts what happened to the list itself before what happened inside its items. */
function withOwn(
  path: DyffPath,
  below: readonly DyffDifference[],
  { reordered, removed, added }: OwnChanges,
): readonly DyffDifference[] {
  const details: DyffDetail[] = [];
  if (reordered !== undefined) details.push({ kind: 'reordered', ...reordered });
  if (removed.length > 0) details.push({ kind: 'removed', what: { kind: 'items', items: removed } });
  if (added.length > 0) details.push({ kind: 'added', what: { kind: 'items', items: added } });
  return details.length > 0 ? [{ path, details }, ...below] : below;
}

function compareBags(path: DyffPath, from: Items, to: Items): readonly DyffDifference[] {
  const fromPrints = from.map(itemPrint);
  const toPrints = to.map(itemPrint);
  const fromCounts = countsOf(fromPrints);
  const toCounts = countsOf(toPrints);
  const fromCommon = from.filter((_, index) => toCounts.has(fromPrints[index] ?? ''));
  const toCommon = to.filter((_, index) => fromCounts.has(toPrints[index] ?? ''));
  const isMoved =
    fromCommon.length === toCommon.length &&
    fromCommon.some((item, index) => {
      const other = toCommon[index];
      return other !== undefined && itemPrint(item) !== itemPrint(other);
    });
  return withOwn(path, [], {
    reordered: isMoved ? { from: fromCommon, to: toCommon } : undefined,
    removed: surplus(from, fromPrints, { own: fromCounts, other: toCounts }),
    added: surplus(to, toPrints, { own: toCounts, other: fromCounts }),
  });
}

/** Of items that are scalars the type counts, too. */
function itemPrint(item: DyffNode): string {
  return item.kind === 'scalar' ? `${item.type}/${item.value}` : fingerprint(item);
}

type Counts = ReadonlyMap<string, number>;

function countsOf(prints: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const print of prints) counts.set(print, (counts.get(print) ?? 0) + 1);
  return counts;
}

/** Items the other list lacks; of repeated ones as many as are missing, at the place of the first. */
function surplus(
  items: Items,
  prints: readonly string[],
  { own, other }: { readonly own: Counts; readonly other: Counts },
): Items {
  const done = new Set<string>();
  return items.flatMap((item, index) => {
    const print = prints[index] ?? '';
    const wanted = other.get(print) ?? 0;
    if (wanted === 0) return [item];
    const missing = (own.get(print) ?? 0) - wanted;
    if (missing <= 0 || done.has(print)) return [];
    done.add(print);
    return Array.from({ length: missing }, () => item);
  });
}
