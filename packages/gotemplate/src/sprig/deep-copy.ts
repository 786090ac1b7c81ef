import {
  Dict,
  GoStruct,
  goTypeOfNamed,
  isNilSlice,
  NamedDict,
  namedDict,
  nilSlice,
  sliceType,
  TypedMap,
  typedSlice,
} from '@flotilla/gocompat';

/** copystructure's `Copy`: maps and lists anew at every level, with their Go types; everything else as it is. */
export function deepCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return copyList(value);
  if (value instanceof Dict) return copyMap(value);
  if (value instanceof TypedMap) {
    const entries = [...value.entries].map(([key, item]) => [key, deepCopy(item)] as const);
    return new TypedMap(value.goType, entries, value.zero);
  }
  if (value instanceof Uint8Array) return value.slice();
  if (value instanceof GoStruct) return copyStruct(value);
  return value;
}

function copyMap(value: Dict): Dict {
  const copy = value instanceof NamedDict ? namedDict(goTypeOfNamed(value)) : new Dict();
  for (const key in value) copy[key] = deepCopy(value[key]);
  return copy;
}

function copyList(items: readonly unknown[]): unknown[] {
  const type = sliceType(items);
  if (isNilSlice(items)) return nilSlice(type);
  const copies = items.map(deepCopy);
  return type === '[]interface {}' ? copies : typedSlice(type, copies);
}

function copyStruct(value: GoStruct): GoStruct {
  const fields = new Map([...value.fields].map(([name, item]) => [name, deepCopy(item)] as const));
  return new GoStruct({ ...value, fields });
}
