/**
 * One map under two types. Go converts a map to another map type without a copy; here each type has an object of its own, and
 * what {@link setKey} and {@link deleteKey} change shows in both.
 */
import { Dict, NamedDict, namedDict } from './dict.ts';

const partners = new WeakMap<Dict, Dict>();

/** `map` as a value of a named type such as `common.Values`. */
export function namedView(goType: string, map: Dict): Dict {
  if (map instanceof NamedDict) return map;
  return partners.get(map) ?? pair(map, namedDict(goType, Object.entries(map)));
}

/** `map` as a `map[string]interface {}`, which is what functions that take maps get. */
export function plainView(map: Dict): Dict {
  if (!(map instanceof NamedDict)) return map;
  return partners.get(map) ?? pair(map, Object.assign(new Dict(), map));
}

function pair(map: Dict, view: Dict): Dict {
  partners.set(map, view);
  partners.set(view, map);
  return view;
}

/** Sets an entry, under both types of a map that has two. */
export function setKey(map: Dict, key: string, value: unknown): void {
  map[key] = value;
  const partner = partners.get(map);
  if (partner !== undefined) partner[key] = value;
}

/** Removes an entry, under both types of a map that has two. */
export function deleteKey(map: Dict, key: string): void {
  delete map[key];
  const partner = partners.get(map);
  if (partner !== undefined) delete partner[key];
}
