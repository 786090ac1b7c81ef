import { Dict, nilSlice, type SliceType, sliceType, TypedMap, typeOf } from '@flotilla/gocompat';

/** The element type of a map or slice; empty for anything else. */
export function elementType(container: unknown): string {
  if (container instanceof Dict) return 'interface {}';
  if (Array.isArray(container)) return sliceType(container).slice(2);
  if (!(container instanceof TypedMap)) return '';
  const { goType, zero } = container;
  return goType.startsWith('map[') ? goType.slice(goType.indexOf(']') + 1) : typeOf(zero);
}

/** What a lookup of an absent key gives under missingkey=zero, and with `index` always. */
export function zeroElement(map: Dict | TypedMap): unknown {
  if (map instanceof Dict) return null;
  const type = elementType(map);
  return map.zero === null && type.startsWith('[]') ? nilSlice(type as SliceType) : map.zero;
}
