/**
 * sprig's lists chapter. Comes in: any slice value. Goes out: new lists; arguments are never changed.
 * Each function has a `must` twin that returns its error instead of panicking; templates cannot tell them apart.
 */
import { castToInt, deepEqual, isTruthy, kindOf, nilSlice, sliceType, typedSlice } from '@flotilla/gocompat';
import { type FunctionSpec, goFunction, variadicFunction } from '../function-table.ts';
import { nilDereference, panic } from './panic.ts';
import { elementsOf } from './strval.ts';

/** The elements of `list`, or Go's complaint about its kind, `Cannot push on type string`. */
function elements(list: unknown, complaint: string): readonly unknown[] {
  const found = elementsOf(list);
  if (found !== undefined) return found;
  return list === null ? nilDereference() : panic(complaint + kindOf(list));
}

function first(list: unknown): unknown {
  return elements(list, 'Cannot find first on type ')[0] ?? null;
}

function last(list: unknown): unknown {
  return elements(list, 'Cannot find last on type ').at(-1) ?? null;
}

function rest(list: unknown): unknown {
  const items = elements(list, 'Cannot find rest on type ');
  return items.length === 0 ? nilSlice() : items.slice(1);
}

function initial(list: unknown): unknown {
  const items = elements(list, 'Cannot find initial on type ');
  return items.length === 0 ? nilSlice() : items.slice(0, -1);
}

function append(list: unknown, value: unknown): unknown {
  return [...elements(list, 'Cannot push on type '), value];
}

function prepend(list: unknown, value: unknown): unknown {
  return [value, ...elements(list, 'Cannot prepend on type ')];
}

function reverse(list: unknown): unknown {
  return [...elements(list, 'Cannot find reverse on type ')].reverse();
}

function compact(list: unknown): unknown {
  return elements(list, 'Cannot compact on type ').filter(isTruthy);
}

function includesEqual(items: readonly unknown[], wanted: unknown): boolean {
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return items.includes(wanted);
  return items.some((item) => deepEqual(wanted, item));
}

function uniq(list: unknown): unknown {
  const items = elements(list, 'Cannot find uniq on type ');
  if (items.every((item) => typeof item === 'string')) return [...new Set(items)];
  const kept: unknown[] = [];
  for (const item of items) if (!includesEqual(kept, item)) kept.push(item);
  return kept;
}

function without(list: unknown, ...unwanted: readonly unknown[]): unknown {
  return elements(list, 'Cannot find without on type ').filter((item) => !includesEqual(unwanted, item));
}

function has(needle: unknown, list: unknown): unknown {
  return list !== null && includesEqual(elements(list, 'Cannot find has on type '), needle);
}

function slice(list: unknown, ...indices: readonly unknown[]): unknown {
  const items = elements(list, 'list should be type of slice or array but ');
  if (items.length === 0) return null;
  const start = indices.length > 0 ? castToInt(indices[0]).n : 0;
  const end = indices.length > 1 ? castToInt(indices[1]).n : items.length;
  if (start < 0 || end < start || end > items.length) panic('reflect.Value.Slice: slice index out of bounds');
  if (list instanceof Uint8Array) return list.subarray(start, end);
  return retyped(list, items.slice(start, end));
}

function retyped(list: unknown, items: unknown[]): unknown[] {
  const type = Array.isArray(list) ? sliceType(list) : '[]interface {}';
  return type === '[]interface {}' ? items : typedSlice(type, items);
}

function chunk(size: number, list: unknown): unknown {
  const items = elements(list, 'Cannot chunk type ');
  const count = Math.floor((items.length - 1) / size) + 1;
  const isNegative = count > 0 && size < 0 && items.length % size === 0;
  if (!(count >= 0) || count === Number.POSITIVE_INFINITY || isNegative) {
    panic('runtime error: makeslice: len out of range');
  }
  if (size < 0 && count > 0) return typedSlice('[][]interface {}', [[...items]]);
  const chunks = Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
  return typedSlice('[][]interface {}', chunks);
}

function concat(...lists: readonly unknown[]): unknown {
  const joined: unknown[] = [];
  for (const list of lists) {
    const items = elementsOf(list);
    if (items === undefined) {
      return list === null ? nilDereference() : panic(`Cannot concat type ${kindOf(list)} as list`);
    }
    for (const item of items) joined.push(item);
  }
  return joined.length === 0 ? nilSlice() : joined;
}

function listOf(...values: readonly unknown[]): unknown {
  return values;
}

const building: Readonly<Record<string, FunctionSpec>> = {
  list: variadicFunction([], 'any', listOf),
  tuple: variadicFunction([], 'any', listOf),
  append: goFunction(['any', 'any'], append),
  push: goFunction(['any', 'any'], append),
  mustAppend: goFunction(['any', 'any'], append),
  mustPush: goFunction(['any', 'any'], append),
  prepend: goFunction(['any', 'any'], prepend),
  mustPrepend: goFunction(['any', 'any'], prepend),
  concat: variadicFunction([], 'any', concat),
  chunk: goFunction(['int', 'any'], chunk),
  mustChunk: goFunction(['int', 'any'], chunk),
};

const reading: Readonly<Record<string, FunctionSpec>> = {
  first: goFunction(['any'], first),
  mustFirst: goFunction(['any'], first),
  last: goFunction(['any'], last),
  mustLast: goFunction(['any'], last),
  rest: goFunction(['any'], rest),
  mustRest: goFunction(['any'], rest),
  initial: goFunction(['any'], initial),
  mustInitial: goFunction(['any'], initial),
  slice: variadicFunction(['any'], 'any', slice),
  mustSlice: variadicFunction(['any'], 'any', slice),
  has: goFunction(['any', 'any'], has),
  mustHas: goFunction(['any', 'any'], has),
};

const filtering: Readonly<Record<string, FunctionSpec>> = {
  reverse: goFunction(['any'], reverse),
  mustReverse: goFunction(['any'], reverse),
  uniq: goFunction(['any'], uniq),
  mustUniq: goFunction(['any'], uniq),
  without: variadicFunction(['any'], 'any', without),
  mustWithout: variadicFunction(['any'], 'any', without),
  compact: goFunction(['any'], compact),
  mustCompact: goFunction(['any'], compact),
};

/** sprig's list functions. */
export const listFunctions: Readonly<Record<string, FunctionSpec>> = {
  ...building,
  ...reading,
  ...filtering,
};
