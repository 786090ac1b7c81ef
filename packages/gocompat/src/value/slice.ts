/**
 * Go slices are JS arrays. An untagged array is a non-nil `[]interface {}`; other element types and nil slices carry a tag.
 */

export type SliceType = '[]interface {}' | '[]string' | '[]int' | '[][]interface {}' | `[]${string}`;

interface SliceTag {
  readonly type: SliceType;
  readonly isNil: boolean;
}

const tag = Symbol('go slice');

interface Tagged {
  [tag]?: SliceTag;
}

/** Tags `items` as a slice of another Go type and returns it. */
export function typedSlice<T>(type: SliceType, items: T[]): T[] {
  Object.defineProperty(items, tag, { value: { type, isNil: false }, configurable: true });
  return items;
}

/** A `[]string`. */
export function stringSlice(items: readonly string[]): string[] {
  return typedSlice('[]string', [...items]);
}

/** A nil slice: empty, but equal to nil and printed as `null` by toJson. */
export function nilSlice(type: SliceType = '[]interface {}'): unknown[] {
  const items: unknown[] = [];
  Object.defineProperty(items, tag, { value: { type, isNil: true }, configurable: true });
  return items;
}

/** The Go type of an array. */
export function sliceType(items: readonly unknown[]): SliceType {
  return (items as Tagged)[tag]?.type ?? '[]interface {}';
}

/** True for a typed nil slice. */
export function isNilSlice(items: readonly unknown[]): boolean {
  return (items as Tagged)[tag]?.isNil ?? false;
}
