import { compareStrings, Dict, dict, GoError } from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { isEqual, toList, toMap, toNumber, toText, toWhole } from '../hcl-convert.ts';

/** Functions of lists and maps. */
export const collectionFunctions: readonly (readonly [string, HclFunction])[] = [
  ['chunklist', ([list, size]) => chunks(toList(list), toWhole(size))],
  ['coalesce', (args) => coalesce(args)],
  [
    'coalescelist',
    (args) => args.map(toList).find((list) => list.length > 0) ?? none('no non-null arguments'),
  ],
  ['compact', ([list]) => toList(list).filter((item) => item !== null && item !== '')],
  ['concat', (args) => args.flatMap((list) => [...toList(list)])],
  ['contains', ([list, value]) => toList(list).some((item) => isEqual(item, value))],
  ['distinct', ([list]) => distinct(toList(list))],
  ['element', ([list, index]) => elementOf(toList(list), toWhole(index))],
  ['flatten', ([list]) => toList(list).flat(Number.POSITIVE_INFINITY)],
  ['keys', ([map]) => sortedKeysOf(toMap(map))],
  ['length', ([value]) => lengthOf(value)],
  ['lookup', ([map, key, fallback]) => lookUp(toMap(map), toText(key), fallback)],
  ['merge', (args) => mergeMaps(args)],
  ['range', (args) => range(args.map(toNumber))],
  ['reverselist', ([list]) => [...toList(list)].reverse()],
  ['slice', ([list, start, end]) => slice(toList(list), toWhole(start), toWhole(end))],
  ['sort', ([list]) => toList(list).map(toText).sort(compareStrings)],
  ['values', ([map]) => valuesOf(toMap(map))],
  ['zipmap', ([keys, values]) => zip(toList(keys), toList(values))],
];

function none(message: string): never {
  throw new GoError(message);
}

function coalesce(args: readonly unknown[]): unknown {
  return args.find((each) => each !== null) ?? none('no non-null arguments');
}

function chunks(list: readonly unknown[], size: number): readonly unknown[] {
  if (size < 0) throw new GoError('the size argument must be positive');
  if (size === 0) return [list];
  const result: unknown[] = [];
  for (let at = 0; at < list.length; at += size) result.push(list.slice(at, at + size));
  return result;
}

function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (value instanceof Dict) return Object.keys(value).length;
  throw new GoError('collection must be a list, a map or a tuple');
}

/** Each value once, the first place counts. */
export function distinct(list: readonly unknown[]): readonly unknown[] {
  const result: unknown[] = [];
  for (const item of list) if (!result.some((each) => isEqual(each, item))) result.push(item);
  return result;
}

/** Indexes go round. */
function elementOf(list: readonly unknown[], index: number): unknown {
  if (list.length === 0) throw new GoError('cannot use element function with an empty list');
  return list[((index % list.length) + list.length) % list.length];
}

function sortedKeysOf(map: Dict): string[] {
  return Object.keys(map).sort(compareStrings);
}

function valuesOf(map: Dict): readonly unknown[] {
  return sortedKeysOf(map).map((key) => map[key]);
}

function lookUp(map: Dict, key: string, fallback: unknown): unknown {
  if (key in map) return map[key];
  if (fallback === undefined) throw new GoError(`the given object has no attribute ${JSON.stringify(key)}`);
  return fallback;
}

function mergeMaps(args: readonly unknown[]): Dict {
  const result = new Dict();
  for (const map of args) if (map !== null) Object.assign(result, toMap(map));
  return result;
}

/** `range(max)`, `range(start, limit)`, `range(start, limit, step)`. */
function range(args: readonly number[]): readonly number[] {
  const [first = 0, second, third] = args;
  const start = second === undefined ? 0 : first;
  const limit = second ?? first;
  const step = third ?? (limit < start ? -1 : 1);
  if (step === 0) throw new GoError('step must not be zero');
  if (step > 0 ? limit < start : limit > start) {
    throw new GoError(
      step > 0
        ? 'end must be greater than start when step is positive'
        : 'end must be less than start when step is negative',
    );
  }
  const result: number[] = [];
  for (let value = start; step > 0 ? value < limit : value > limit; value += step) {
    if (result.length >= 1024)
      throw new GoError(
        'more than 1024 values were generated; either decrease the difference between start and end or use a smaller step',
      );
    result.push(value);
  }
  return result;
}

function slice(list: readonly unknown[], start: number, end: number): readonly unknown[] {
  if (start < 0) throw new GoError('start index must not be less than zero');
  if (end > list.length) throw new GoError('end index must not be greater than the length of the list');
  if (start > end) throw new GoError('start index must not be greater than end index');
  return list.slice(start, end);
}

function zip(keys: readonly unknown[], values: readonly unknown[]): Dict {
  if (keys.length !== values.length) {
    throw new GoError(`number of keys (${keys.length}) does not match number of values (${values.length})`);
  }
  return dict(keys.map((key, index) => [toText(key), values[index]] as const));
}
