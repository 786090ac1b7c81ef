import { toValidText } from '../text.ts';
import type { YamlDialect } from './yaml-error.ts';

const letter = /\p{L}/u;
const digit = /\p{Nd}/u;

function isLetter(code: number): boolean {
  if (code < 128) return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return letter.test(String.fromCodePoint(code));
}

function isDigit(code: number): boolean {
  if (code < 128) return code >= 0x30 && code <= 0x39;
  return digit.test(String.fromCodePoint(code));
}

/**
 * go-yaml's order of string keys: letters after other characters, runs of digits by their value. Not transitive in
 * rare cases (`2`, `1a`, `01`), where Go's own output is random.
 */
export function compareKeys(a: string, b: string, dialect: YamlDialect): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === a.length || i === b.length) return a.length - b.length;
  if (i > 0 && isHighSurrogate(a.charCodeAt(i - 1))) i--;
  return compareAt(a, b, { i, dialect });
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** True for a byte that is no text; Go compares it as U+FFFD. */
function isByte(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

interface Difference {
  readonly i: number;
  readonly dialect: YamlDialect;
}

function compareAt(a: string, b: string, { i, dialect }: Difference): number {
  const x = a.codePointAt(i) ?? 0;
  const y = b.codePointAt(i) ?? 0;
  if (isByte(x) || isByte(y)) return compareKeys(toValidText(a), toValidText(b), dialect);
  const isLetterX = isLetter(x);
  const isLetterY = isLetter(y);
  if (isLetterX && isLetterY) return x - y;
  if (isLetterX || isLetterY) {
    const afterDigit = dialect === 'v3' && i > 0 && isDigit(a.charCodeAt(i - 1));
    return (afterDigit ? isLetterX : isLetterY) ? -1 : 1;
  }
  return compareNumbers(a, b, i) || x - y;
}

function compareNumbers(a: string, b: string, i: number): number {
  const hasZero = a.charAt(i) === '0' || b.charAt(i) === '0';
  const bias = hasZero && followsNonZeroDigit(a, i) ? 1n : 0n;
  const m = digitRun(a, i, bias);
  const n = digitRun(b, i, bias);
  if (m.value !== n.value) return m.value < n.value ? -1 : 1;
  return m.length - n.length;
}

function followsNonZeroDigit(text: string, end: number): boolean {
  for (let j = end - 1; j >= 0 && isDigit(text.charCodeAt(j)); j--) if (text.charAt(j) !== '0') return true;
  return false;
}

/** The number that begins at `start`, in Go's wrapping 64-bit arithmetic. */
function digitRun(
  text: string,
  start: number,
  bias: bigint,
): { readonly value: bigint; readonly length: number } {
  let value = bias;
  let length = 0;
  for (const char of text.slice(start)) {
    const code = char.codePointAt(0) ?? 0;
    if (!isDigit(code)) break;
    value = BigInt.asIntN(64, value * 10n + BigInt(code - 0x30));
    length++;
  }
  return { value, length };
}
