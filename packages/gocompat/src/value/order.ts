import { Buffer } from 'node:buffer';
import { encodeText } from '../text.ts';
import { type Dict, TypedMap } from './dict.ts';

/** Go's string order: by UTF-8 bytes. Negative, zero or positive. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA === unitB) continue;
    // From U+D800 on, UTF-16 order and byte order part.
    return unitA < 0xd800 && unitB < 0xd800 ? unitA - unitB : Buffer.compare(encodeText(a), encodeText(b));
  }
  return a.length - b.length;
}

/** The keys of a map in the order in which Go prints, ranges over and marshals it. */
export function sortedKeys(map: Dict | TypedMap): string[] {
  return sortStrings(map instanceof TypedMap ? [...map.entries.keys()] : Object.keys(map));
}

/** Sorts in place by byte order, as Go's `sort.Strings`. */
export function sortStrings(strings: string[]): string[] {
  if (isSorted(strings)) return strings;
  strings.sort();
  return isSorted(strings) ? strings : strings.sort(compareStrings);
}

function isSorted(strings: readonly string[]): boolean {
  let previous = strings[0] ?? '';
  for (let i = 1; i < strings.length; i += 1) {
    const next = strings[i] ?? '';
    if (compareStrings(previous, next) > 0) return false;
    previous = next;
  }
  return true;
}
