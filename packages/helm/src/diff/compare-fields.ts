import { compareStrings } from '@flotilla/gocompat';
import { mergePatch } from '../cluster/json-merge.ts';
import { type JsonObject, objectOf } from '../cluster/json-object.ts';

/**
 * Two objects field by field, as the `structured` layout of helm-diff 3.15.11 sees them: from their JSON merge patch, lists
 * index by index. In: plain JSON. Out: changes with their paths. Not its business: layouts, whole objects that come or go.
 */

export interface FieldChange {
  readonly path: readonly string[];
  readonly change: 'add' | 'remove' | 'replace';
  /** Null or undefined where there is nothing to tell. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Thrown for lists whose items helm-diff cannot tell apart: it then names the object only. */
export class IncomparableItems extends Error {
  override readonly name = 'IncomparableItems';
}

/** What changed, keys in Go's order. Throws {@link IncomparableItems}. */
export function compareFields(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  return walk(mergePatch(before, after), { path: [], before, after });
}

/** A place in both objects. */
interface Place {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

function walk(patch: unknown, place: Place): readonly FieldChange[] {
  if (Array.isArray(patch)) return walkItems(place);
  const members = objectOf(patch);
  if (members === undefined) return fieldChange(patch, place);
  return Object.keys(members)
    .sort(compareStrings)
    .flatMap((key) => walk(members[key], memberOf(place, key)));
}

function memberOf({ path, before, after }: Place, key: string): Place {
  return { path: [...path, key], before: objectOf(before)?.[key], after: objectOf(after)?.[key] };
}

function fieldChange(patch: unknown, place: Place): readonly FieldChange[] {
  const { path, before, after } = place;
  if (patch === null) return [{ path, change: 'remove', before, after: undefined }];
  if (isNothing(before)) return [{ path, change: 'add', before: undefined, after }];
  return isSame(before, after) ? [] : [{ ...place, change: 'replace' }];
}

function walkItems({ path, before, after }: Place): readonly FieldChange[] {
  const old = Array.isArray(before) ? before : [];
  const next = Array.isArray(after) ? after : [];
  return Array.from({ length: Math.max(old.length, next.length) }).flatMap((_, index) =>
    compareItems({ path: [...path, String(index)], before: old[index], after: next[index] }),
  );
}

function compareItems(place: Place): readonly FieldChange[] {
  const { path, before, after } = place;
  if (isNothing(before)) return isNothing(after) ? [] : [{ path, change: 'add', before: undefined, after }];
  if (isNothing(after)) return [{ path, change: 'remove', before, after: undefined }];
  if (isSame(before, after)) return [];
  if (typeof before !== 'object' && typeof after !== 'object') return [{ ...place, change: 'replace' }];
  return walk(itemPatch(before, after), place);
}

/** The merge patch of two items: of objects, or of lists of as many objects. */
function itemPatch(before: unknown, after: unknown): unknown {
  const [old, next] = [objectOf(before), objectOf(after)];
  if (old !== undefined && next !== undefined) return mergePatch(old, next);
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.map((item: unknown, index) => {
      if (objectOf(item) === undefined || objectOf(after[index]) === undefined) throw new IncomparableItems();
      return null;
    });
  }
  throw new IncomparableItems();
}

function isSame(before: unknown, after: unknown): boolean {
  return Object.keys(mergePatch({ value: before }, { value: after })).length === 0;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
