/** Go's idea of white space (`unicode.IsSpace`): JS adds U+FEFF and leaves out U+0085. */

const wide = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Go's `unicode.IsSpace` of a code unit; no white space needs two. */
export function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 9 && unit <= 13);
  return wide.test(String.fromCharCode(unit));
}

/** Go's `strings.TrimLeftFunc(text, unicode.IsSpace)`. */
export function trimLeftSpace(text: string): string {
  let start = 0;
  while (start < text.length && isSpace(text.charCodeAt(start))) start += 1;
  return start === 0 ? text : text.slice(start);
}

/** Go's `strings.TrimRightFunc(text, unicode.IsSpace)`. */
export function trimRightSpace(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  return trimLeftSpace(trimRightSpace(text));
}

/** True when `trimSpace` leaves nothing. */
export function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    if (!isSpace(text.charCodeAt(i))) return false;
  }
  return true;
}
