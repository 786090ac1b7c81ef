import { compareStrings, GoError } from '@flotilla/gocompat';
import type { HclFunction } from '../evaluate-hcl.ts';
import { isEqual, toList } from '../hcl-convert.ts';
import { distinct } from './collections.ts';

/** Functions of sets, which are lists in cty's order: numbers by size, texts by bytes. */
export const setFunctions: readonly (readonly [string, HclFunction])[] = [
  [
    'setintersection',
    (args) => ordered(args.map(toList).reduce((all, next) => all.filter((item) => has(next, item)))),
  ],
  ['setproduct', (args) => product(args.map(toList))],
  ['setsubtract', ([from, what]) => ordered(toList(from).filter((item) => !has(toList(what), item)))],
  ['setunion', (args) => ordered(args.flatMap((list) => [...toList(list)]))],
];

function has(list: readonly unknown[], value: unknown): boolean {
  return list.some((item) => isEqual(item, value));
}

function ordered(list: readonly unknown[]): readonly unknown[] {
  return [...distinct(list)].sort((a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return typeof a === 'string' && typeof b === 'string' ? compareStrings(a, b) : 0;
  });
}

function product(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  if (lists.length < 2) throw new GoError('at least two arguments are required');
  return lists.reduce<readonly (readonly unknown[])[]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}
