import { decodeBytes, formatValue, GoError, goInt } from '@flotilla/gocompat';

/** sprig's `toString`: strings and bytes as they are, errors and Stringers by their text, else `%v`. */
export function strval(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return decodeBytes(value);
  if (value instanceof GoError) return value.message;
  return formatValue(value);
}

/** The elements of any slice value, as `reflect.Value.Index` gives them; undefined when `value` is not a slice. */
export function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof Uint8Array) return Array.from(value, (byte) => goInt('uint8', byte));
  return undefined;
}

/** sprig's `toStrings`: the texts of the elements that are not nil; a scalar is a list of one, nil an empty list. */
export function stringsOf(value: unknown): readonly string[] {
  const elements = elementsOf(value);
  if (elements === undefined) return value === null ? [] : [strval(value)];
  return elements.filter((element) => element !== null && element !== undefined).map(strval);
}
