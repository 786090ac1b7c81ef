/**
 * Sets of fields, as managedFields keeps them: trees of path elements (`f:spec`, `k:{"name":"web"}`, `v:"x"`). Comes in:
 * values with their types, or fieldsV1. Goes out: sets, their union, difference and overlap, and fieldsV1 again.
 */
import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, objectOf } from '../../json-object.ts';
import { anyType, fieldTypeOf, isGranular, type ListType, type ValueType } from '../schema/type-schema.ts';

export interface FieldSet {
  /** The place itself belongs to the set, not only what lies below. */
  readonly isMember: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const emptySet: FieldSet = { isMember: false, children: new Map() };
const leaf: FieldSet = { isMember: true, children: new Map() };

export function isEmptySet(set: FieldSet | undefined): boolean {
  return set === undefined || (!set.isMember && set.children.size === 0);
}

function node(isMember: boolean, children: ReadonlyMap<string, FieldSet>): FieldSet {
  return { isMember, children };
}

export function unionOf(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map(a.children);
  for (const [key, child] of b.children) {
    const mine = children.get(key);
    children.set(key, mine === undefined ? child : unionOf(mine, child));
  }
  return node(a.isMember || b.isMember, children);
}

export function differenceOf(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (mine, theirs) => mine && !theirs, true);
}

export function overlapOf(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (mine, theirs) => mine && theirs, false);
}

function combine(
  a: FieldSet,
  b: FieldSet,
  keeps: (mine: boolean, theirs: boolean) => boolean,
  keepsAlone: boolean,
): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [key, child] of a.children) {
    const other = b.children.get(key);
    if (other === undefined && !keepsAlone) continue;
    const result = other === undefined ? child : combine(child, other, keeps, keepsAlone);
    if (!isEmptySet(result)) children.set(key, result);
  }
  return node(keeps(a.isMember, b.isMember), children);
}

/** A set without some places and what lies below them. */
export function withoutPaths(set: FieldSet, paths: readonly (readonly string[])[]): FieldSet {
  return paths.reduce((result, path) => withoutPath(result, path), set);
}

function withoutPath(set: FieldSet, [head, ...rest]: readonly string[]): FieldSet {
  const child = head === undefined ? undefined : set.children.get(head);
  if (head === undefined || child === undefined) return set;
  const children = new Map(set.children);
  const left = rest.length === 0 ? emptySet : withoutPath(child, rest);
  if (isEmptySet(left)) children.delete(head);
  else children.set(head, left);
  return node(set.isMember, children);
}

export function setFromV1(value: unknown): FieldSet {
  const object = objectOf(value) ?? {};
  const children = new Map<string, FieldSet>();
  for (const [key, child] of Object.entries(object)) if (key !== '.') children.set(key, setFromV1(child));
  return node('.' in object || children.size === 0, children);
}

export function setToV1(set: FieldSet): JsonObject {
  const result: Record<string, unknown> = {};
  if (set.isMember && set.children.size > 0) result['.'] = {};
  for (const key of [...set.children.keys()].sort()) {
    const child = set.children.get(key);
    if (child !== undefined) result[key] = setToV1(child);
  }
  return result;
}

/** Every member as people read it: `.spec.containers[name="web"].image`. */
export function pathsOf(set: FieldSet, prefix = ''): readonly string[] {
  const below = [...set.children.keys()]
    .sort()
    .flatMap((key) => pathsOf(set.children.get(key) ?? emptySet, prefix + elementText(key)));
  return set.isMember ? [prefix, ...below] : below;
}

function elementText(element: string): string {
  const text = element.slice(2);
  if (element.startsWith('f:')) return `.${text}`;
  if (element.startsWith('v:')) return `[=${text}]`;
  const keys = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return `[${keys.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
}

/** Keys of lists that have a value of their own when they are left out. */
const keyDefaults: Readonly<Record<string, unknown>> = { protocol: 'TCP' };

/** What tells an item from its siblings; undefined when it lacks a key. */
export function elementOf(item: unknown, list: ListType): string | undefined {
  if (list.relation === 'set') return `v:${JSON.stringify(item)}`;
  const keys: Record<string, unknown> = {};
  for (const name of list.keys) {
    const value = objectOf(item)?.[name] ?? keyDefaults[name];
    if (value === undefined) return undefined;
    keys[name] = value;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** A value's parts that are owned one by one: path element, value, type; undefined when it is owned as a whole. */
export function partsOf(
  value: unknown,
  type: ValueType,
): readonly (readonly [element: string, value: unknown, type: ValueType])[] | undefined {
  if (type.kind === 'list') return Array.isArray(value) ? itemsOf(value, type) : undefined;
  const object = objectOf(value);
  if (object === undefined || !isGranular(type)) return undefined;
  return Object.entries(object).map(([name, member]) => [
    `f:${name}`,
    member,
    fieldTypeOf(type, name) ?? anyType,
  ]);
}

function itemsOf(
  list: readonly unknown[],
  type: ListType,
): readonly (readonly [string, unknown, ValueType])[] | undefined {
  if (type.relation === 'atomic') return undefined;
  return list.map((item, index) => [elementOf(item, type) ?? `i:${index}`, item, type.items]);
}

/** The fields an applied object lays claim to. */
export function claimedFields(value: unknown, type: ValueType): FieldSet {
  const parts = partsOf(value, type);
  if (parts?.length === 0 && type.kind === 'list') return emptySet;
  if (parts === undefined || parts.length === 0) return leaf;
  const children = new Map<string, FieldSet>();
  for (const [element, part, partType] of parts) {
    const inner = claimedFields(part, partType);
    const isOwn = !isDeclared(type, element);
    if (isOwn) children.set(element, node(true, inner.children));
    else if (!isEmptySet(inner)) children.set(element, inner);
  }
  return node(false, children);
}

/** Fields of structs need no mark of their own: they are there because of what is in them. */
export function isDeclared(type: ValueType, element: string): boolean {
  return type.kind === 'struct' && type.fields.has(element.slice(2));
}

export interface Comparison {
  /** Added or changed. */
  readonly changed: FieldSet;
  readonly removed: FieldSet;
}

export function compareValues(before: unknown, after: unknown, type: ValueType): Comparison {
  if (before === undefined) return { changed: allOf(after, type), removed: emptySet };
  if (after === undefined) return { changed: emptySet, removed: allOf(before, type) };
  const [old, now] = [partsOf(before ?? emptyOf(type), type), partsOf(after, type)];
  if (old === undefined || now === undefined) {
    return { changed: isDeepStrictEqual(before, after) ? emptySet : leaf, removed: emptySet };
  }
  return compareParts(old, now);
}

/** A list that is always there is null when it is empty. */
function emptyOf(type: ValueType): unknown {
  return type.kind === 'list' ? [] : null;
}

type Parts = NonNullable<ReturnType<typeof partsOf>>;

function compareParts(old: Parts, now: Parts): Comparison {
  const byElement = new Map(old.map((part) => [part[0], part]));
  const [changed, removed] = [new Map<string, FieldSet>(), new Map<string, FieldSet>()];
  for (const [element, value, type] of now) {
    const inner = compareValues(byElement.get(element)?.[1], value, type);
    byElement.delete(element);
    if (!isEmptySet(inner.changed)) changed.set(element, inner.changed);
    if (!isEmptySet(inner.removed)) removed.set(element, inner.removed);
  }
  for (const [element, value, type] of byElement.values()) removed.set(element, allOf(value, type));
  return { changed: node(false, changed), removed: node(false, removed) };
}

function allOf(value: unknown, type: ValueType): FieldSet {
  const parts = partsOf(value, type) ?? [];
  return node(true, new Map(parts.map(([element, part, partType]) => [element, allOf(part, partType)])));
}
