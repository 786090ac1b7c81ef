/** len, index, slice and call. */
import {
  byteLength,
  Dict,
  encodeText,
  GoError,
  GoInt,
  goInt,
  int,
  isNilSlice,
  sliceBytes,
  sliceType,
  TypedMap,
  typedSlice,
  typeOf,
} from '@flotilla/gocompat';
import { zeroElement } from '../eval/zero-element.ts';
import { type FunctionSpec, variadicFunction } from '../function-table.ts';

/** `len`: bytes of a string, elements of a list or map. */
export function length(value: unknown): GoInt {
  if (value === null) throw new GoError('len of nil pointer');
  if (value === undefined) throw new GoError('reflect: call of reflect.Value.Type on zero Value');
  if (value instanceof Dict) return int(Object.keys(value).length);
  if (value instanceof TypedMap) return int(value.entries.size);
  const size = lengthOf(value);
  if (size === undefined) throw new GoError(`len of type ${typeOf(value)}`);
  return int(size);
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return byteLength(value);
  return Array.isArray(value) || value instanceof Uint8Array ? value.length : undefined;
}

/** `index`: one element, step by step. */
export function index(base: unknown, ...keys: readonly unknown[]): unknown {
  if (base === undefined || base === null) throw new GoError('index of untyped nil');
  let item: unknown = base;
  for (const key of keys) item = elementAt(item, key);
  return item;
}

function elementAt(item: unknown, key: unknown): unknown {
  if (item === null || item === undefined) throw new GoError('index of nil pointer');
  if (item instanceof Dict || item instanceof TypedMap) {
    const found = item instanceof Dict ? item[mapKey(key)] : item.entries.get(mapKey(key));
    return found === undefined ? zeroElement(item) : found;
  }
  const size = lengthOf(item);
  if (size === undefined) throw new GoError(`can't index item of type ${typeOf(item)}`);
  const at = position(key ?? undefined, size);
  if (at >= size) {
    throw new GoError(`reflect: ${typeof item === 'string' ? 'string' : 'slice'} index out of range`);
  }
  return plainElement(item, at);
}

function plainElement(item: unknown, at: number): unknown {
  if (Array.isArray(item)) return item[at] as unknown;
  return goInt('uint8', (typeof item === 'string' ? encodeText(item) : (item as Uint8Array))[at] ?? 0);
}

function mapKey(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key === null || key === undefined) throw new GoError('value is nil; should be of type string');
  throw new GoError(`value has type ${typeOf(key)}; should be string`);
}

/** An index between 0 and `limit`, both included. */
function position(key: unknown, limit: number): number {
  if (key === undefined) throw new GoError('cannot index slice/array with nil');
  if (!(key instanceof GoInt)) {
    throw new GoError(`cannot index slice/array with type ${key === null ? 'interface {}' : typeOf(key)}`);
  }
  if (key.n < 0 || key.n > limit)
    throw new GoError(`index out of range: ${BigInt.asIntN(64, key.toBigInt())}`);
  return key.n;
}

/** `slice`: part of a string or list. */
export function slice(item: unknown, ...indexes: readonly unknown[]): unknown {
  if (item === undefined || item === null) throw new GoError('slice of untyped nil');
  if (indexes.length > 3) throw new GoError(`too many slice indexes: ${indexes.length}`);
  if (typeof item === 'string' && indexes.length === 3) throw new GoError('cannot 3-index slice a string');
  const size = lengthOf(item);
  if (size === undefined) throw new GoError(`can't slice item of type ${typeOf(item)}`);
  const positions = indexes.map((each) => position(each, size));
  const [start = 0, end = size, capacity = size] = positions;
  if (start > end) throw new GoError(`invalid slice index: ${start} > ${end}`);
  if (end > capacity) throw new GoError(`invalid slice index: ${end} > ${capacity}`);
  return part(item, start, end);
}

function part(item: unknown, start: number, end: number): unknown {
  if (typeof item === 'string') return sliceBytes(item, start, end);
  if (item instanceof Uint8Array) return item.subarray(start, end);
  const list = item as readonly unknown[];
  if (isNilSlice(list)) return list;
  const type = sliceType(list);
  const taken = list.slice(start, end);
  return type === '[]interface {}' ? taken : typedSlice(type, taken);
}

/** `call`; the evaluator puts the text of the called operand first. No template value is a function yet. */
export const callFunctionValue: FunctionSpec = {
  ...variadicFunction(['value'], 'value', () => undefined),
  call: (name: string | undefined, value: unknown) => {
    if (value === undefined || value === null) throw new GoError('call of nil');
    const shown = name ?? (typeof value === 'string' ? value : `<${typeOf(value)} Value>`);
    throw new GoError(`non-function ${shown} of type ${typeOf(value)}`);
  },
};
