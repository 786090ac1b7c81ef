/**
 * Three-way strategic merge patches (Kubernetes' `CreateThreeWayMergePatch` with overwriting). Comes in: the object as it
 * was, as it shall be, as it is, and the merge rules of its kind. Goes out: a patch body; `{}` when nothing changes.
 */
import { isDeepStrictEqual } from 'node:util';
import { compareStrings } from '@flotilla/gocompat';
import type { PatchRules, PatchSchema } from './cluster.ts';
import { type JsonObject, objectOf } from './json-object.ts';

export interface ThreeWayInput {
  readonly original: JsonObject;
  readonly modified: JsonObject;
  readonly current: JsonObject;
}

/** Additions and changes come from current → modified, deletions from original → modified. */
export function threeWayStrategicPatch(input: ThreeWayInput, schema: PatchSchema | undefined): JsonObject {
  const changes = diffObjects(input.current, input.modified, { schema, finds: 'changes' });
  const deletions = diffObjects(input.original, input.modified, { schema, finds: 'deletions' });
  return joinPatches(deletions, changes, schema);
}

interface DiffMode {
  readonly schema: PatchSchema | undefined;
  /** `changes` leaves alone what only `from` has, `deletions` reports nothing else. */
  readonly finds: 'changes' | 'deletions';
}

type Field = ReturnType<PatchSchema['field']>;

const noRules: PatchRules = { strategies: [], mergeKey: '' };

function diffObjects(from: JsonObject, to: JsonObject, mode: DiffMode): JsonObject {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(to)) {
    if (Object.hasOwn(from, key)) diffField(patch, key, { from: from[key], to: value, mode });
    else if (mode.finds === 'changes') patch[key] = value;
  }
  if (mode.finds === 'deletions') {
    for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch[key] = null;
  }
  return patch;
}

interface FieldPair {
  readonly from: unknown;
  readonly to: unknown;
  readonly mode: DiffMode;
}

function diffField(patch: Record<string, unknown>, key: string, { from, to, mode }: FieldPair): void {
  const field = mode.schema?.field(key);
  const rules = field?.rules ?? noRules;
  const inner: DiffMode = { schema: field?.schema, finds: mode.finds };
  const [fromObject, toObject] = [objectOf(from), objectOf(to)];
  if (fromObject !== undefined && toObject !== undefined) {
    diffTables(patch, key, { from: fromObject, to: toObject, mode: inner, rules });
  } else if (Array.isArray(from) && Array.isArray(to) && rules.strategies.includes('merge')) {
    diffLists(patch, key, { from, to, mode: inner, rules });
  } else if (mode.finds === 'changes' && !isDeepStrictEqual(from, to)) {
    patch[key] = to;
  }
}

interface TablePair {
  readonly from: JsonObject;
  readonly to: JsonObject;
  readonly mode: DiffMode;
  readonly rules: PatchRules;
}

function diffTables(patch: Record<string, unknown>, key: string, { from, to, mode, rules }: TablePair): void {
  if (rules.strategies.includes('replace')) {
    if (mode.finds === 'changes' && !isDeepStrictEqual(from, to)) patch[key] = { ...to, $patch: 'replace' };
    return;
  }
  const inner = diffObjects(from, to, mode);
  if (rules.strategies.includes('retainKeys')) addRetainKeys(inner, { from, to, mode });
  if (Object.keys(inner).length > 0) patch[key] = inner;
}

/** Unions such as `strategy` drop the members that the wanted form does not have. */
function addRetainKeys(
  inner: JsonObject,
  { from, to, mode }: { readonly from: JsonObject; readonly to: JsonObject; readonly mode: DiffMode },
): void {
  const isChanged = Object.keys(inner).length > 0 || Object.keys(from).some((key) => !Object.hasOwn(to, key));
  if (mode.finds === 'changes' && isChanged && !isDeepStrictEqual(from, to)) {
    (inner as Record<string, unknown>)['$retainKeys'] = Object.keys(to).sort();
  }
}

interface ListPair {
  readonly from: readonly unknown[];
  readonly to: readonly unknown[];
  readonly mode: DiffMode;
  readonly rules: PatchRules;
}

function diffLists(patch: Record<string, unknown>, key: string, pair: ListPair): void {
  const isOfObjects = [...pair.from, ...pair.to].some((item) => objectOf(item) !== undefined);
  if (isOfObjects) diffObjectLists(patch, key, pair);
  else diffScalarLists(patch, key, pair);
}

function diffScalarLists(patch: Record<string, unknown>, key: string, { from, to, mode }: ListPair): void {
  const added = new Set(to.filter((item) => !from.includes(item)));
  const removed = from.filter((item) => !to.includes(item));
  if (mode.finds === 'changes') {
    if (added.size > 0) patch[key] = [...added];
    if (!isDeepStrictEqual([...from], [...to])) patch[`$setElementOrder/${key}`] = to;
  } else if (removed.length > 0) {
    patch[`$deleteFromPrimitiveList/${key}`] = removed;
  }
}

function diffObjectLists(patch: Record<string, unknown>, key: string, pair: ListPair): void {
  const { from, to, mode, rules } = pair;
  if (from.length === 0) {
    if (to.length > 0 && mode.finds === 'changes') patch[key] = to;
    return;
  }
  const { mergeKey } = rules;
  const ids = (list: readonly unknown[]): unknown[] => list.map((item) => objectOf(item)?.[mergeKey]);
  const items = inOrder(itemPatches(pair), to, mergeKey);
  const isOrderSame = mode.finds === 'deletions' || isDeepStrictEqual(ids(from), ids(to));
  if (items.length > 0) patch[key] = items;
  if (items.length > 0 || !isOrderSame) {
    patch[`$setElementOrder/${key}`] = ids(to).map((id) => ({ [mergeKey]: id }));
  }
}

interface KeyedItem {
  readonly id: string;
  readonly item: JsonObject;
}

/** Sorted by key, the last of equals first: how Go's sort leaves them, and which of two ports 53 meets which. */
function sortedByKey(list: readonly unknown[], mergeKey: string): readonly KeyedItem[] {
  const items = list.map((each) => objectOf(each) ?? {});
  const keyed = items.map((item) => ({ id: String(item[mergeKey]), item })).reverse();
  return keyed.sort((a, b) => compareStrings(a.id, b.id));
}

type ItemPair = readonly [before: JsonObject | undefined, after: JsonObject | undefined];

/** Both lists are walked by key at once; what has no partner stands alone. */
function pairsByKey(from: readonly unknown[], to: readonly unknown[], mergeKey: string): readonly ItemPair[] {
  const [old, wanted] = [sortedByKey(from, mergeKey), sortedByKey(to, mergeKey)];
  const pairs: ItemPair[] = [];
  for (let i = 0, j = 0; i < old.length || j < wanted.length; ) {
    const order = compareKeys(old[i], wanted[j]);
    pairs.push([order > 0 ? undefined : old[i]?.item, order < 0 ? undefined : wanted[j]?.item]);
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return pairs;
}

/** A list that has ended comes after everything. */
function compareKeys(left: KeyedItem | undefined, right: KeyedItem | undefined): number {
  if (left === undefined) return 1;
  return right === undefined ? -1 : compareStrings(left.id, right.id);
}

function itemPatches({ from, to, mode, rules: { mergeKey } }: ListPair): readonly JsonObject[] {
  return pairsByKey(from, to, mergeKey).flatMap(([before, after]): readonly JsonObject[] => {
    if (before !== undefined && after !== undefined) return itemPatch(before, after, mode, mergeKey);
    if (mode.finds === 'changes') return after === undefined ? [] : [after];
    return before === undefined ? [] : [{ $patch: 'delete', [mergeKey]: before[mergeKey] }];
  });
}

function itemPatch(
  before: JsonObject,
  after: JsonObject,
  mode: DiffMode,
  mergeKey: string,
): readonly JsonObject[] {
  const inner = diffObjects(before, after, mode);
  return Object.keys(inner).length === 0 ? [] : [{ ...inner, [mergeKey]: after[mergeKey] }];
}

/** Lays `changes` over `deletions`; both are patches of one object. */
function joinPatches(
  deletions: JsonObject,
  changes: JsonObject,
  schema: PatchSchema | undefined,
): JsonObject {
  const joined: Record<string, unknown> = { ...deletions };
  for (const [key, change] of Object.entries(changes)) {
    const isDirective = key.startsWith('$');
    joined[key] =
      key in deletions && !isDirective ? joinValues(deletions[key], change, schema?.field(key)) : change;
  }
  for (const [key, value] of Object.entries(joined)) {
    const order = joined[`$setElementOrder/${key}`];
    const mergeKey = schema?.field(key)?.rules.mergeKey ?? '';
    if (Array.isArray(value) && Array.isArray(order)) joined[key] = inOrder(value, order, mergeKey);
  }
  return joined;
}

/** The server wants items in the order it is told; those to be deleted have no place in it and come last. */
function inOrder<T>(items: readonly T[], order: readonly unknown[], mergeKey: string): readonly T[] {
  const idOf = (item: unknown): unknown => objectOf(item)?.[mergeKey] ?? item;
  const ranks = new Map(order.map((item, rank) => [idOf(item), rank] as const).reverse());
  const rank = (item: unknown): number => ranks.get(idOf(item)) ?? order.length;
  return [...items].sort((a, b) => rank(a) - rank(b));
}

function joinValues(deletion: unknown, change: unknown, field: Field): unknown {
  const [a, b] = [objectOf(deletion), objectOf(change)];
  if (a !== undefined && b !== undefined) return joinPatches(a, b, field?.schema);
  if (!Array.isArray(deletion) || !Array.isArray(change)) return change;
  return joinLists(deletion, change, field);
}

/** Items of one key become one, whichever list they are from. */
function joinLists(
  deletion: readonly unknown[],
  change: readonly unknown[],
  field: Field,
): readonly unknown[] {
  const mergeKey = field?.rules.mergeKey ?? '';
  const joined = deletion.map((item) => objectOf(item) ?? {});
  for (const item of change) {
    const next = objectOf(item) ?? {};
    const index = joined.findIndex((each) => each[mergeKey] === next[mergeKey]);
    if (index === -1) joined.push(next);
    else joined[index] = joinPatches(joined[index] ?? {}, next, field?.schema);
  }
  return joined;
}
