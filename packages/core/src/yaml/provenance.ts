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

/** Makes a subclass write its private field on an object that is there already. */
class Carrier {
  constructor(value: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is how a private field gets on any object; a WeakMap of all decoded objects costs more than decoding them
    return value;
  }
}

/** Keeps the origin in a private field of the object: nothing can see it, and looking it up is a property access. */
class Stamp extends Carrier {
  #origin: Origin;

  private constructor(value: object, origin: Origin) {
    super(value);
    this.#origin = origin;
  }

  static put(value: object, origin: Origin): void {
    if (#origin in value) value.#origin = origin;
    else new Stamp(value, origin);
  }

  static of(value: object): Origin | undefined {
    return #origin in value ? value.#origin : undefined;
  }
}

/** Remembers where a decoded object was written. */
export function rememberPlace(value: object, place: Place): void {
  Stamp.put(value, { kind: 'written', place });
}

/** Remembers that `value` was merged from `layers`, later ones winning. */
export function rememberMerge(value: object, layers: readonly object[]): void {
  Stamp.put(value, { kind: 'merged', layers });
}

/** Remembers that a list is `layers`, one after the other. */
export function rememberAppend(value: readonly unknown[], layers: readonly (readonly unknown[])[]): void {
  Stamp.put(value, { kind: 'appended', layers });
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
function placeOf(value: object, path: readonly PathSegment[], next?: PathSegment): Place | undefined {
  const origin = Stamp.of(value);
  const [segment, ...rest] = path;
  if (origin === undefined) return undefined;
  if (segment === undefined) return ownPlace(origin, value, next);
  const child = childOf(value, segment);
  if (isObject(child) && Stamp.of(child) !== undefined) return placeOf(child, rest, next);
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
