/** Laying an applied object over a live one, and taking out what its manager no longer applies. */
import { objectOf } from '../../json-object.ts';
import { anyType, fieldTypeOf, isGranular, type ListType, type ValueType } from '../schema/type-schema.ts';
import { elementOf, type FieldSet, isDeclared, isEmptySet } from './field-set.ts';

/** Maps and keyed lists are merged, everything else is replaced. */
export function mergeValues(live: unknown, applied: unknown, type: ValueType): unknown {
  if (applied === undefined) return live;
  if (type.kind === 'list') {
    const canMerge = type.relation !== 'atomic' && Array.isArray(live) && Array.isArray(applied);
    return canMerge ? mergeLists(live, applied, type) : applied;
  }
  const [a, b] = [objectOf(live), objectOf(applied)];
  if (a === undefined || b === undefined || !isGranular(type)) return applied;
  const result: Record<string, unknown> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    result[name] = mergeValues(a[name], value, fieldTypeOf(type, name) ?? anyType);
  }
  return result;
}

/** In the applied order; items only the live list has stay before those they stood before. */
function mergeLists(
  live: readonly unknown[],
  applied: readonly unknown[],
  type: ListType,
): readonly unknown[] {
  const elements = live.map((item) => elementOf(item, type));
  const wanted = new Set(applied.map((item) => elementOf(item, type)));
  const old = new Map(live.map((item, index) => [elements[index], item]));
  const result: unknown[] = [];
  let next = 0;
  const takeUnshared = (): void => {
    for (; next < live.length && !wanted.has(elements[next]); next += 1) result.push(live[next]);
  };
  for (const item of applied) {
    takeUnshared();
    const element = elementOf(item, type);
    result.push(mergeValues(old.get(element), item, type.items));
    if (next < live.length && elements[next] === element) next += 1;
    else if (old.has(element)) next = Math.max(next, skipShared(elements, next, wanted));
  }
  for (; next < live.length; next += 1) if (!wanted.has(elements[next])) result.push(live[next]);
  return result;
}

/** Out of order: what is shared is placed by the applied list alone. */
function skipShared(
  elements: readonly (string | undefined)[],
  from: number,
  wanted: ReadonlySet<string | undefined>,
): number {
  let next = from;
  while (next < elements.length && wanted.has(elements[next])) next += 1;
  return next;
}

export interface Pruning {
  readonly type: ValueType;
  /** What the manager applied last time. */
  readonly last: FieldSet;
  /** What anybody, this manager now included, owns. */
  readonly kept: FieldSet | undefined;
}

/** The value without what was applied last time and is owned by nobody now. */
export function pruneValue(value: unknown, { type, last, kept }: Pruning): unknown {
  if (Array.isArray(value) && type.kind === 'list') return pruneList(value, type, { type, last, kept });
  const object = objectOf(value);
  if (object === undefined) return value;
  const result: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(object)) {
    const memberType = fieldTypeOf(type, name) ?? anyType;
    const inner = stepInto(`f:${name}`, { type, last, kept }, memberType);
    if (inner === 'keep') result[name] = member;
    else if (inner !== 'drop') result[name] = pruneValue(member, inner);
  }
  return result;
}

function pruneList(value: readonly unknown[], type: ListType, pruning: Pruning): readonly unknown[] {
  return value.flatMap((item) => {
    const element = elementOf(item, type);
    const inner = element === undefined ? 'keep' : stepInto(element, pruning, type.items);
    if (inner === 'keep') return [item];
    return inner === 'drop' ? [] : [pruneValue(item, inner)];
  });
}

function stepInto(element: string, pruning: Pruning, type: ValueType): Pruning | 'keep' | 'drop' {
  const last = pruning.last.children.get(element);
  if (last === undefined) return 'keep';
  const kept = pruning.kept?.children.get(element);
  const isWhole = last.isMember || isDeclared(pruning.type, element);
  return isEmptySet(kept) && isWhole ? 'drop' : { type, last, kept };
}
