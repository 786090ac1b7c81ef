/**
 * Three-way strategic merge patches (Kubernetes' `CreateThreeWayMergePatch` with overwriting). Comes in: the object as it
 * was, as it shall be, as it is, and the merge rules of its kind. Goes out: a patch body; `{}` when nothing changes.
 */
import { isDeepStrictEqual } from 'node:util';
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
  const added = to.filter((item) => !from.includes(item));
  const removed = from.filter((item) => !to.includes(item));
  if (mode.finds === 'changes') {
    if (added.length > 0) patch[key] = added;
    if (!isDeepStrictEqual([...from], [...to])) patch[`$setElementOrder/${key}`] = to;
  } else if (removed.length > 0) {
    patch[`$deleteFromPrimitiveList/${key}`] = removed;
  }
}

function diffObjectLists(patch: Record<string, unknown>, key: string, pair: ListPair): void {
  const { mergeKey } = pair.rules;
  const items = pair.mode.finds === 'changes' ? changedItems(pair) : deletedItems(pair);
  if (items.length > 0) patch[key] = items;
  if (needsOrder(pair, items)) {
    patch[`$setElementOrder/${key}`] = pair.to.map((item) => ({ [mergeKey]: objectOf(item)?.[mergeKey] }));
  }
}

/** Items by their key; the first of equals counts. */
function byKey(list: readonly unknown[], mergeKey: string): ReadonlyMap<unknown, JsonObject> {
  return new Map(list.map((item) => [objectOf(item)?.[mergeKey], objectOf(item) ?? {}]));
}

function changedItems({ from, to, mode, rules: { mergeKey } }: ListPair): readonly JsonObject[] {
  const old = byKey(from, mergeKey);
  return to.flatMap((item) => {
    const object = objectOf(item) ?? {};
    const before = old.get(object[mergeKey]);
    return before === undefined ? [object] : itemPatch(before, object, mode, mergeKey);
  });
}

function deletedItems({ from, to, mode, rules: { mergeKey } }: ListPair): readonly JsonObject[] {
  const wanted = byKey(to, mergeKey);
  const old = byKey(from, mergeKey);
  const inner = [...wanted].flatMap(([id, object]) => {
    const before = old.get(id);
    return before === undefined ? [] : itemPatch(before, object, mode, mergeKey);
  });
  const gone = [...old.keys()].filter((id) => !wanted.has(id));
  return [...inner, ...gone.map((id) => ({ $patch: 'delete', [mergeKey]: id }))];
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

/** The order is stated with every change of a list, and when nothing but the order differs. */
function needsOrder(
  { from, to, mode, rules: { mergeKey } }: ListPair,
  items: readonly JsonObject[],
): boolean {
  if (mode.finds === 'deletions') return false;
  const ids = (list: readonly unknown[]): unknown[] => list.map((item) => objectOf(item)?.[mergeKey] ?? null);
  const known = new Set(ids(from));
  const kept = ids(from).filter((id) => ids(to).includes(id));
  return (
    items.length > 0 ||
    !isDeepStrictEqual(
      kept,
      ids(to).filter((id) => known.has(id)),
    )
  );
}

/** Lays `changes` over `deletions`; both are patches of one object. */
function joinPatches(
  deletions: JsonObject,
  changes: JsonObject,
  schema: PatchSchema | undefined,
): JsonObject {
  const joined: Record<string, unknown> = { ...deletions };
  for (const [key, change] of Object.entries(changes)) {
    joined[key] = key in deletions ? joinValues(deletions[key], change, schema?.field(key)) : change;
  }
  for (const [key, value] of Object.entries(joined)) {
    const order = joined[`$setElementOrder/${key}`];
    const mergeKey = schema?.field(key)?.rules.mergeKey ?? '';
    if (Array.isArray(value) && Array.isArray(order)) joined[key] = inOrder(value, order, mergeKey);
  }
  return joined;
}

/** The server wants items in the order it is told; those to be deleted have no place in it. */
function inOrder(items: readonly unknown[], order: readonly unknown[], mergeKey: string): readonly unknown[] {
  const idOf = (item: unknown): unknown => objectOf(item)?.[mergeKey] ?? item;
  const ranks = new Map(order.map((item, rank) => [idOf(item), rank]));
  const rank = (item: unknown): number => ranks.get(idOf(item)) ?? -1;
  return [...items].sort((a, b) => rank(a) - rank(b));
}

function joinValues(deletion: unknown, change: unknown, field: Field): unknown {
  const [a, b] = [objectOf(deletion), objectOf(change)];
  if (a !== undefined && b !== undefined) return joinPatches(a, b, field?.schema);
  if (!Array.isArray(deletion) || !Array.isArray(change)) return change;
  return joinLists(deletion, change, field);
}

function joinLists(
  deletion: readonly unknown[],
  change: readonly unknown[],
  field: Field,
): readonly unknown[] {
  const mergeKey = field?.rules.mergeKey ?? '';
  const changed = new Map(change.map((item) => [objectOf(item)?.[mergeKey], item]));
  const joined = deletion.map((item) => {
    const id = objectOf(item)?.[mergeKey];
    const other = changed.get(id);
    changed.delete(id);
    return other === undefined
      ? item
      : joinPatches(objectOf(item) ?? {}, objectOf(other) ?? {}, field?.schema);
  });
  return [...joined, ...changed.values()];
}
