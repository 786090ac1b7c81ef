import { Dict, GoInt } from '@flotilla/gocompat';

/** JSON equality: numbers by value, whatever their Go type, objects without regard to order. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  const left = a instanceof GoInt ? a.n : a;
  const right = b instanceof GoInt ? b.n : b;
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => jsonEqual(item, right[i]));
  }
  if (!(left instanceof Dict && right instanceof Dict)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => right[key] !== undefined && jsonEqual(left[key], right[key]))
  );
}
