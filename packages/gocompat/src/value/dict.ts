/**
 * Go maps. A Dict is a fast JS object without inherited names, so that `constructor` or `__proto__`
 * are keys like any other. Missing is `undefined`, a stored nil is `null`.
 */

/** `map[string]interface {}`: own enumerable properties are the map's keys. */
export interface Dict {
  [key: string]: unknown;
}

interface DictConstructor {
  new (): Dict;
  readonly prototype: Dict;
}

function mapConstructor(parent: object | null): DictConstructor {
  const make = function Dict(): void {} as unknown as { new (): Dict; prototype: Dict };
  make.prototype = Object.create(parent) as Dict;
  return make;
}

/** Constructor of Dict; use `value instanceof Dict` to test. */
export const Dict: DictConstructor = mapConstructor(null);

/** A new Dict with the given entries, in order; later entries win. */
export function dict(entries: Iterable<readonly [string, unknown]> = []): Dict {
  const result = new Dict();
  for (const [key, value] of entries) result[key] = value;
  return result;
}

/** A shallow copy: same keys, same values, same Go type when the type is a named one. */
export function copyDict(from: Dict): Dict {
  const result = from instanceof NamedDict ? namedDict(goTypeOfNamed(from)) : new Dict();
  for (const key in from) result[key] = from[key];
  return result;
}

/** A named map type over `map[string]interface {}`, such as Helm's `common.Values`. */
export const NamedDict: DictConstructor = mapConstructor(Dict.prototype);

const namedTypes = new WeakMap<object, string>();

/** An empty map of a named Go type (`common.Values`); `instanceof Dict` holds for it too. */
export function namedDict(goType: string, entries: Iterable<readonly [string, unknown]> = []): Dict {
  const result = new NamedDict();
  namedTypes.set(result, goType);
  for (const [key, value] of entries) result[key] = value;
  return result;
}

/** The Go type name of a map made by {@link namedDict}. */
export function goTypeOfNamed(value: Dict): string {
  return namedTypes.get(value) ?? 'map[string]interface {}';
}

/** A map whose element type is not `interface {}`: `map[string]string`, `map[string][]uint8`, `map[interface {}]interface {}`. */
export class TypedMap<V = unknown> {
  readonly goType: string;
  readonly entries: Map<string, V>;
  /** What a lookup of an absent key gives: `""` for `map[string]string`, `null` where the element is a nilable type. */
  readonly zero: unknown;

  constructor(goType: string, entries: Iterable<readonly [string, V]>, zero: unknown) {
    this.goType = goType;
    this.entries = new Map(entries);
    this.zero = zero;
  }
}

/** A `map[string]string`. */
export function stringMap(entries: Iterable<readonly [string, string]>): TypedMap<string> {
  return new TypedMap('map[string]string', entries, '');
}

const nilMaps = new WeakSet<TypedMap>();

/** A nil `map[string]string`: empty, and null in JSON. */
export function nilStringMap(): TypedMap<string> {
  const map = stringMap([]);
  nilMaps.add(map);
  return map;
}

/** True for maps made by {@link nilStringMap}. */
export function isNilMap(map: TypedMap): boolean {
  return map.entries.size === 0 && nilMaps.has(map);
}
