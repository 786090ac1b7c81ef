import { Dict, isNilSlice, sliceType, typedSlice } from '@flotilla/gocompat';

/** A copy that shares nothing that can be changed in place: tables and lists are new, scalars are the same. */
export function copyValues(values: Dict): Dict {
  const result = new Dict();
  for (const key in values) {
    const value = values[key];
    result[key] = typeof value === 'object' && value !== null ? copyValue(value) : value;
  }
  return result;
}

function copyValue(value: unknown): unknown {
  if (value instanceof Dict) return copyValues(value);
  return Array.isArray(value) ? copyList(value) : value;
}

function copyList(list: readonly unknown[]): readonly unknown[] {
  if (isNilSlice(list)) return list;
  const result = list.map(copyValue);
  const type = sliceType(list);
  return type === '[]interface {}' ? result : typedSlice(type, result);
}
