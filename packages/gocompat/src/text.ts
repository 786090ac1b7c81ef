/**
 * Go strings are bytes, ours are UTF-16. Comes in: bytes or strings; goes out: strings in which each byte that
 * is not part of valid UTF-8 is a lone surrogate U+DC80–U+DCFF, and the exact bytes back. Offsets are Go's
 * byte offsets.
 */
import { Buffer, isUtf8 } from 'node:buffer';

const loneSurrogate = /[\ud800-\udfff]/u;

/** A JS string for `bytes`; {@link encodeText} gives back exactly these bytes. */
export function decodeBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString('utf8') : decodeInvalid(buffer);
}

function decodeInvalid(buffer: Buffer): string {
  let text = '';
  let validFrom = 0;
  let i = 0;
  while (i < buffer.length) {
    const size = sequenceSize(buffer, i);
    if (size > 0) {
      i += size;
      continue;
    }
    text += buffer.toString('utf8', validFrom, i) + String.fromCharCode(0xdc00 + (buffer[i] ?? 0));
    i += 1;
    validFrom = i;
  }
  return text + buffer.toString('utf8', validFrom);
}

/** Length of the valid UTF-8 sequence at `i`, 0 when there is none. */
function sequenceSize(buffer: Buffer, i: number): number {
  const lead = buffer[i] ?? 0;
  if (lead < 0x80) return 1;
  const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return isUtf8(buffer.subarray(i, i + size)) ? size : 0;
}

/** The bytes Go would hold for `text`. */
export function encodeText(text: string): Uint8Array {
  if (!loneSurrogate.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (!isLoneSurrogate(text, i)) continue;
    if (i > from) parts.push(Buffer.from(text.slice(from, i), 'utf8'));
    const unit = text.charCodeAt(i);
    parts.push(isByteEscape(unit) ? Buffer.of(unit - 0xdc00) : Buffer.from('\ufffd', 'utf8'));
    from = i + 1;
  }
  parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

function isLoneSurrogate(text: string, i: number): boolean {
  const unit = text.charCodeAt(i);
  if (unit < 0xd800 || unit > 0xdfff) return false;
  return (text.codePointAt(i) ?? 0) < 0x10000 && (unit < 0xdc00 || !isHighSurrogate(text.charCodeAt(i - 1)));
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** True for the code unit (or code point) that stands for a byte of invalid UTF-8. */
export function isByteEscape(unit: number): boolean {
  return unit >= 0xdc80 && unit <= 0xdcff;
}

/** True when every character is below U+0080, so that JS offsets are byte offsets. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') === text.length;
}

/** Go's `len(text)`. */
export function byteLength(text: string): number {
  const length = Buffer.byteLength(text, 'utf8');
  if (length === text.length || !loneSurrogate.test(text)) return length;
  let excess = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (isByteEscape(text.charCodeAt(i)) && isLoneSurrogate(text, i)) excess += 2;
  }
  return length - excess;
}

/** Go's `text[start:end]` by byte offsets, which must lie in range; cut characters become byte escapes. */
export function sliceBytes(text: string, start: number, end?: number): string {
  if (isAscii(text)) return text.slice(start, end);
  return decodeBytes(encodeText(text).subarray(start, end));
}

/** Joins byte escapes that together are valid UTF-8, as happens when two cut strings are concatenated. */
export function rejoinBytes(text: string): string {
  return loneSurrogate.test(text) ? decodeBytes(encodeText(text)) : text;
}

/** `text` with every byte that is not UTF-8 replaced by U+FFFD, as Go shows it where only runes are allowed. */
export function toValidText(text: string): string {
  return loneSurrogate.test(text) ? text.replace(/[\ud800-\udfff]/gu, '\ufffd') : text;
}

/** Number of code points, Go's `utf8.RuneCountInString`. */
export function runeCount(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i += 1) {
    if (isHighSurrogate(text.charCodeAt(i)) && (text.codePointAt(i) ?? 0) > 0xffff) {
      count -= 1;
      i += 1;
    }
  }
  return count;
}
