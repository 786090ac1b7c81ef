import { Dict, TypedMap } from './dict.ts';
import { GoStruct } from './go-struct.ts';

/** Every string inside a value, Go's or plain JavaScript's, at any depth; the keys of maps are none. */
export function* textsIn(value: unknown): Generator<string, void, void> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const item of itemsOf(value)) yield* textsIn(item);
  }
}

function itemsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (value instanceof TypedMap) return value.entries.values();
  if (value instanceof GoStruct) return value.fields.values();
  const isPlain = value instanceof Dict || Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? Object.values(value) : [];
}
