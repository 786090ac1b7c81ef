/**
 * Provenance: where decoded and merged data was written. In: objects as stages create them, with the place they came from or
 * the objects they were merged from. Out: the span of any field, at any later stage.
 * Objects are looked up by identity, so nothing is stored in the data and nothing is computed until somebody asks.
 */
import type { Span } from '@flotilla/diagnostics';

export type PathSegment = string | number;

/** A place in a YAML tree that can be asked for the places below it. */
export interface Place {
  /** Span of the whole value. */
  readonly span: () => Span | undefined;
  /** The place of the value under a key or index. */
  readonly child: (segment: PathSegment) => Place | undefined;
  /** Span of the key itself; a list item has none. */
  readonly keySpan: (segment: PathSegment) => Span | undefined;
}

type Origin =
  | { readonly kind: 'written'; readonly place: Place }
  | { readonly kind: 'merged'; readonly layers: readonly object[] }
  | { readonly kind: 'appended'; readonly layers: readonly (readonly unknown[])[] };

const origins = new WeakMap<object, Origin>();

/** Remembers where a decoded object was written. */
export function rememberPlace(value: object, place: Place): void {
  origins.set(value, { kind: 'written', place });
}

/** Remembers that `value` was merged from `layers`, later ones winning. */
export function rememberMerge(value: object, layers: readonly object[]): void {
  origins.set(value, { kind: 'merged', layers });
}

/** Remembers that a list is `layers`, one after the other. */
export function rememberAppend(value: readonly unknown[], layers: readonly (readonly unknown[])[]): void {
  origins.set(value, { kind: 'appended', layers });
}

/** The span of `value`, or of what lies at `path` below it; the key where a mapping entry has no value. */
export function spanOf(value: object, ...path: readonly PathSegment[]): Span | undefined {
  return placeOf(value, path)?.span();
}

/** The span of the last key of `path`. */
export function keySpanOf(value: object, ...path: readonly PathSegment[]): Span | undefined {
  const last = path[path.length - 1];
  return last === undefined ? undefined : placeOf(value, path.slice(0, -1), last)?.keySpan(last);
}

/** The place at `path` below `value`. `next` is the segment that will be asked for after it: it selects the layer of a merge. */
export function placeOf(value: object, path: readonly PathSegment[], next?: PathSegment): Place | undefined {
  const origin = origins.get(value);
  const [segment, ...rest] = path;
  if (origin === undefined) return undefined;
  if (segment === undefined) return ownPlace(origin, value, next);
  const child = childOf(value, segment);
  if (isObject(child) && origins.has(child)) return placeOf(child, rest, next);
  switch (origin.kind) {
    case 'written':
      return path.reduce<Place | undefined>((place, each) => place?.child(each), origin.place);
    case 'merged': {
      const layer = layerWith(origin.layers, value, segment);
      return layer === undefined ? undefined : placeOf(layer, path, next);
    }
    case 'appended':
      return placeInLists(origin.layers, segment, rest, next);
  }
}

function ownPlace(origin: Origin, value: object, next: PathSegment | undefined): Place | undefined {
  switch (origin.kind) {
    case 'written':
      return origin.place;
    case 'merged': {
      const chosen = next === undefined ? undefined : layerWith(origin.layers, value, next);
      const ordered = chosen === undefined ? [...origin.layers].reverse() : [chosen];
      return firstDefined(ordered, (layer) => placeOf(layer, [], next));
    }
    case 'appended':
      return firstDefined(origin.layers, (layer) => placeOf(layer, [], next));
  }
}

/** The layer a value came from: the last one that holds the very same value, else the last one that has the key. */
function layerWith(layers: readonly object[], merged: object, segment: PathSegment): object | undefined {
  const value = childOf(merged, segment);
  const reversed = [...layers].reverse();
  return (
    reversed.find((layer) => childOf(layer, segment) === value && value !== undefined) ??
    reversed.find((layer) => childOf(layer, segment) !== undefined)
  );
}

function placeInLists(
  layers: readonly (readonly unknown[])[],
  segment: PathSegment,
  rest: readonly PathSegment[],
  next: PathSegment | undefined,
): Place | undefined {
  let index = Number(segment);
  for (const layer of layers) {
    if (index < layer.length) return placeOf(layer, [index, ...rest], next);
    index -= layer.length;
  }
  return undefined;
}

function childOf(value: object, segment: PathSegment): unknown {
  return Object.hasOwn(value, segment)
    ? (value as Readonly<Record<PathSegment, unknown>>)[segment]
    : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function firstDefined<T, R>(items: readonly T[], pick: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const picked = pick(item);
    if (picked !== undefined) return picked;
  }
  return undefined;
}
